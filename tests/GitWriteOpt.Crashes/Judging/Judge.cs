using GitWriteOpt.Crashes.Scenarios;

namespace GitWriteOpt.Crashes.Judging;

/// <summary>
/// Compares what a trial left with the only two states that are allowed, and looks for all that a stop may spoil. It
/// asks git and the disk alone, never the product.
/// </summary>
/// <param name="before">The state before.</param>
/// <param name="after">The state that the command should make.</param>
/// <param name="sha256">The repository's object names.</param>
/// <param name="forgets">The command may take old transactions away.</param>
/// <param name="hermetic">Runs git.</param>
public sealed class Judge(RepositoryState before, RepositoryState after, bool sha256, bool forgets, Hermetic hermetic)
{
    /// <summary>The state of a worktree.</summary>
    public RepositoryState Read(string worktree) => RepositoryState.Of(worktree, sha256, hermetic);

    /// <summary>Which of the two states it is.</summary>
    public Ending EndingOf(RepositoryState now) => now.IsSameAs(before) ? Ending.Before
        : now.IsSameAs(after) ? Ending.After : Ending.Torn;

    /// <summary>Judges what is there after the recovery.</summary>
    /// <param name="worktree">The worktree.</param>
    /// <param name="begun">
    /// Whether the transaction had begun: then the batch must not be lost either. Before that it is with the caller alone.
    /// </param>
    public Verdict Of(string worktree, bool begun)
    {
        var findings = new List<Finding>();
        var common = Path.GetFullPath(
            hermetic.Must(worktree, "git", "rev-parse", "--git-common-dir").Trim(), worktree);
        findings.AddRange(Leftovers.In(worktree, common));
        var now = Read(worktree);
        var ending = EndingOf(now);
        if (ending == Ending.Torn)
        {
            findings.Add(new Finding(Harm.Torn, now.DifferenceTo(before, after)));
        }

        var refs = hermetic.Must(worktree, "git", "for-each-ref", "--format=%(refname)", "refs/writeopt/");
        findings.AddRange(refs.Split('\n').Where(r => r.StartsWith("refs/writeopt/pending/", StringComparison.Ordinal))
            .Select(r => new Finding(Harm.Litter, r)));
        begun |= refs.Contains("refs/writeopt/kept/", StringComparison.Ordinal);
        findings.AddRange(Lost(worktree, now, begun));
        var fsck = hermetic.Run(worktree, "git", "fsck", "--full", "--strict", "--no-dangling", "--no-progress");
        var words = (fsck.Output + fsck.Error).Split('\n')
            .Where(l => l.Length > 0 && !l.StartsWith("notice:", StringComparison.Ordinal)).ToList();
        if (fsck.ExitCode != 0 || words.Count > 0)
        {
            findings.Add(new Finding(Harm.Fsck, words.FirstOrDefault() ?? $"exit code {fsck.ExitCode}"));
        }

        return new Verdict(ending, findings);
    }

    private IEnumerable<Finding> Lost(string worktree, RepositoryState now, bool begun)
    {
        var reachable = hermetic.Must(worktree, "git", "rev-list", "--objects", "--all").Split('\n')
            .Select(l => l.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        var wanted = begun && !forgets ? before.Worktree.Contents.Concat(after.Worktree.Contents) : before.Worktree.Contents;
        foreach (var (id, path) in wanted)
        {
            if (!now.Worktree.Contents.ContainsKey(id) && !reachable.Contains(id))
            {
                yield return new Finding(Harm.Lost, $"{path} as {id}");
            }
        }

        foreach (var id in before.Staged.Where(id => !now.Staged.Contains(id) && !reachable.Contains(id)
            && !now.Worktree.Contents.ContainsKey(id)))
        {
            yield return new Finding(Harm.Lost, $"staged content {id}");
        }
    }
}
