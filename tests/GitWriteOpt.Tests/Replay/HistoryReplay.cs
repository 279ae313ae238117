using System.Diagnostics;
using System.Text;
using GitWriteOpt.Batches;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Replay;

/// <summary>
/// Replays history: each commit (a merge against its first parent) becomes a native batch and a diff, each is applied
/// to a worktree of the parent, the files must make the commit's tree, and after a rollback the worktree must be byte
/// for byte what it was.
/// </summary>
internal static class HistoryReplay
{
    /// <summary>Replays what <c>git rev-list</c> names in a repository; never throws for a mismatch, but counts it.</summary>
    /// <param name="repository">A worktree or git directory.</param>
    /// <param name="range">Arguments of <c>git rev-list</c>, separated by blanks.</param>
    /// <param name="durability">Of each transaction.</param>
    public static ReplayCounts Run(string repository, string range, Durability durability = Durability.Full)
    {
        var source = new SourceHistory(repository);
        using var worktree = new ReplayWorktree(source);
        var counts = new ReplayCounts();
        foreach (var id in source.Commits(range))
        {
            if (Chosen(source, id, counts) is { } commit)
            {
                worktree.CheckOut(commit);
                var replay = new CommitReplay(worktree, commit, source.TreeOf(commit.Id), counts, durability);
                replay.Run("native", BatchFormat.Native, NativeBatch.Of(commit));
                replay.Run("diff", BatchFormat.Diff, source.Diff(commit));
                counts.Add(commit);
            }
        }

        return counts;
    }

    private static ReplayedCommit? Chosen(
        SourceHistory source, (string Id, string Parent, bool IsMerge) id, ReplayCounts counts)
    {
        ReplayedCommit commit;
        try
        {
            commit = source.Read(id);
            var links = commit.Changes.Where(c => c.IsLink).Select(c => commit.Blobs[c.NewBlob]);
            if (!links.All(target => System.Text.Unicode.Utf8.IsValid(target)))
            {
                counts.NotUtf8++;
                return null;
            }
        }
        catch (DecoderFallbackException)
        {
            counts.NotUtf8++;
            return null;
        }

        if (commit.Changes.Count == 0)
        {
            counts.Empty++;
            return null;
        }

        if (commit.Changes.Any(c => c.IsGitlink))
        {
            counts.Submodules++;
            return null;
        }

        return commit;
    }

    private sealed class CommitReplay(
        ReplayWorktree worktree, ReplayedCommit commit, string tree, ReplayCounts counts, Durability durability)
    {
        private readonly string _before = worktree.State();

        public void Run(string form, BatchFormat format, byte[] bytes)
        {
            if (!Apply(format, bytes, $"{commit.Id} as {form}"))
            {
                worktree.Reset(commit);
            }
        }

        private bool Apply(BatchFormat format, byte[] bytes, string what)
        {
            using var writer = Writer.Open(worktree.Root);
            var started = Stopwatch.GetTimestamp();
            WriteOutcome outcome;
            try
            {
                var batch = BatchReader.Read(bytes, format, new BatchContext(worktree.Root, worktree.Root));
                outcome = writer.Apply(batch, new ApplyOptions { Durability = durability });
            }
            catch (Errors.WriteException refusal)
            {
                counts.NotAppliedAs($"{what}: not read: {refusal.Error.Code}: {refusal.Error.Message}");
                return false;
            }

            var applied = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (outcome.State != WriteState.Applied)
            {
                counts.NotAppliedAs($"{what}: {outcome.State}: {outcome.Error?.Code}: {outcome.Error?.Message}");
                return false;
            }

            var right = IsRight(what);
            started = Stopwatch.GetTimestamp();
            var undone = writer.Rollback(new RollbackRequest { Durability = durability });
            counts.Spent = (counts.Spent.Apply + applied,
                counts.Spent.Rollback + Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return IsBack(undone, what) && right;
        }

        private bool IsRight(string what)
        {
            var found = worktree.Tree();
            if (found == tree)
            {
                return true;
            }

            counts.Mismatch($"{what}: tree {found}, expected {tree}: {worktree.Differences(tree, found)}");
            return false;
        }

        private bool IsBack(WriteOutcome undone, string what)
        {
            var after = worktree.State();
            if (undone.State == WriteState.Applied && after == _before)
            {
                return true;
            }

            var lines = after.Split('\n').Except(_before.Split('\n')).Take(5);
            counts.RollbackMismatch($"{what}: rollback {undone.State} {undone.Error?.Message} {string.Join(" | ", lines)}");
            return false;
        }
    }
}
