using System.Text;

namespace GitWriteOpt.Batches.ContextPatches;

/// <summary>The lines of an <c>apply_patch</c> text, without their ends, and where each stands.</summary>
/// <param name="input">Checked to be UTF-8.</param>
/// <param name="start">Offset of the first line.</param>
/// <param name="length">Bytes up to the end of the last line.</param>
internal sealed class PatchLines(BatchInput input, int start, int length)
{
    private readonly List<(int Start, int Length)> _lines = Split(input.Body.Span.Slice(start, length), start);

    /// <summary>The number of the line at hand.</summary>
    public int Next { get; set; }

    /// <summary>Where the lines end; a wrapper's last line can be left out.</summary>
    public int Count
    {
        get => field < 0 ? _lines.Count : field;
        set;
    } = -1;

    /// <summary>Whether no line is left.</summary>
    public bool AtEnd => Next >= Count;

    /// <summary>The line at hand.</summary>
    public string Line => this[Next];

    /// <summary>A line, without a carriage return at its end.</summary>
    public string this[int index] =>
        Encoding.UTF8.GetString(input.Body.Span.Slice(_lines[index].Start, _lines[index].Length));

    /// <summary>Offset of the line at hand, or of the last one at the end.</summary>
    public int Offset => _lines.Count == 0 ? 0 : _lines[Math.Min(Next, _lines.Count - 1)].Start;

    /// <summary>An error at the line at hand.</summary>
    public Errors.UsageException Fault(string message, string? suggestion = null) =>
        input.Fault(Offset, "malformed-patch", message, suggestion);

    private static List<(int Start, int Length)> Split(ReadOnlySpan<byte> text, int offset)
    {
        var lines = new List<(int Start, int Length)>(text.Count((byte)'\n') + 1);
        for (var cursor = new LineCursor(text); !cursor.AtEnd; cursor.Advance())
        {
            lines.Add((offset + cursor.Offset, cursor.Bare.Length));
        }

        return lines;
    }
}
