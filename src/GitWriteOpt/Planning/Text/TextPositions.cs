using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>Finds the places that formats name by bytes, characters or lines and columns, as offsets in folded text.</summary>
/// <param name="file">The text.</param>
internal sealed class TextPositions(TextFile file)
{
    private readonly int[] _starts = file.LineStarts();
    private int[]? _protocolStarts;

    /// <summary>The folded offset of a place.</summary>
    /// <exception cref="RefusedException"><c>position-out-of-range</c> or <c>position-inside-character</c>.</exception>
    public int Offset(TextPosition position) => position switch
    {
        TextPosition.Bytes bytes => AtCharacter(file.OffsetOfByte(bytes.Offset)
            ?? throw OutOfRange($"byte {bytes.Offset}", $"{file.Content.Length} bytes")),
        TextPosition.Characters characters => OfCharacter(characters),
        TextPosition.LineEnd end => EndOfLine(_starts, NeedLine(end.Line)),
        TextPosition.LineColumn place => OfColumn(place),
        _ => throw new InvalidOperationException($"a position of a kind that is not known: {position}"),
    };

    private int OfColumn(TextPosition.LineColumn place)
    {
        var starts = _starts;
        if (place.IsProtocol)
        {
            starts = _protocolStarts ??= file.Folded.Contains((byte)'\r') ? ProtocolStarts() : _starts;
            if (place.Line >= starts.Length || (place.Line == starts.Length - 1 && !file.IsOpen))
            {
                return file.Folded.Length;
            }
        }
        else
        {
            NeedLine(place.Line);
        }

        var start = starts[Math.Min(place.Line, starts.Length - 1)];
        var end = EndOfLine(starts, place.Line);
        var line = file.Folded[start..end];
        var (length, units) = Walk(line, place.Column, place.Unit);
        if (units < place.Column && !place.IsProtocol)
        {
            throw OutOfRange($"column {place.Column + 1} of line {place.Line + 1}", $"{units} columns there");
        }

        return start + length;
    }

    private int OfCharacter(TextPosition.Characters characters)
    {
        // A carriage return is a character that the folded text does not have: lines are counted one by one.
        var rest = characters.Offset;
        var offset = 0;
        while (true)
        {
            var feed = file.Folded[offset..].IndexOf((byte)'\n');
            var line = feed < 0 ? file.Folded[offset..] : file.Folded.Slice(offset, feed);
            var (length, units) = Walk(line, rest, characters.Unit);
            if (units >= rest)
            {
                return offset + length;
            }

            if (feed < 0)
            {
                throw OutOfRange($"character {characters.Offset}", "fewer characters");
            }

            var ending = file.HasReturnAt(offset + feed) ? 2 : 1;
            if (units + ending > rest)
            {
                return offset + feed;
            }

            rest -= units + ending;
            offset += feed + 1;
        }
    }

    // How many bytes and units of a line lie before a column, at most the whole line.
    private static (int Bytes, int Units) Walk(ReadOnlySpan<byte> line, int column, TextUnit unit)
    {
        var (bytes, units) = (0, 0);
        while (bytes < line.Length && units < column)
        {
            Rune.DecodeFromUtf8(line[bytes..], out var rune, out var length);
            bytes += length;
            units += unit switch { TextUnit.Utf8 => length, TextUnit.Utf16 => rune.Utf16SequenceLength, _ => 1 };
        }

        return units <= column || bytes == 0
            ? (bytes, units)
            : throw Inside();
    }

    private int AtCharacter(int offset) =>
        offset < file.Folded.Length && (file.Folded[offset] & 0xC0) == 0x80 ? throw Inside() : offset;

    private int NeedLine(int line) => line < _starts.Length && (line < _starts.Length - 1 || !file.IsOpen)
        ? line
        : throw OutOfRange($"line {line + 1}", $"{file.LineCount} line{(file.LineCount == 1 ? "" : "s")}");

    private int EndOfLine(int[] starts, int line)
    {
        if (line + 1 >= starts.Length)
        {
            return file.Folded.Length;
        }

        var end = starts[line + 1];
        return end > starts[line] && file.Folded[end - 1] is (byte)'\n' or (byte)'\r' ? end - 1 : end;
    }

    private int[] ProtocolStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < file.Folded.Length; i++)
        {
            if (file.Folded[i] is (byte)'\n' or (byte)'\r')
            {
                starts.Add(i + 1);
            }
        }

        if (file.IsOpen && file.Folded[^1] != '\r')
        {
            starts.Add(file.Folded.Length);
        }

        return [.. starts];
    }

    private static RefusedException OutOfRange(string what, string has) =>
        new(new WriteError(ErrorCategory.Conflict, "position-out-of-range",
            $"the batch names {what}, but the file has {has}")
        {
            Suggestion = "the file is not the one that the edits were made for: make them anew",
        });

    private static RefusedException Inside() =>
        new(new WriteError(ErrorCategory.Conflict, "position-inside-character",
            "a position of the batch lies inside a character")
        {
            Suggestion = "check the unit in which columns are counted, and that the file is the one that was edited",
        });
}
