using System.Globalization;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Diagnosis;

/// <summary>Locks: who holds ours, and git's lock files that have been there for longer than any command of git's.</summary>
internal static class LockFiles
{
    private static readonly TimeSpan Ordinary = TimeSpan.FromMinutes(1);
    private static readonly string[] InGitDirectory = ["index.lock", "HEAD.lock", "config.worktree.lock"];
    private static readonly string[] InCommonDirectory = ["packed-refs.lock", "config.lock", "shallow.lock", "gc.pid.lock"];

    /// <summary>Looks; removes none.</summary>
    internal static IEnumerable<Finding> Check(TransactionContext context)
    {
        var directories = GitWorktrees.GitDirectories(context.Layout);
        foreach (var directory in directories.Where(d => d != context.Layout.GitDirectory))
        {
            var ours = new LocalState(context.Layout with { GitDirectory = directory }).Lock;
            if (FileLock.IsHeld(ours))
            {
                yield return new Finding(FindingSeverity.Note, "lock-held", "a git writeopt is at work in that worktree") { Path = ours };
            }
        }

        var refs = context.Layout.CommonDirectory + "/refs";
        var files = directories.SelectMany(d => InGitDirectory.Select(name => $"{d}/{name}"))
            .Concat(InCommonDirectory.Select(name => $"{context.Layout.CommonDirectory}/{name}"))
            .Concat(Directory.Exists(refs) ? Directory.EnumerateFiles(refs, "*.lock", SearchOption.AllDirectories) : []);
        foreach (var file in files.Where(File.Exists))
        {
            var age = context.Time.GetUtcNow() - File.GetLastWriteTimeUtc(file);
            if (age > Ordinary)
            {
                yield return new Finding(FindingSeverity.Warning, "old-lock", string.Create(CultureInfo.InvariantCulture,
                    $"a lock of git's has been there for {age.TotalMinutes:0} min: a git process is at work, or one died"))
                {
                    Path = file,
                    Suggestion = $"if no git process is running here: rm \"{file}\"",
                };
            }
        }
    }
}
