using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Validation.Rules.Text;

/// <summary>
/// Line ends that flip: a file with CRLF gets LF, or both, or the reverse. Where git converts them on their way in, nobody
/// sees it and nothing is said.
/// </summary>
internal sealed class LineEnds() : BatchRule(new RuleInfo("line-ends", ErrorCategory.Format, CheckSeverity.Warning,
    "line ends that were all CRLF or all LF and are not any more, unless git converts them"))
{
    private enum Ends
    {
        None,
        Lf,
        Crlf,
        Mixed,
    }

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        List<Sighting> found = [.. subject.Files.Select(Flip).OfType<Sighting>()];
        if (found.Count == 0)
        {
            return found;
        }

        var attributes = new Attributes(subject.Layout, new AttributeSettings(
            subject.Config.Get("core.autocrlf"), subject.Config.Get("core.eol"), subject.Config.Get("core.attributesFile")));
        List<Paths.RepoPath> paths = [.. found.Select(f => f.Path)];
        if (!attributes.MayApply(paths))
        {
            return found;
        }

        var converted = attributes.MayConvert(paths);
        return found.Where(f => !converted.Contains(f.Path));
    }

    private static Sighting? Flip(CheckedFile file)
    {
        var (before, now) = (Of(file.OldContent, out _), Of(file.NewContent, out var odd));
        return before is Ends.None or Ends.Mixed || now == Ends.None || before == now ? null
            : new Sighting(file.Path, $"expected {Word(before)} at the end of each line, as it was: {(now == Ends.Mixed ? $"both {Word(Ends.Crlf)} and {Word(Ends.Lf)} are there" : $"it is {Word(now)} now")}",
                now == Ends.Mixed ? odd : 1)
            {
                Suggestion = $"end the lines with {Word(before)}, or say in .gitattributes what they shall end with",
            };
    }

    private static string Word(Ends ends) => ends == Ends.Crlf ? "CRLF" : "LF";

    // The line from which on they differ from the first one's.
    private static Ends Of(Content? content, out int odd)
    {
        odd = 1;
        if (content is not { Length: > 0 and <= Content.StreamingThreshold })
        {
            return Ends.None;
        }

        var bytes = content.ToMemory().Span;
        if (FileNature.IsBinary(bytes))
        {
            return Ends.None;
        }

        var feeds = bytes.Count((byte)'\n');
        var pairs = bytes.Count("\r\n"u8);
        if (feeds == 0 || pairs == 0 || pairs == feeds)
        {
            return feeds == 0 ? Ends.None : pairs == 0 ? Ends.Lf : Ends.Crlf;
        }

        var first = bytes.IndexOf((byte)'\n') is var at and > 0 && bytes[at - 1] == '\r';
        for (var rest = bytes; rest.IndexOf((byte)'\n') is var end and >= 0; rest = rest[(end + 1)..], odd++)
        {
            if ((end > 0 && rest[end - 1] == '\r') != first)
            {
                break;
            }
        }

        return Ends.Mixed;
    }
}
