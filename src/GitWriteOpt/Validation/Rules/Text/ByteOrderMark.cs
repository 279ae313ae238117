using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Validation.Rules.Text;

/// <summary>A byte order mark of UTF-8 that comes or goes with a change.</summary>
internal sealed class ByteOrderMark() : ChangeRule(new RuleInfo("byte-order-mark", ErrorCategory.Format, CheckSeverity.Warning,
    "a byte order mark that a text had and loses, or had not and gets"))
{
    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckedFile file, CheckSubject subject)
    {
        var (had, has) = (Has(file.OldContent), Has(file.NewContent));
        return had is null || has is null || had == has ? []
            : [new Sighting(file.Path, had.Value ? "expected a byte order mark, as it was: it is gone" : "expected no byte order mark, as it was: it has one now", 1, 1)
            {
                Suggestion = had.Value ? "write EF BB BF in front" : "leave EF BB BF out",
            }];
    }

    private static bool? Has(Content? content) => content is not { Length: > 0 and <= Content.StreamingThreshold } ? null
        : content.ToMemory().Span.StartsWith("\ufeff"u8);
}
