using System.Text.RegularExpressions;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>Files that a new file names itself: what it imports and nobody has made yet was likely made with it.</summary>
internal static partial class Mentions
{
    private const double Whole = 0.5;
    private const double Guessed = 0.4;
    private const int MostText = 200_000;
    private const int SharedWords = 3;

    /// <summary>The paths that a file's text names, and the chance of each.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its text.</param>
    /// <param name="hasFiles">Whether files lie in a directory; null where nobody knows.</param>
    internal static IEnumerable<(string Path, double Chance)> Of(string path, string content, Func<string, bool>? hasFiles = null)
    {
        if (content.Length is 0 or > MostText)
        {
            return [];
        }

        var directory = path[..Math.Max(0, path.LastIndexOf('/'))];
        var extension = Path.GetExtension(path);
        return Found(directory, extension, path, content, hasFiles).DistinctBy(m => m.Path);
    }

    private static IEnumerable<(string Path, double Chance)> Found(string directory, string extension, string path, string content,
        Func<string, bool>? hasFiles)
    {
        foreach (Match match in Quoted().Matches(content))
        {
            if (Resolve(directory, match.Groups["path"].Value) is { } target)
            {
                var named = Path.GetExtension(target);
                yield return named.Length is > 1 and < 6 ? (Source(target, extension), Whole) : (target + extension, Guessed);
            }
        }

        if (extension == ".rs")
        {
            // A module of mod.rs, lib.rs or main.rs lies beside it, of any other file below it.
            var body = PathReading.Body(path[(path.LastIndexOf('/') + 1)..]);
            var below = body is "mod" or "lib" or "main" ? directory : $"{directory}/{body}";
            foreach (Match match in RustModule().Matches(content))
            {
                yield return ($"{below}/{match.Groups["name"].Value}.rs", Whole);
            }
        }

        if (extension is ".java" or ".kt" or ".scala" && PackageRoot(path, content) is { } root)
        {
            foreach (Match match in JavaImport().Matches(content))
            {
                // What is imported from a package that is not here belongs to somebody else.
                var target = root + match.Groups["name"].Value.Replace('.', '/') + extension;
                var package = target[..target.LastIndexOf('/')];
                if (package == directory || (hasFiles is null ? IsNear(package[root.Length..], directory[root.Length..]) : hasFiles(package)))
                {
                    yield return (target, Whole);
                }
            }
        }

        if (extension == ".py")
        {
            foreach (Match match in PythonImport().Matches(content))
            {
                yield return (Join(directory, match.Groups["name"].Value.Replace('.', '/') + ".py"), Guessed);
            }
        }
    }

    // TypeScript names what the compiler will have made.
    private static string Source(string target, string extension) =>
        extension is ".ts" or ".tsx" && target.EndsWith(".js", StringComparison.Ordinal) ? target[..^3] + ".ts" : target;

    private static string? Resolve(string directory, string name)
    {
        var parts = new List<string>(directory.Length == 0 ? [] : directory.Split('/'));
        foreach (var part in name.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or ""))
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }

    private static bool IsNear(string package, string own)
    {
        var (left, right) = (package.Split('/'), own.Split('/'));
        return left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count() >= Math.Min(SharedWords, right.Length);
    }

    // The directory that the package's own directories begin in.
    private static string? PackageRoot(string path, string content) =>
        JavaPackage().Match(content) is { Success: true } match
        && path.LastIndexOf("/" + match.Groups["name"].Value.Replace('.', '/') + "/", StringComparison.Ordinal) is var at and > 0
            ? path[..(at + 1)] : null;

    private static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";

    [GeneratedRegex(""""["'](?<path>\.\.?/[\w./@-]+[\w])["']|#include "(?<path>[\w./-]+)"(?!\w)"""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\s*(pub(\([^)]*\))? )?mod (?<name>\w+);", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex RustModule();

    [GeneratedRegex(@"^import (static )?(?<name>[a-z][\w.]*\.[A-Z]\w*)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex JavaImport();

    [GeneratedRegex(@"^package (?<name>[\w.]+)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex JavaPackage();

    [GeneratedRegex(@"^\s*from \.(?<name>\w[\w.]*) import", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex PythonImport();
}
