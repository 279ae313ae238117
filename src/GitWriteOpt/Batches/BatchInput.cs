using System.Text.Unicode;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches;

/// <summary>
/// The bytes of a batch without a byte order mark and an outer code fence, and where in the original each byte stands.
/// A text that is carried inside another one (a diff in a JSON string) has its carrier's position.
/// </summary>
internal sealed class BatchInput
{
    private readonly int _linesBefore;
    private readonly (int Line, int Column)? _carrier;
    private readonly string _what;
    private int _seenOffset;
    private int _seenLine = 1;
    private int _seenLineStart;

    private BatchInput(ReadOnlyMemory<byte> body, int linesBefore, (int Line, int Column)? carrier, string what)
    {
        Body = body;
        _linesBefore = linesBefore;
        _carrier = carrier;
        _what = what;
    }

    /// <summary>What is to be read.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Whether it came inside another text, so that its end is not a sign of a cut-off transfer.</summary>
    public bool IsCarried => _carrier is not null;

    /// <summary>Whether there is nothing but blanks.</summary>
    public bool IsBlank => Body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    /// <summary>Takes off a byte order mark and one outer code fence.</summary>
    public static BatchInput Of(ReadOnlyMemory<byte> input)
    {
        var body = input.Span.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? input[3..] : input;
        return CodeFence.Inside(body.Span) is var (start, length) && start > 0
            ? new BatchInput(body.Slice(start, length), body.Span[..start].Count((byte)'\n'), null, "input")
            : new BatchInput(body, 0, null, "input");
    }

    /// <summary>Takes off a byte order mark alone.</summary>
    public static BatchInput WithFence(ReadOnlyMemory<byte> input) =>
        Verbatim(input.Span.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]) ? input[3..] : input, "input");

    /// <summary>A text as it is.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="what">What it is, for messages: <c>notebook</c>.</param>
    public static BatchInput Verbatim(ReadOnlyMemory<byte> body, string what) => new(body, 0, null, what);

    /// <summary>A text carried inside this one, at <paramref name="offset"/>.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="offset">Where the carrier stands in this input.</param>
    /// <param name="what">What it is, for messages: <c>diff</c>.</param>
    public BatchInput Carried(ReadOnlyMemory<byte> body, int offset, string what) => new(body, 0, At(offset), what);

    /// <summary>One-based line and column (bytes) in the original; cheap where offsets only grow.</summary>
    public (int Line, int Column) At(int offset)
    {
        if (_carrier is { } carrier)
        {
            return carrier;
        }

        var line = LineOf(offset);
        return (line, offset - _seenLineStart + 1);
    }

    /// <summary>One-based line; of the carried text itself where this is one.</summary>
    public int LineOf(int offset)
    {
        if (offset < _seenOffset)
        {
            (_seenOffset, _seenLine, _seenLineStart) = (0, 1, 0);
        }

        var passed = Body.Span[_seenOffset..offset];
        if (passed.LastIndexOf((byte)'\n') is var last and >= 0)
        {
            _seenLine += passed.Count((byte)'\n');
            _seenLineStart = _seenOffset + last + 1;
        }

        _seenOffset = offset;
        return _seenLine + _linesBefore;
    }

    /// <summary>An error at an offset.</summary>
    public UsageException Fault(int offset, string code, string message, string? suggestion = null)
    {
        var within = _carrier is null ? "" : $", line {LineOf(offset)} of the {_what}";
        var (line, column) = At(offset);
        return Fault(line, column, code, message, suggestion, within);
    }

    /// <summary>An error at a line and column (both from 1) of the body.</summary>
    public UsageException FaultAt(int line, int column, string code, string message, string? suggestion = null) =>
        _carrier is { } carrier
            ? Fault(carrier.Line, carrier.Column, code, message, suggestion, $", line {line} of the {_what}")
            : Fault(line + _linesBefore, column, code, message, suggestion, "");

    /// <summary>Makes sure that the body is UTF-8 text.</summary>
    /// <exception cref="UsageException">It is not; the first bad byte is named.</exception>
    public void NeedUtf8()
    {
        if (Utf8.IsValid(Body.Span))
        {
            return;
        }

        // Decoding stops at the first invalid byte; it is only done to tell where that is.
        var rest = Body.Span;
        while (System.Text.Rune.DecodeFromUtf8(rest, out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            rest = rest[length..];
        }

        var offset = Body.Length - rest.Length;
        throw Fault(offset, "invalid-utf8", $"the {_what} is not UTF-8 text: byte 0x{Body.Span[offset]:x2}",
            "save it as UTF-8; give binary content as base64");
    }

    private static UsageException Fault(
        int line, int column, string code, string message, string? suggestion, string within) =>
        new(new WriteError(ErrorCategory.Usage, code, $"{message} (line {line}, column {column}{within})")
        {
            Line = line,
            Column = column,
            Suggestion = suggestion,
        });
}
