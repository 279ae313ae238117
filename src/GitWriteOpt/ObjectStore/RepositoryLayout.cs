namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Where a repository's parts are and what it is like: found once by <c>Discovery</c>, then passed explicitly to
/// everything that needs it (I11). All paths are absolute, with <c>/</c>, without a trailing slash, links resolved.
/// </summary>
public sealed record RepositoryLayout
{
    /// <summary>The root of the worktree; of a bare repository, which has none, its git directory.</summary>
    public required string WorktreeRoot { get; init; }

    /// <summary>There is no worktree: only history and refs can be worked with.</summary>
    public bool IsBare { get; init; }

    /// <summary>This worktree's git directory (of a linked worktree: <c>.git/worktrees/name</c>).</summary>
    public required string GitDirectory { get; init; }

    /// <summary>The git directory that all worktrees share: refs, objects, config.</summary>
    public required string CommonDirectory { get; init; }

    /// <summary>Where objects are written (honours <c>GIT_OBJECT_DIRECTORY</c>).</summary>
    public required string ObjectsDirectory { get; init; }

    /// <summary>The index that git would use (honours <c>GIT_INDEX_FILE</c>).</summary>
    public required string IndexFile { get; init; }

    /// <summary>The hash function.</summary>
    public required ObjectFormat ObjectFormat { get; init; }

    /// <summary>Refs are loose files and <c>packed-refs</c>; otherwise git alone may write them (reftable).</summary>
    public required bool RefsAreFiles { get; init; }

    /// <summary><c>core.ignorecase</c>: names that differ in case alone are one file.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary><c>core.fileMode</c>: the executable bit means something.</summary>
    public bool FileModeIsTrusted { get; init; } = true;

    /// <summary><c>core.symlinks</c>: links can be made.</summary>
    public bool SymbolicLinks { get; init; } = true;

    /// <summary><c>core.sharedRepository</c> permission bits for what is written into the repository; 0 for umask.</summary>
    public int SharedMode { get; init; }

    /// <summary>
    /// Whether <see cref="SharedMode"/> was given as an octal number: then it replaces the umask's bits, else it is added
    /// to them.
    /// </summary>
    public bool SharedModeIsExact { get; init; }

    /// <summary>
    /// Whether the repository has a <c>reference-transaction</c> hook. Our refs are written without it (I11: hooks are
    /// off); <c>doctor</c> says so.
    /// </summary>
    public bool HasReferenceTransactionHook { get; init; }

    /// <summary>Which way the repository was found, and why: <c>own</c>, or <c>git: </c> and the reason.</summary>
    public string DiscoveredBy { get; init; } = "own";
}
