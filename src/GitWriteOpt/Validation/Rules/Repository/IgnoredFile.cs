using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation.Rules.Repository;

/// <summary>A new file that <c>.gitignore</c> names: it would be written, and no commit would ever have it.</summary>
internal sealed class IgnoredFile() : BatchRule(new RuleInfo("ignored-file", ErrorCategory.Format, CheckSeverity.Warning,
    "a new file that .gitignore ignores and the index does not track"))
{
    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        var made = new List<Paths.RepoPath>();
        foreach (var file in subject.Files)
        {
            if (file.After is not PathState.Absent && (file.Before is PathState.Absent || file.RenamedFrom is not null))
            {
                made.Add(file.Path);
            }
        }

        return made.Count == 0 ? []
            : new IgnoreRules(subject.Layout, subject.Config.Get("core.excludesFile")).Ignored(made)
                .Select(path => new Sighting(path, "git ignores this new file: no commit will have it")
                {
                    Suggestion = $"git check-ignore -v \"{path}\" names the pattern; git add -f \"{path}\" tracks it all the same",
                });
    }
}
