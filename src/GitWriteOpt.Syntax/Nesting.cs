namespace GitWriteOpt.Syntax;

/// <summary>
/// Keeps what is nested so deeply that only an attack is from parsers that recurse, or that take a time that grows with
/// depth: brackets are counted, whatever they stand in.
/// </summary>
internal static class Nesting
{
    private const int Deepest = 200;

    /// <summary>Whether more brackets are open at some point than any real file has.</summary>
    public static bool IsTooDeep(ReadOnlySpan<byte> bytes)
    {
        var open = 0;
        while (bytes.IndexOfAny("[{]}"u8) is var at and >= 0)
        {
            open = bytes[at] is (byte)'[' or (byte)'{' ? open + 1 : Math.Max(0, open - 1);
            if (open > Deepest)
            {
                return true;
            }

            bytes = bytes[(at + 1)..];
        }

        return false;
    }
}
