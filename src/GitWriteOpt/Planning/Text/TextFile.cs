using System.Buffers;
using System.Text;
using System.Text.Unicode;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>One replacement in folded text: <paramref name="Text"/> instead of what is there.</summary>
/// <param name="Start">Offset in the folded bytes.</param>
/// <param name="Length">Number of folded bytes that go.</param>
/// <param name="Text">What comes, UTF-8, with any line ends.</param>
internal readonly record struct TextSplice(int Start, int Length, ReadOnlyMemory<byte> Text);

/// <summary>
/// The text of a file for matching and splicing. Matching sees the bytes without byte order mark and with CRLF folded to
/// LF; splicing goes back to the original bytes, so that what is not touched stays byte-exact, and new lines take the
/// line end of what they replace, else of their neighbour. Immutable; all offsets are in folded bytes. UTF-8 is
/// self-synchronising, hence searching bytes is searching text.
/// </summary>
internal sealed class TextFile
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly ReadOnlyMemory<byte> _folded;
    private readonly int[] _carriage;
    private readonly int _mark;

    private TextFile(ReadOnlyMemory<byte> raw)
    {
        _raw = raw;
        _mark = raw.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        (_folded, _carriage) = Fold(raw[_mark..]);
    }

    /// <summary>The bytes to match on.</summary>
    public ReadOnlySpan<byte> Folded => _folded.Span;

    /// <summary>The file as it is, mark and line ends included.</summary>
    public Content Content => Content.Of(_raw);

    /// <summary>The number of lines; a last one without line end counts.</summary>
    public int LineCount => Folded.Count((byte)'\n') + (Folded.Length > 0 && Folded[^1] != '\n' ? 1 : 0);

    /// <summary>Takes content for text.</summary>
    /// <exception cref="RefusedException">It holds NUL or is not UTF-8 (<c>binary-file</c>), or is over 1 GiB.</exception>
    public static TextFile Of(Content content)
    {
        if (content.Length > 1 << 30)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Format, "file-too-large",
                $"text edits work on files of up to 1 GiB, this one has {content.Length} bytes"));
        }

        var bytes = content.ToMemory();
        if (bytes.Span.Contains((byte)0) || !Utf8.IsValid(bytes.Span))
        {
            throw new RefusedException(new WriteError(ErrorCategory.Format, "binary-file",
                "the file is not UTF-8 text (it holds a NUL or an invalid sequence), so text cannot be edited in it")
            {
                Suggestion = "write the whole file instead",
            });
        }

        return new TextFile(bytes);
    }

    /// <summary>UTF-8 with CRLF folded to LF.</summary>
    public static ReadOnlyMemory<byte> Fold(string text) => Fold((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)).Bytes;

    /// <summary>The one-based line that an offset lies in.</summary>
    public int LineAt(int offset) => Folded[..offset].Count((byte)'\n') + 1;

    /// <summary>Whether the text is not empty and its last line has no line end.</summary>
    public bool IsOpen => Folded.Length > 0 && Folded[^1] != '\n';

    /// <summary>
    /// The folded offset of an offset in the file's bytes; between a carriage return and its line feed it is the one before
    /// both. Null where there is no such byte, or it lies in the byte order mark.
    /// </summary>
    public int? OffsetOfByte(int offset)
    {
        if (offset < _mark || offset > _raw.Length)
        {
            return offset == 0 ? 0 : null;
        }

        // RawOffset grows with the folded offset: the greatest one that does not lie behind the byte.
        var (low, high) = (0, Folded.Length);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = RawOffset(middle) <= offset ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    /// <summary>Whether the line feed at a folded offset has a carriage return before it in the file.</summary>
    public bool HasReturnAt(int lineFeed) => IsCrlf(lineFeed);

    /// <summary>The text with a line end behind its last line; an empty one stays so.</summary>
    public TextFile Closed() => IsOpen ? Splice([new TextSplice(Folded.Length, 0, "\n"u8.ToArray())]) : this;

    /// <summary>The text without the line end of its last line.</summary>
    public TextFile Opened() =>
        Folded.Length > 0 && !IsOpen ? Splice([new TextSplice(Folded.Length - 1, 1, default)]) : this;

    /// <summary>Folded offsets at which lines start, and the length behind the last.</summary>
    public int[] LineStarts()
    {
        var starts = new List<int>(LineCount + 1) { 0 };
        for (var end = 0; end < Folded.Length;)
        {
            var feed = Folded[end..].IndexOf((byte)'\n');
            end = feed < 0 ? Folded.Length : end + feed + 1;
            starts.Add(end);
        }

        return [.. starts];
    }

    /// <summary>The lines without their line ends.</summary>
    public string[] Lines()
    {
        var lines = new string[LineCount];
        var rest = Folded;
        for (var i = 0; i < lines.Length; i++)
        {
            var end = rest.IndexOf((byte)'\n');
            lines[i] = Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return lines;
    }

    /// <summary>Applies replacements, which are in ascending order and do not overlap.</summary>
    public TextFile Splice(IReadOnlyList<TextSplice> splices)
    {
        var output = new ArrayBufferWriter<byte>(_raw.Length + splices.Sum(s => s.Text.Length) + 16);
        var done = 0;
        foreach (var splice in splices)
        {
            var start = splice.Start;
            var text = splice.Text.Span;
            var removed = Folded.Slice(start, splice.Length);
            // What both sides have in common is not touched: those lines keep their own line ends.
            var same = removed.CommonPrefixLength(text);
            var tail = SuffixLength(removed[same..], text[same..]);
            var end = start + splice.Length - tail;
            start += same;
            output.Write(_raw.Span[done..RawOffset(start)]);
            WriteLines(output, start, end, text[same..^tail]);
            done = RawOffset(end);
        }

        output.Write(_raw.Span[done..]);
        return new TextFile(output.WrittenMemory);
    }

    private static int SuffixLength(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var n = 0;
        while (n < left.Length && n < right.Length && left[^(n + 1)] == right[^(n + 1)])
        {
            n++;
        }

        return n;
    }

    private static (ReadOnlyMemory<byte> Bytes, int[] Carriage) Fold(ReadOnlyMemory<byte> raw)
    {
        var span = raw.Span;
        if (span.IndexOf("\r\n"u8) < 0)
        {
            return (raw, []);
        }

        var folded = new byte[span.Length];
        var carriage = new List<int>();
        var length = 0;
        while (span.IndexOf("\r\n"u8) is var at and >= 0)
        {
            span[..at].CopyTo(folded.AsSpan(length));
            length += at;
            carriage.Add(length);
            folded[length++] = (byte)'\n';
            span = span[(at + 2)..];
        }

        span.CopyTo(folded.AsSpan(length));
        return (folded.AsMemory(0, length + span.Length), [.. carriage]);
    }

    private bool IsCrlf(int lineFeed) => Array.BinarySearch(_carriage, lineFeed) >= 0;

    // In the middle of a line, or where a line is replaced, its own end counts; between lines that of the line above.
    private bool NeighbourIsCrlf(int start, int end)
    {
        var before = Folded[..start].LastIndexOf((byte)'\n');
        var after = Folded[end..].IndexOf((byte)'\n');
        var between = start == end && before == start - 1;
        return IsCrlf((between && before >= 0) || after < 0 ? before : end + after);
    }

    private int RawOffset(int offset)
    {
        var at = Array.BinarySearch(_carriage, offset);
        return _mark + offset + (at < 0 ? ~at : at);
    }

    private void WriteLines(ArrayBufferWriter<byte> output, int start, int end, ReadOnlySpan<byte> text)
    {
        if (_carriage.Length == 0)
        {
            output.Write(text);
            return;
        }

        var crlf = NeighbourIsCrlf(start, end);
        while (text.IndexOf((byte)'\n') is var at and >= 0)
        {
            if (Folded[start..end].IndexOf((byte)'\n') is var replaced and >= 0)
            {
                crlf = IsCrlf(start + replaced);
                start += replaced + 1;
            }

            output.Write(text[..at]);
            output.Write(crlf ? "\r\n"u8 : "\n"u8);
            text = text[(at + 1)..];
        }

        output.Write(text);
    }
}
