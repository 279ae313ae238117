using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>A command's stay in a linked worktree of its own; see <see cref="Writer.Isolate"/>.</summary>
public sealed class IsolatedRun : IDisposable
{
    private readonly string _home;

    internal IsolatedRun(SessionSummary session, IsolatedWorktree worktree, string home)
    {
        (Session, Worktree, _home) = (session, worktree, home);
        Warnings = worktree.Warnings;
    }

    /// <summary>The session that the command works in.</summary>
    public SessionSummary Session { get; }

    /// <summary>The root of its worktree.</summary>
    public string Root => Worktree.Root;

    /// <summary>What is not there as one might think.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What the command wrote, once it was looked at.</summary>
    public IReadOnlyList<WrittenFile> Files { get; internal set; } = [];

    /// <summary>The number of files that are ignored, and so do not land.</summary>
    public int Ignored { get; internal set; }

    /// <summary>Files that were too large for a snapshot and were changed: they do not land.</summary>
    public IReadOnlyList<string> TooLarge { get; internal set; } = [];

    /// <summary>The number of commits that were made inside, after <see cref="CommitRef"/> was made to hold them.</summary>
    public int Commits { get; internal set; }

    /// <summary>The ref that holds the commits; null where there are none.</summary>
    public string? CommitRef { get; internal set; }

    /// <summary>The worktree.</summary>
    internal IsolatedWorktree Worktree { get; }

    /// <summary>What it wrote, as a transaction would record it; null before it was looked at.</summary>
    internal RecordedTransaction? Work { get; set; }

    /// <summary>The snapshot that holds the contents until they have landed; null where there is none.</summary>
    internal string? Held { get; set; }

    /// <summary>The directory in there that a directory of this worktree is; the root where it is not there.</summary>
    public string DirectoryFor(string directory)
    {
        var below = Path.GetRelativePath(_home, directory);
        var there = below.StartsWith("..", StringComparison.Ordinal) ? Root : Path.GetFullPath(below, Root);
        return Directory.Exists(there) ? there : Root;
    }

    /// <inheritdoc/>
    public void Dispose() => Worktree.Dispose();
}
