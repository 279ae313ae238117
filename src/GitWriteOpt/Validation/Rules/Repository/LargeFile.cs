using System.Globalization;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Validation.Rules.Repository;

/// <summary>Files that a repository carries in every clone from now on.</summary>
internal sealed class LargeFile() : ChangeRule(new RuleInfo("large-file", ErrorCategory.Format, CheckSeverity.Warning,
    "a file of more than 5 MiB"))
{
    private const long Limit = 5L << 20;

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckedFile file, CheckSubject subject) => file.NewContent is not { Length: > Limit } content ? []
        : [new Sighting(file.Path, string.Create(CultureInfo.InvariantCulture,
            $"it has {content.Length / 1048576.0:F1} MiB, more than 5, which every clone has to carry"))
        {
            WasThere = file.OldContent is { Length: > Limit },
            Suggestion = "leave it out (.gitignore), or keep it in Git LFS",
        }];
}
