using System.Buffers.Text;
using System.Text;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.Sarif;

/// <summary>
/// Reads regions: by lines and columns (from 1, the end column behind the last character; without a column to the end of the
/// line), by characters, or by bytes. A region that gives several of them is read by the first kind in this order.
/// </summary>
/// <param name="unit">What columns and characters count.</param>
internal sealed class SarifRegion(TextUnit unit)
{
    /// <summary>By the column kind of a run; code points where it names none.</summary>
    public static SarifRegion Of(JsonFields run) => new(run.FindText("columnKind") switch
    {
        null or "unicodeCodePoints" => TextUnit.CodePoint,
        "utf16CodeUnits" => TextUnit.Utf16,
        var other => throw run.Need("columnKind").Fault("unknown-encoding",
            $"the field \"columnKind\" must be \"utf16CodeUnits\" or \"unicodeCodePoints\", not \"{other}\""),
    });

    /// <summary>Reads a replacement.</summary>
    public RangeReplacement Replacement(JsonFields replacement)
    {
        var (start, end) = Range(replacement.NeedObject("deletedRegion", "the deleted region"));
        var text = replacement.FindObject("insertedContent", "the inserted content") is { } content ? Text(content) : "";
        return new RangeReplacement(start, end, text) { Line = replacement.Item.Position.Line };
    }

    private (TextPosition Start, TextPosition End) Range(JsonFields region)
    {
        if (region.FindNumber("startLine", 1) is { } line)
        {
            return Lines(region, line - 1);
        }

        if (region.FindNumber("charOffset", 0) is { } character)
        {
            var end = End(region, character, region.FindNumber("charLength", 0) ?? 0);
            return (new TextPosition.Characters(character, unit), new TextPosition.Characters(end, unit));
        }

        if (region.FindNumber("byteOffset", 0) is { } offset)
        {
            return (new TextPosition.Bytes(offset),
                new TextPosition.Bytes(End(region, offset, region.FindNumber("byteLength", 0) ?? 0)));
        }

        throw region.Item.Fault("missing-field",
            "the deleted region has neither \"startLine\" nor \"charOffset\" nor \"byteOffset\"", "add one of them");
    }

    private (TextPosition Start, TextPosition End) Lines(JsonFields region, int line)
    {
        var column = (region.FindNumber("startColumn", 1) ?? 1) - 1;
        var endLine = (region.FindNumber("endLine", 1) ?? (line + 1)) - 1;
        TextPosition end = region.FindNumber("endColumn", 1) is { } endColumn
            ? new TextPosition.LineColumn(endLine, endColumn - 1, unit)
            : new TextPosition.LineEnd(endLine);
        if (endLine < line || (endLine == line && end is TextPosition.LineColumn last && last.Column < column))
        {
            throw region.Item.Fault("bad-region", "the deleted region ends before it begins",
                "endColumn is the column behind the last character");
        }

        return (new TextPosition.LineColumn(line, column, unit), end);
    }

    private static int End(JsonFields region, int start, int length) => start <= int.MaxValue - length ? start + length
        : throw region.Item.Fault("bad-region", "the deleted region is larger than any file");

    private static string Text(JsonFields content)
    {
        var text = content.FindText("text");
        if (content.FindText("binary") is not { } encoded)
        {
            return text ?? throw content.Item.Fault("missing-field",
                "the inserted content has neither \"text\" nor \"binary\"", "add one of them");
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            throw content.Need("binary").Fault("bad-base64", "the field \"binary\" of the inserted content is not base64");
        }

        var decoded = bytes.AsSpan(0, length);
        if (!System.Text.Unicode.Utf8.IsValid(decoded))
        {
            throw content.Need("binary").Fault("invalid-utf8", "the inserted content is not UTF-8 text",
                "write the whole file instead");
        }

        return text is null || text == Encoding.UTF8.GetString(decoded) ? Encoding.UTF8.GetString(decoded)
            : throw content.Need("binary").Fault("exclusive-fields",
                "the inserted content has both \"text\" and \"binary\", and they differ", "leave one of them out");
    }
}
