namespace GitWriteOpt.Validation.Rules;

/// <summary>Where something is in a file.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based, in bytes.</param>
internal readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The position of a byte.</summary>
    public static TextPosition Of(ReadOnlySpan<byte> bytes, int offset)
    {
        var before = bytes[..Math.Clamp(offset, 0, bytes.Length)];
        return new TextPosition(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>The bytes behind a byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\ufeff"u8) ? bytes[3..] : bytes;
}
