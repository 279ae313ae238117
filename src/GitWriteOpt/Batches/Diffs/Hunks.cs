namespace GitWriteOpt.Batches.Diffs;

/// <summary>Walks over hunks by their counts.</summary>
internal static class Hunks
{
    /// <summary>Passes over all hunks at the cursor.</summary>
    /// <exception cref="Errors.UsageException">A hunk is damaged, or shorter or longer than it says.</exception>
    public static void Walk(ref LineCursor cursor, BatchInput input, DiffSection section)
    {
        while (cursor.Line.StartsWith("@@ -"u8))
        {
            WalkOne(ref cursor, input, section);
        }

        // Lines beyond the counts would be passed over in silence by git; a miscounted hunk must not lose them.
        var line = cursor.Bare;
        var isNext = PlainHeader.IsAt(cursor) || line.SequenceEqual("-- "u8) || line.SequenceEqual("--"u8);
        if (!isNext && line is [(byte)'+' or (byte)'-' or (byte)' ', ..])
        {
            throw input.Fault(cursor.Offset, "corrupt-diff", "the hunk above has more lines than its header says",
                "correct the counts of its @@ line; git apply --recount can do it");
        }
    }

    /// <summary>Notes or refuses that the last line lacks its line feed: what came in a file was cut off there.</summary>
    public static void Unterminated(int offset, BatchInput input, DiffSection section)
    {
        section.IsUnterminated = input.IsCarried
            ? true
            : throw input.Fault(offset, "truncated-diff", "the diff's last line has no line feed: it may be cut off",
                "add a final line feed where the diff is complete");
    }

    private static void WalkOne(ref LineCursor cursor, BatchInput input, DiffSection section)
    {
        var start = cursor.Offset;
        if (!HunkHeader.TryParse(cursor.Bare, out var header))
        {
            throw input.Fault(start, "corrupt-diff", "the hunk's header cannot be read",
                "it has the form @@ -line,count +line,count @@");
        }

        if ((long)header.OldCount + header.NewCount > 2L * (input.Body.Length - start))
        {
            throw input.Fault(start, "truncated-diff",
                $"the hunk says that it has {header.OldCount} old and {header.NewCount} new lines, "
                + "which is more than the diff holds");
        }

        var (old, added) = header;
        var terminated = cursor.IsTerminated;
        var offset = start;
        cursor.Advance();
        while (old > 0 || added > 0)
        {
            if (cursor.AtEnd)
            {
                throw input.Fault(start, "truncated-diff", "the diff ends inside this hunk: "
                    + $"{old} old and {added} new lines of {header.OldCount} and {header.NewCount} are missing");
            }

            var bare = cursor.Bare;
            var kind = bare.IsEmpty ? (byte)' ' : bare[0];
            (old, added) = kind switch
            {
                (byte)' ' => (old - 1, added - 1),
                (byte)'-' => (old - 1, added),
                (byte)'+' => (old, added - 1),
                (byte)'\\' => (old, added),
                _ => throw Corrupt(cursor, input, start),
            };
            if (old < 0 || added < 0)
            {
                throw Corrupt(cursor, input, start);
            }

            (terminated, offset) = (cursor.IsTerminated, cursor.Offset);
            cursor.Advance();
        }

        if (cursor.Line.StartsWith("\\ "u8))
        {
            section.IsUnterminated = !cursor.IsTerminated;
            cursor.Advance();
        }
        else if (!terminated)
        {
            Unterminated(offset, input, section);
        }
    }

    private static Errors.UsageException Corrupt(LineCursor cursor, BatchInput input, int hunk) =>
        input.Fault(cursor.Offset, "corrupt-diff",
            $"this line does not fit the hunk that starts at line {input.LineOf(hunk)} and its counts",
            "each line of a hunk starts with a blank, \"-\", \"+\" or \"\\\"; the @@ line counts them");
}
