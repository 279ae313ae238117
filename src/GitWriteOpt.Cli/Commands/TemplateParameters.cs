using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Templates.Exports;

namespace GitWriteOpt.Cli.Commands;

/// <summary>What comes into and out of templates by hand: values, and files.</summary>
internal static class TemplateParameters
{
    private const long Largest = 4 << 20;

    /// <summary>Values from the command line.</summary>
    /// <exception cref="UsageException">One has no equals sign, or is given twice.</exception>
    public static Dictionary<string, string> Parse(string[] words)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                throw UsageErrors.Of("bad-parameter", $"\"{word}\" is no value of a parameter", "write <parameter>=<value>, for example name=Invoice");
            }

            if (!given.TryAdd(word[..at], word[(at + 1)..]))
            {
                throw UsageErrors.Of("bad-parameter", $"the parameter \"{word[..at]}\" is given twice");
            }
        }

        return given;
    }

    /// <summary>Asks for what is missing, where a person is there to answer.</summary>
    public static void Ask(Template template, Dictionary<string, string> given, Invocation invocation)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected || invocation.Json)
        {
            return;
        }

        foreach (var parameter in Learning.Missing(template, given))
        {
            for (var asked = 0; asked < 3 && !given.ContainsKey(parameter.Name); asked++)
            {
                Console.Error.Write($"{parameter.Name} ({parameter.Kind}{(parameter.Examples.Count > 0 ? $", as {Quoting.Line(parameter.Examples[0])}" : "")}): ");
                if (Console.ReadLine() is not { } answer)
                {
                    return;
                }

                if (Learning.Objection(parameter, answer.Trim()) is { } objection)
                {
                    Diagnostics.Note(objection);
                }
                else
                {
                    given[parameter.Name] = answer.Trim();
                }
            }
        }
    }

    /// <summary>The text of a file.</summary>
    /// <exception cref="UsageException">It is not there, too large or not text.</exception>
    public static string Read(string file, string name)
    {
        if (!File.Exists(file))
        {
            throw UsageErrors.Of("file-not-found", $"there is no file \"{name}\"");
        }

        var bytes = new FileInfo(file).Length <= Largest ? File.ReadAllBytes(file) : [];
        return bytes.Length > 0 && !bytes.AsSpan().Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(bytes)
            ? System.Text.Encoding.UTF8.GetString(bytes)
            : throw UsageErrors.Of("not-text", $"\"{name}\" is empty, too large or not text in UTF-8");
    }

    /// <summary>Writes an export into a directory; files that are there are left alone.</summary>
    /// <exception cref="UsageException">One of them is there already; nothing was written.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<ExportedFile> files, string directory)
    {
        List<string> paths = [.. files.Select(f => Path.Combine(directory, f.Path))];
        if (paths.Find(Path.Exists) is { } there)
        {
            throw UsageErrors.Of("already-exists", $"\"{there}\" is there already; nothing was written", "choose another --output");
        }

        foreach (var (file, path) in files.Zip(paths))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }

        return paths;
    }
}
