using GitWriteOpt.Errors;

namespace GitWriteOpt.Planning.Text;

/// <summary>A file as blocks are looked for in it: its lines, where they start, and the errors of a search.</summary>
/// <param name="file">The file, closed by a line end unless it is empty.</param>
/// <param name="which">The block, for messages.</param>
/// <param name="warn">Told how a block was found that did not match exactly.</param>
internal sealed class BlockText(TextFile file, string which, Action<string> warn)
{
    private const int ListedLines = 10;

    private readonly int[] _starts = file.LineStarts();

    /// <summary>The file.</summary>
    public TextFile File => file;

    /// <summary>Its lines, without line ends.</summary>
    public string[] Lines { get; } = file.Lines();

    /// <summary>The lines of a text, without line ends; a last line end ends a line and begins none.</summary>
    public static string[] LinesOf(string text)
    {
        text = text.ReplaceLineEndings("\n");
        return text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
    }

    /// <summary>Lines as text, each with its line end.</summary>
    public static string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>The lines at which <paramref name="fits"/> holds, for a text of <paramref name="length"/> lines.</summary>
    public List<int> Where(int length, Func<int, bool> fits)
    {
        var hits = new List<int>();
        for (var i = 0; length > 0 && i + length <= Lines.Length; i++)
        {
            if (fits(i))
            {
                hits.Add(i);
            }
        }

        return hits;
    }

    /// <summary>The one hit; null where there is none.</summary>
    /// <exception cref="RefusedException">There are several.</exception>
    public int? Only(List<int> hits) => hits.Count switch
    {
        0 => null,
        1 => hits[0],
        _ => throw Refused("text-ambiguous", $"{which}: the text is there {hits.Count} times, at lines "
            + string.Join(", ", hits.Take(ListedLines).Select(hit => hit + 1)) + (hits.Count > ListedLines ? ", ..." : ""),
            "take more lines around it into the block"),
    };

    /// <summary>Offsets at which a text is in the folded file.</summary>
    public List<int> Occurrences(string text, int from = 0)
    {
        var sought = TextFile.Fold(text).Span;
        var hits = new List<int>();
        while (!sought.IsEmpty && file.Folded[from..].IndexOf(sought) is var at and >= 0)
        {
            hits.Add(from + at);
            from += at + 1;
        }

        return hits;
    }

    /// <summary>The line (from 0) of a folded offset.</summary>
    public int LineOf(int offset) => file.LineAt(offset) - 1;

    /// <summary>A splice of whole lines.</summary>
    public TextSplice Splice(int line, int count, string text) =>
        new(_starts[line], _starts[line + count] - _starts[line], TextFile.Fold(text));

    /// <summary>The folded offset at which a line starts.</summary>
    public int Start(int line) => _starts[line];

    /// <summary>Tells that white space differed.</summary>
    public void WarnLoose(int line, string how) => warn($"{which} was found at line {line + 1} {how}");

    /// <summary>The refusal for a text that is not there, with the nearest lines.</summary>
    public RefusedException NotFound(string search, string where = "")
    {
        var near = NearestText.Find(Lines, LinesOf(search));
        return new RefusedException(NearPlace.Error("text-not-found", $"{which}: the text was not found{where}", near,
            "; nothing like it is in the file") with
        {
            Suggestion = "read the file again and copy the SEARCH part from it, white space included",
        });
    }

    /// <summary>A refusal about the block.</summary>
    public RefusedException Fault(string code, string message, string suggestion) =>
        Refused(code, $"{which}: {message}", suggestion);

    private static RefusedException Refused(string code, string message, string suggestion) =>
        new(new WriteError(ErrorCategory.Conflict, code, message) { Suggestion = suggestion });
}
