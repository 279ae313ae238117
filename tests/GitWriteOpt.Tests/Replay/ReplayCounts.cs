using System.Diagnostics;

namespace GitWriteOpt.Tests.Replay;

/// <summary>What a replay went through, and what did not come out as it should.</summary>
internal sealed class ReplayCounts
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _failures = [];

    /// <summary>Commits replayed in both forms.</summary>
    public int Commits { get; private set; }

    /// <summary>Commits that change a submodule, and are left out.</summary>
    public int Submodules { get; set; }

    /// <summary>Commits that change nothing.</summary>
    public int Empty { get; set; }

    /// <summary>Commits with names or link targets that are not UTF-8, which no batch can hold.</summary>
    public int NotUtf8 { get; set; }

    /// <summary>Milliseconds in the library: apply, roll back.</summary>
    public (double Apply, double Rollback) Spent { get; set; }

    public int Merges { get; private set; }

    public int Files { get; private set; }

    public int Added { get; private set; }

    public int Deleted { get; private set; }

    public int Renames { get; private set; }

    public int ModeChanges { get; private set; }

    public int Links { get; private set; }

    public int TypeChanges { get; private set; }

    public int Binaries { get; private set; }

    public int Crlf { get; private set; }

    public int EmptyFiles { get; private set; }

    /// <summary>Trees that were not the commit's.</summary>
    public int Mismatches { get; private set; }

    /// <summary>Worktrees that were not as before after the rollback.</summary>
    public int RollbackMismatches { get; private set; }

    /// <summary>Batches that were refused or failed.</summary>
    public int NotApplied { get; private set; }

    /// <summary>A line for each failure: commit, form, what was expected and found.</summary>
    public IReadOnlyList<string> Failures => _failures;

    public void Add(ReplayedCommit commit)
    {
        Commits++;
        Merges += commit.IsMerge ? 1 : 0;
        Files += commit.Changes.Count;
        Added += commit.Changes.Count(c => c.Status == 'A');
        Deleted += commit.Changes.Count(c => c.Status == 'D');
        Renames += commit.Changes.Count(c => c.Status == 'R');
        TypeChanges += commit.Changes.Count(c => c.Status == 'T');
        ModeChanges += commit.Changes.Count(c => c.IsModeChange);
        Links += commit.Changes.Count(c => c.IsLink || c.OldMode == "120000");
        foreach (var change in commit.Changes.Where(c => !c.IsLink))
        {
            var content = commit.Blobs.GetValueOrDefault(change.Status == 'D' ? change.OldBlob : change.NewBlob) ?? [];
            Binaries += content.AsSpan(0, Math.Min(content.Length, 8000)).Contains((byte)0) ? 1 : 0;
            Crlf += content.AsSpan().IndexOf("\r\n"u8) >= 0 ? 1 : 0;
            EmptyFiles += content.Length == 0 ? 1 : 0;
        }
    }

    public void NotAppliedAs(string what) => (NotApplied, _) = (NotApplied + 1, Fail(what));

    public void Mismatch(string what) => (Mismatches, _) = (Mismatches + 1, Fail(what));

    public void RollbackMismatch(string what) => (RollbackMismatches, _) = (RollbackMismatches + 1, Fail(what));

    public override string ToString() =>
        $"{Commits} commits ({Merges} merges), each as a native batch and as a diff; left out: {Submodules} with "
        + $"submodules, {Empty} empty, {NotUtf8} not UTF-8\n{Files} files: {Added} added, {Deleted} deleted, "
        + $"{Renames} renamed, {ModeChanges} mode changes, {Links} links, {TypeChanges} type changes, {Binaries} binary, "
        + $"{Crlf} CRLF, {EmptyFiles} empty\n{Mismatches} mismatches, {RollbackMismatches} rollback mismatches, "
        + $"{NotApplied} not applied\n{_watch.Elapsed.TotalSeconds:0.0} s, of these {Spent.Apply / 1000:0.0} s applying, "
        + $"{Spent.Rollback / 1000:0.0} s rolling back\n{string.Join('\n', _failures)}";

    private bool Fail(string what)
    {
        _failures.Add(what);
        return true;
    }
}
