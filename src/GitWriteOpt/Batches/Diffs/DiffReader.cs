using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>What a diff holds: a patch for each mail of a mailbox, else one.</summary>
/// <param name="Message">The subject of the (first) mail, or null.</param>
/// <param name="Patches">In order.</param>
internal sealed record DiffContent(string? Message, IReadOnlyList<Operation.Patch> Patches);

/// <summary>
/// Reads unified diffs, git diffs and mailboxes of them: the headers only, by the rules of git's <c>apply.c</c>. Hunks
/// are walked by their counts, so that content that looks like a header is not misread; matching is left to git. The
/// bytes that are handed on hold the sections understood here and nothing else, in the form that <c>git apply -p1</c>
/// takes, so that git cannot find a file in them that is not in the list.
/// </summary>
internal static class DiffReader
{
    /// <summary>Reads a diff.</summary>
    /// <exception cref="Errors.UsageException">It is damaged or cut off; the line is named.</exception>
    /// <exception cref="Errors.RefusedException">A path is unsafe, or a submodule is touched.</exception>
    public static DiffContent Read(BatchInput input, BatchContext context, List<string> warnings)
    {
        var mails = DiffScanner.Scan(input, warnings);
        var patches = new List<Operation.Patch>();
        var subjects = new List<string>();
        foreach (var mail in mails)
        {
            if (mail.Sections.Count == 0)
            {
                continue;
            }

            if (mail.Head?.Subject is { } subject)
            {
                subjects.Add(subject);
            }

            var names = SectionNames.Resolve(mail.Sections, mail.Input);
            var files = mail.Sections.Zip(names, (section, name) => name.ToFile(section, mail.Input, context)).ToList();
            var (line, column) = mail.Input.At(mail.Sections[0].Start);
            patches.Add(new Operation.Patch(DiffBytes.Of(mail.Input, mail.Sections, names), files)
            {
                Origin = new Origin(patches.Count, line, column),
            });
        }

        if (patches.Count == 0)
        {
            throw input.Fault(0, "empty-diff", "there is no patch in the diff",
                "a file's part starts with \"diff --git\", or with \"--- \", \"+++ \" and \"@@ -\"");
        }

        var message = subjects.Count switch
        {
            0 => null,
            1 => subjects[0],
            var count => $"{subjects[0]} (and {count - 1} more)",
        };
        return new DiffContent(message, patches);
    }
}
