using System.Globalization;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>What the programs' answers mean. Each takes the answer and the files' names as the program was given them.</summary>
internal static class ToolReadings
{
    private const int MostOfAFile = 5;

    /// <summary>
    /// The form of most: the file's name, a line, perhaps a column, the words. <c>a.go:3:7: expected ...</c>,
    /// <c>a.sh: line 3: ...</c>, <c>a.sh: 3: ...</c>, <c>a.ts(3,7): ...</c>.
    /// </summary>
    public static IReadOnlyList<Complaint>? Places(ToolAnswer answer, IReadOnlyList<string> files)
    {
        if (answer.ExitCode == 0)
        {
            return [];
        }

        List<Complaint> found = [.. answer.Lines().Select(line => Place(line, files)).OfType<Complaint>()
            .GroupBy(c => (c.File, c.Line)).Select(g => g.First()).Take(MostOfAFile)];
        return found.Count == 0 ? null : found;
    }

    /// <summary>As <see cref="Places"/>, but any failure is a complaint: a person chose the program.</summary>
    public static IReadOnlyList<Complaint>? Configured(ToolAnswer answer, IReadOnlyList<string> files)
    {
        const int cannotRun = 126;
        const int notFound = 127;
        return answer.ExitCode is cannotRun or notFound ? null : Places(answer, files)
            ?? [new Complaint(0, answer.Lines().FirstOrDefault(l => l.Trim().Length > 0)?.Trim() ?? $"exit code {answer.ExitCode}")];
    }

    /// <summary>node: <c>file:line</c>, the line itself, a caret below it, an empty line, the error.</summary>
    public static IReadOnlyList<Complaint>? Node(ToolAnswer answer, IReadOnlyList<string> files)
    {
        if (answer.ExitCode == 0)
        {
            return [];
        }

        var lines = answer.Lines().ToList();
        var error = lines.Find(l => l.StartsWith("SyntaxError: ", StringComparison.Ordinal));
        if (error is null)
        {
            return null;
        }

        var place = lines.FindIndex(l => l.StartsWith(files[0] + ":", StringComparison.Ordinal));
        var line = place < 0 ? null : Number(lines[place][(files[0].Length + 1)..]);
        var caret = place >= 0 && place + 2 < lines.Count ? lines[place + 2].IndexOf('^', StringComparison.Ordinal) : -1;
        return [new Complaint(0, error["SyntaxError: ".Length..], line, caret < 0 || line is null ? null : caret + 1)];
    }

    /// <summary>
    /// tsc: <c>../3/a.ts(2,7): error TS1109: words</c>, the path from where it runs. Codes of the parser are TS1xxx and
    /// TS17xxx; TS5xxx and TS6xxx are about its options.
    /// </summary>
    public static IReadOnlyList<Complaint>? TypeScript(ToolAnswer answer, IReadOnlyList<string> files)
    {
        const string error = "): error TS";
        var found = new List<Complaint>();
        foreach (var line in answer.Output.Split('\n'))
        {
            if (line.StartsWith("error TS5", StringComparison.Ordinal) || line.StartsWith("error TS6", StringComparison.Ordinal))
            {
                return null;
            }

            var place = line.IndexOf(error, StringComparison.Ordinal);
            var open = place < 0 ? -1 : line.LastIndexOf('(', place);
            var file = open < 0 ? -1 : FileNamed(line[..open], files);
            var code = place < 0 ? "" : line[(place + error.Length)..].Split(':', 2)[0];
            if (file >= 0 && ((code.Length == 4 && code[0] == '1') || (code.Length == 5 && code.StartsWith("17", StringComparison.Ordinal)))
                && found.Count(c => c.File == file) < MostOfAFile)
            {
                var numbers = line[(open + 1)..place].Split(',');
                found.Add(new Complaint(file, line[(place + error.Length + code.Length + 1)..].Trim(), Number(numbers[0]),
                    numbers.Length > 1 ? Number(numbers[1]) : null));
            }
        }

        return found.Count > 0 || answer.ExitCode == 0 || answer.Output.Contains("error TS", StringComparison.Ordinal) ? found : null;
    }

    // Each copy lies in a directory of its own, so the last two parts of a path tell them apart.
    private static int FileNamed(string path, IReadOnlyList<string> files)
    {
        for (var i = 0; i < files.Count; i++)
        {
            if (path.EndsWith($"/{Path.GetFileName(Path.GetDirectoryName(files[i]))}/{Path.GetFileName(files[i])}", StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Our own script: a line a file, its number, <c>ok</c>, <c>bad</c> or <c>unknown</c>.</summary>
    public static IReadOnlyList<Complaint>? Python(ToolAnswer answer, IReadOnlyList<string> files)
    {
        var lines = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('\r').Split('\t', 5)).ToList();
        if (lines.Count != files.Count || lines.Exists(l => l is not [_, "ok"] and not [_, "bad", _, _, _]))
        {
            return null; // it died on one of them, or could not tell: they are asked about one by one
        }

        return [.. lines.Where(l => l.Length == 5)
            .Select(l => new Complaint(int.Parse(l[0], CultureInfo.InvariantCulture), l[4], Number(l[2]), Number(l[3])))];
    }

    /// <summary>php: <c>Parse error: words in file on line 3</c>.</summary>
    public static IReadOnlyList<Complaint>? Php(ToolAnswer answer, IReadOnlyList<string> files)
    {
        if (answer.ExitCode == 0)
        {
            return [];
        }

        foreach (var line in answer.Lines())
        {
            var start = line.IndexOf("error: ", StringComparison.Ordinal);
            var end = line.LastIndexOf($" in {files[0]} on line ", StringComparison.Ordinal);
            if (start >= 0 && end > start)
            {
                return [new Complaint(0, line[(start + "error: ".Length)..end].Trim(),
                    Number(line[(line.LastIndexOf(' ') + 1)..]))];
            }
        }

        return null;
    }

    /// <summary>rustfmt: <c>error: words</c>, then <c> --> &lt;stdin>:1:21</c>. What it would write otherwise is no error.</summary>
    public static IReadOnlyList<Complaint>? Rust(ToolAnswer answer, IReadOnlyList<string> _)
    {
        const string place = "--> <stdin>:";
        var found = new List<Complaint>();
        string? message = null;
        foreach (var line in answer.ErrorText.Split('\n'))
        {
            if (line.StartsWith("error", StringComparison.Ordinal) && line.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0)
            {
                message = line.StartsWith("error[internal]", StringComparison.Ordinal) ? null : line[(colon + 2)..].Trim();
            }
            else if (message is not null && line.TrimStart().StartsWith(place, StringComparison.Ordinal))
            {
                var numbers = line.TrimStart()[place.Length..].Trim().Split(':');
                found.Add(new Complaint(0, message, Number(numbers[0]), numbers.Length > 1 ? Number(numbers[1]) : null));
                message = null;
            }
        }

        return found.Count > 0 ? [.. found.Take(MostOfAFile)] : answer.ExitCode == 0 || answer.ErrorText.Trim().Length == 0 ? [] : null;
    }

    private static Complaint? Place(string line, IReadOnlyList<string> files)
    {
        for (var i = 0; i < files.Count; i++)
        {
            var at = line.IndexOf(files[i], StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            var rest = line.AsSpan(at + files[i].Length).TrimStart(" :(\"");
            rest = rest.StartsWith("line ") ? rest["line ".Length..] : rest;
            var (row, afterRow) = Digits(rest);
            if (row is null)
            {
                continue;
            }

            var isColumn = afterRow.Length > 1 && afterRow[0] is ':' or ',' && char.IsAsciiDigit(afterRow[1]);
            var (column, afterColumn) = isColumn ? Digits(afterRow.AsSpan(1)) : (null, afterRow);
            var words = afterColumn.TrimStart(" :)").Trim().ToString();
            return words.Length == 0 ? null : new Complaint(i, words, row, column);
        }

        return null;
    }

    private static (int? Value, string Left) Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        end = end < 0 ? text.Length : end;
        return (Number(text[..end].ToString()), text[end..].ToString());
    }

    private static int? Number(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value : null;
}
