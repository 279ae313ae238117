using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>One mail of a mailbox, or the whole diff.</summary>
/// <param name="Head">Its head, or null where it is no mail.</param>
/// <param name="Sections">Its files.</param>
/// <param name="Input">What the sections are parts of: the whole input, or the decoded body of the mail.</param>
internal sealed record DiffMail(MailHead? Head, List<DiffSection> Sections, BatchInput Input);

/// <summary>Finds the sections of a diff. What stands between them is passed over, as git does.</summary>
internal static class DiffScanner
{
    /// <summary>The mails, or one for a bare diff.</summary>
    public static List<DiffMail> Scan(BatchInput input, List<string> warnings)
    {
        var cursor = new LineCursor(input.Body.Span);
        var mail = new DiffMail(null, [], input);
        var mails = new List<DiffMail> { mail };
        var inHead = false;
        while (!cursor.AtEnd)
        {
            if (MailHead.IsStart(cursor.Line))
            {
                var head = MailHead.Read(ref cursor, input);
                if (head.Encoding is not null)
                {
                    var body = MailBody.Decode(ref cursor, input, head.Encoding);
                    mails.AddRange(Scan(body, warnings).Select(inner => inner with { Head = head }));
                    continue;
                }

                mail = new DiffMail(head, [], input);
                mails.Add(mail);
                inHead = true;
                continue;
            }

            if (ReadSection(ref cursor, input) is { } section)
            {
                inHead = false;
                if (section.HasBody || section.HasHeaderChange)
                {
                    mail.Sections.Add(section);
                }
                else
                {
                    warnings.Add($"the diff's part at line {input.LineOf(section.Start)} changes nothing and was left out");
                }

                continue;
            }

            if (!inHead)
            {
                RefuseRemains(cursor, input, mail.Sections.Count > 0);
            }

            cursor.Advance();
        }

        return mails;
    }

    private static DiffSection? ReadSection(ref LineCursor cursor, BatchInput input)
    {
        var line = cursor.Line;
        if (line.StartsWith("diff --git "u8))
        {
            return GitHeader.Read(ref cursor, input);
        }

        if (line.StartsWith("diff --cc "u8) || line.StartsWith("diff --combined "u8))
        {
            throw input.Fault(cursor.Offset, "combined-diff", "a combined diff of a merge cannot be applied",
                "make the diff against one parent, for example with git diff <parent> <merge>");
        }

        return PlainHeader.IsAt(cursor) ? PlainHeader.Read(ref cursor, input) : null;
    }

    private static void RefuseRemains(LineCursor cursor, BatchInput input, bool afterSection)
    {
        var line = cursor.Bare;
        if (line.StartsWith("@@ -"u8) && HunkHeader.TryParse(line, out _))
        {
            throw input.Fault(cursor.Offset, "hunk-without-header",
                "a hunk stands in the diff without the \"--- \" and \"+++ \" lines that name its file");
        }

        // git would pass over changes that no hunk counts; nobody who wrote them means that.
        if (afterSection && line is [(byte)'+' or (byte)'-', ..] && !line.StartsWith("--"u8))
        {
            throw input.Fault(cursor.Offset, "corrupt-diff", "a changed line stands in the diff outside of any hunk",
                "correct the counts of the @@ line above; git apply --recount can do it");
        }

        if (afterSection && line.StartsWith("Binary files "u8) && line.EndsWith(" differ"u8))
        {
            throw WithoutData(cursor, input);
        }
    }

    /// <summary>The error for a binary change whose bytes are not in the diff.</summary>
    public static UsageException WithoutData(LineCursor cursor, BatchInput input) =>
        input.Fault(cursor.Offset, "binary-without-data",
            $"the diff says that a binary file changes, but not how: \"{Encoding.UTF8.GetString(cursor.Bare)}\"",
            "make the diff with git diff --binary");
}
