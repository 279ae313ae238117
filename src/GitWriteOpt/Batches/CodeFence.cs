namespace GitWriteOpt.Batches;

/// <summary>One outer Markdown code fence, as chat models put around what they emit.</summary>
internal static class CodeFence
{
    /// <summary>Where the fenced text lies, with its last line end; or (0, 0) where there is no fence.</summary>
    public static (int Start, int Length) Inside(ReadOnlySpan<byte> text)
    {
        var open = text.IndexOfAnyExcept(" \t\r\n"u8);
        if (open < 0 || !text[open..].StartsWith("```"u8))
        {
            return (0, 0);
        }

        var ticks = text[open..].IndexOfAnyExcept((byte)'`');
        var lineEnd = text[open..].IndexOf((byte)'\n');
        var end = text.LastIndexOfAnyExcept(" \t\r\n"u8) + 1;
        if (ticks < 0 || lineEnd < 0 || end <= open + lineEnd)
        {
            return (0, 0);
        }

        var start = open + lineEnd + 1;
        var lastLine = text[..end].LastIndexOf((byte)'\n') + 1;
        var closing = text[lastLine..end].TrimStart(" \t"u8);
        return lastLine >= start && closing.Length >= ticks && closing.IndexOfAnyExcept((byte)'`') < 0
            ? (start, lastLine - start)
            : (0, 0);
    }
}
