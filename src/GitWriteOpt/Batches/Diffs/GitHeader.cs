using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>Reads the section that <c>diff --git</c> opens: extended header lines, then hunks or a binary part.</summary>
internal static class GitHeader
{
    // Longer header lines than two quoted paths of PATH_MAX are no names; this bounds the search for the split too.
    private const int LongestLine = 40_000;

    /// <summary>Reads the section at the cursor, and leaves the cursor behind it.</summary>
    public static DiffSection Read(ref LineCursor cursor, BatchInput input)
    {
        var section = new DiffSection
        {
            Start = cursor.Offset,
            GitLine = Text(cursor, "diff --git ".Length, input),
            IsUnusual = HasReturn(cursor),
        };
        var terminated = cursor.IsTerminated;
        cursor.Advance();
        while (!cursor.AtEnd && ReadLine(ref section, cursor, input))
        {
            section.IsUnusual |= HasReturn(cursor);
            terminated = cursor.IsTerminated;
            cursor.Advance();
        }

        section.BodyStart = cursor.Offset;
        if (section.IsSubmodule)
        {
            throw Submodule(section, input);
        }

        if (cursor.Line.StartsWith("@@ -"u8))
        {
            Hunks.Walk(ref cursor, input, section);
        }
        else if (cursor.Bare.SequenceEqual("GIT binary patch"u8))
        {
            BinaryPart.Walk(ref cursor, input);
        }
        else if (cursor.Line.StartsWith("Binary files "u8) && cursor.Bare.EndsWith(" differ"u8))
        {
            throw DiffScanner.WithoutData(cursor, input);
        }
        else if (!terminated)
        {
            Hunks.Unterminated(cursor.Offset, input, section);
        }

        section.End = cursor.Offset;
        return section;
    }

    private static bool ReadLine(ref DiffSection section, LineCursor cursor, BatchInput input)
    {
        var line = cursor.Bare;
        if (line.StartsWith("--- "u8))
        {
            section.OldLine = DiffName.OfGitLine(Text(cursor, 4, input))
                ?? throw DiffName.Damaged(cursor, input);
        }
        else if (line.StartsWith("+++ "u8))
        {
            section.NewLine = DiffName.OfGitLine(Text(cursor, 4, input))
                ?? throw DiffName.Damaged(cursor, input);
        }
        else if (line.StartsWith("rename from "u8) || line.StartsWith("copy from "u8))
        {
            section.IsCopy = line[0] == 'c';
            section.From = DiffName.Unquoted(Text(cursor, line.IndexOf(" from "u8) + 6, input))
                ?? throw DiffName.Damaged(cursor, input);
        }
        else if (line.StartsWith("rename to "u8) || line.StartsWith("copy to "u8))
        {
            section.To = DiffName.Unquoted(Text(cursor, line.IndexOf(" to "u8) + 4, input))
                ?? throw DiffName.Damaged(cursor, input);
        }
        else if (line.StartsWith("new file mode "u8))
        {
            section.IsNew = true;
        }
        else if (line.StartsWith("deleted file mode "u8))
        {
            section.IsDeleted = true;
        }
        else if (line.StartsWith("old mode "u8) || line.StartsWith("new mode "u8))
        {
            section.ChangesMode = true;
        }
        else if (!line.StartsWith("index "u8) && !line.StartsWith("similarity index "u8)
            && !line.StartsWith("dissimilarity index "u8))
        {
            return false;
        }

        section.IsSubmodule |= line[0] is not ((byte)'-' or (byte)'+' or (byte)'r' or (byte)'c')
            && line.EndsWith(" 160000"u8);
        return true;
    }

    private static string Text(LineCursor cursor, int skip, BatchInput input)
    {
        var text = cursor.Bare[skip..];
        if (text.Length > LongestLine)
        {
            throw input.Fault(cursor.Offset, "corrupt-diff",
                $"a header line of the diff is {text.Length} bytes long");
        }

        return System.Text.Unicode.Utf8.IsValid(text)
            ? Encoding.UTF8.GetString(text)
            : throw input.Fault(cursor.Offset, "invalid-utf8", "a name in the diff is not UTF-8");
    }

    private static bool HasReturn(LineCursor cursor) => cursor.Line.Length != cursor.Bare.Length;

    private static RefusedException Submodule(DiffSection section, BatchInput input)
    {
        var (line, column) = input.At(section.Start);
        return new RefusedException(new WriteError(ErrorCategory.Permission, "submodule",
            $"the diff changes a submodule: diff --git {section.GitLine}")
        {
            Line = line,
            Column = column,
            Suggestion = "make the diff with git diff --ignore-submodules, and move the submodule in its own repository",
        });
    }
}
