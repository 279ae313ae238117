using GitWriteOpt.Dependencies;
using GitWriteOpt.Dependencies.Manifests;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation.Imports;

/// <summary>Manifests whose dependencies change while the lock file that follows them, and is kept in git, does not.</summary>
internal sealed class LockNotUpdated() : BatchRule(new RuleInfo("lock-not-updated", ErrorCategory.Dependency, CheckSeverity.Warning,
    "a manifest's dependencies change without its lock file"))
{
    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        foreach (var file in subject.Files)
        {
            var locks = LockFiles.Of(file.Path.Value);
            if (locks.Count == 0 || file.After is PathState.Absent)
            {
                continue;
            }

            tally.Looked(file.Path);
            if (LockFiles.Followed(file.Path.Value, Bytes(file.NewContent)) is not { } now
                || LockFiles.Followed(file.Path.Value, Bytes(file.OldContent)) is not { } before || now == before
                || Nearest(file.Path, locks, subject) is not { } lockFile || subject.Files.Any(f => f.Path == lockFile))
            {
                continue;
            }

            yield return new Sighting(file.Path, $"changes its dependencies, but \"{lockFile}\" stays as it is")
            {
                Suggestion = "run the package manager, which brings the lock file up to date, and write both together",
            };
        }
    }

    private static ReadOnlyMemory<byte>? Bytes(Content? content) =>
        content is { Length: < Language.TooLarge } ? content.ToMemory() : null;

    // Workspaces keep one lock file at their root. A lock file that nobody tracks is nobody's to keep in step.
    private static RepoPath? Nearest(RepoPath manifest, IReadOnlyList<string> names, CheckSubject subject)
    {
        var candidates = RelativePaths.Upward(manifest.Parent?.Value ?? "")
            .SelectMany(folder => names.Select(name => RepoPath.Parse(folder.Length == 0 ? name : folder + "/" + name)));
        if (candidates.FirstOrDefault(subject.Exists) is not { } there)
        {
            return null;
        }

        return subject.Files.Any(f => f.Path == there) || subject.Tracked().Any(t => t.Path == there) ? there : null;
    }
}
