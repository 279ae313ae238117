using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Validation.Rules.Text;

/// <summary>
/// Whitespace errors in the lines that a change adds, as <c>git diff --check</c> has them: <c>core.whitespace</c> and the
/// attribute <c>whitespace</c> decide. In a file all of whose lines end with CRLF the CR is the line's end.
/// </summary>
internal sealed class Whitespace() : BatchRule(new RuleInfo("whitespace", ErrorCategory.Format, CheckSeverity.Warning,
    "whitespace errors in added lines, as git diff --check has them (core.whitespace and the whitespace attribute decide)"))
{
    private const int Most = 10;

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        var configured = subject.Config.Get("core.whitespace") is { } list ? WhitespaceRules.Parse(list) : WhitespaceRules.Standard;
        List<CheckedFile> files = [.. subject.Files.Where(f => f.NewContent is { Length: > 0 and <= Content.StreamingThreshold }
            && f.OldContent is not { Length: > Content.StreamingThreshold })];
        var attributes = new Attributes(subject.Layout, new AttributeSettings(AttributesFile: subject.Config.Get("core.attributesFile")))
            .Whitespace([.. files.Select(f => f.Path)]);
        var found = new List<Sighting>[files.Count];
        SideBySide.Each(files.Count, i => found[i] = Look(files[i],
            attributes.TryGetValue(files[i].Path, out var value) ? WhitespaceRules.OfAttribute(value, configured) : configured));
        return found.SelectMany(f => f);
    }

    private static List<Sighting> Look(CheckedFile file, WhitespaceRules rules)
    {
        var now = file.NewContent!.ToMemory().Span;
        var before = file.OldContent is { } old ? old.ToMemory().Span : [];
        var found = new List<Sighting>();
        if (FileNature.IsBinary(now) || rules == WhitespaceRules.None || now.SequenceEqual(before))
        {
            return found;
        }

        if (now.Count("\r\n"u8) == now.Count((byte)'\n'))
        {
            rules = rules with { CrAtEol = true };
        }

        var (line, more) = (0, 0);
        var rest = now;
        foreach (var added in AddedLines.Of(before, now))
        {
            for (; line < added; line++)
            {
                rest = rest[(AddedLines.First(rest).Length + 1)..];
            }

            if (rules.Objection(AddedLines.First(rest)) is not var (words, at))
            {
                continue;
            }

            if (found.Count < Most)
            {
                found.Add(new Sighting(file.Path, words, line + 1, at + 1) { Suggestion = "git diff --check shows such lines" });
            }
            else
            {
                more++;
            }
        }

        if (more > 0)
        {
            found[^1] = found[^1] with { Message = $"{found[^1].Message}, and so in {more} more added lines" };
        }

        if (rules.BlankAtEof && BlankAtEnd(now, out var first) > BlankAtEnd(before, out _))
        {
            found.Add(new Sighting(file.Path, "a blank line at the end of the file", first, 1) { Suggestion = "end the file with its last line" });
        }

        return found;
    }

    // The number of blank lines at the end, and the one-based number of the first.
    private static int BlankAtEnd(ReadOnlySpan<byte> text, out int first)
    {
        var body = text.TrimEnd(" \t\r\n\f"u8);
        first = body.Count((byte)'\n') + 2;
        return body.IsEmpty ? 0 : Math.Max(0, text[body.Length..].Count((byte)'\n') - 1);
    }
}
