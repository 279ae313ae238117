namespace GitWriteOpt.Batches.Diffs;

/// <summary>Walks over <c>GIT binary patch</c>: one or two blocks of base85 lines, each closed by an empty line.</summary>
internal static class BinaryPart
{
    /// <summary>Passes over the part at the cursor.</summary>
    /// <exception cref="Errors.UsageException">It is damaged or cut off.</exception>
    public static void Walk(ref LineCursor cursor, BatchInput input)
    {
        var start = cursor.Offset;
        cursor.Advance();
        if (!IsBlock(cursor))
        {
            throw input.Fault(start, "corrupt-diff", "no \"literal\" or \"delta\" follows \"GIT binary patch\"");
        }

        WalkBlock(ref cursor, input);
        if (IsBlock(cursor))
        {
            WalkBlock(ref cursor, input);
        }
    }

    private static bool IsBlock(LineCursor cursor) =>
        cursor.Line.StartsWith("literal "u8) || cursor.Line.StartsWith("delta "u8);

    private static void WalkBlock(ref LineCursor cursor, BatchInput input)
    {
        cursor.Advance();
        while (!cursor.Bare.IsEmpty)
        {
            // A line's first letter tells its bytes (A-Z 1 to 26, a-z 27 to 52), five characters for each four of them.
            var line = cursor.Bare;
            var length = line[0] switch
            {
                >= (byte)'A' and <= (byte)'Z' => line[0] - 'A' + 1,
                >= (byte)'a' and <= (byte)'z' => line[0] - 'a' + 27,
                _ => 0,
            };
            if (length == 0 || line.Length != 1 + ((length + 3) / 4 * 5) || !cursor.IsTerminated)
            {
                throw input.Fault(cursor.Offset, "corrupt-diff", "this line of a binary patch is damaged");
            }

            cursor.Advance();
        }

        if (cursor.AtEnd)
        {
            throw input.Fault(cursor.Offset, "truncated-diff",
                "the diff ends inside a binary patch, which an empty line closes");
        }

        cursor.Advance();
    }
}
