using System.Text;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Dependencies;

/// <summary>Reads the imports of one file: paths that it may mean, for the caller to look up.</summary>
internal static class ImportScan
{
    /// <summary>Files of this size or more are not read (bytes).</summary>
    public const long TooLarge = 256 << 10;

    private const int LongestLine = 1000;

    private static readonly string[] ScriptEndings =
        ["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".json", ".vue", "/index.ts", "/index.tsx", "/index.js"];

    /// <summary>The worktree paths that a file may import, unchecked; a name may yield several spellings.</summary>
    public static IEnumerable<string> Candidates(RepoPath file, Content content)
    {
        var family = ImportPatterns.FamilyOf(file.Value);
        return family is ImportFamily.None || content.Length >= TooLarge || content is not Content.Memory memory
            ? []
            : Names(family, memory.Bytes).SelectMany(name => Resolve(family, file, name));
    }

    private static List<string> Names(ImportFamily family, ReadOnlyMemory<byte> bytes)
    {
        var names = new List<string>();
        var rest = bytes.Span;
        while (rest.IndexOf(ImportPatterns.Marker(family)) is var at and >= 0)
        {
            var start = rest[..at].LastIndexOf((byte)'\n') + 1;
            var length = rest[at..].IndexOf((byte)'\n');
            var end = length < 0 ? rest.Length : at + length;
            if (end - start <= LongestLine && (family is not ImportFamily.Script || IsImport(rest[start..end])))
            {
                AddFrom(Encoding.UTF8.GetString(rest[start..end]), family, names);
            }

            rest = rest[end..];
        }

        return names;
    }

    private static bool IsImport(ReadOnlySpan<byte> line) =>
        line.IndexOf("from"u8) >= 0 || line.IndexOf("import"u8) >= 0 || line.IndexOf("require"u8) >= 0;

    private static void AddFrom(string line, ImportFamily family, List<string> names)
    {
        for (var match = ImportPatterns.Of(family).Match(line); match.Success; match = match.NextMatch())
        {
            var to = match.Groups["to"].Value;
            names.Add(to);
            if (match.Groups["name"] is { Success: true } imported)
            {
                // from . import a, b: the names may be modules.
                names.AddRange(imported.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(name => to.EndsWith('.') ? to + name : $"{to}.{name}"));
            }
        }
    }

    private static IEnumerable<string> Resolve(ImportFamily family, RepoPath file, string name)
    {
        var folder = file.Parent?.Value ?? "";
        switch (family)
        {
            case ImportFamily.Script:
                var target = Normalise(folder, name);
                var stem = Path.GetExtension(name) is ".js" or ".mjs" or ".jsx" ? target?[..target.LastIndexOf('.')] : null;
                return target is null ? [] : ScriptEndings.Select(end => target + end)
                    .Concat(stem is null ? [] : [stem + ".ts", stem + ".tsx"]);
            case ImportFamily.Python:
                return PythonPaths(folder, name);
            case ImportFamily.Include:
                return new[] { Normalise(folder, name), Normalise("", name), Normalise("include", name) }.OfType<string>();
            default:
                return new[] { Normalise(name.StartsWith('/') ? "" : folder, name) }.OfType<string>();
        }
    }

    private static IEnumerable<string> PythonPaths(string folder, string name)
    {
        var dots = name.Length - name.TrimStart('.').Length;
        var relative = string.Concat(Enumerable.Repeat("../", Math.Max(dots - 1, 0))) + name[dots..].Replace('.', '/');
        var bases = dots > 0 ? [folder] : new[] { "", "src", folder };
        return bases.Select(b => Normalise(b, relative)).OfType<string>()
            .SelectMany(path => new[] { path + ".py", path + "/__init__.py", path + ".pyi" });
    }

    // Null where it leaves the worktree.
    private static string? Normalise(string folder, string name)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
