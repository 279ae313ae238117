using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Worktree;

/// <summary>What is, was or shall be at a path: raw worktree bytes, mode, link target. Directories are not states.</summary>
public abstract record PathState
{
    private PathState()
    {
    }

    /// <summary>Nothing is there.</summary>
    public static readonly PathState Nothing = new Absent();

    /// <summary>Nothing is there (or a directory, which holds no bytes).</summary>
    public sealed record Absent : PathState;

    /// <summary>A regular file.</summary>
    /// <param name="Content">Its raw bytes, no filters.</param>
    /// <param name="Permissions">
    /// The permission bits (07777) it has or shall have; null for a new file, which gets those of the umask.
    /// </param>
    /// <param name="Executable">Whether git sees it as 100755.</param>
    public sealed record File(Content Content, int? Permissions, bool Executable) : PathState
    {
        /// <summary>The blob id of the raw bytes, where it is known already.</summary>
        public ObjectId? Id { get; init; }
    }

    /// <summary>A symbolic link.</summary>
    /// <param name="Target">Its raw bytes as text.</param>
    public sealed record Link(string Target) : PathState
    {
        /// <summary>The blob id of the target, where it is known already.</summary>
        public ObjectId? Id { get; init; }
    }

    /// <summary>git's mode: 0 where absent.</summary>
    public int GitMode => this switch
    {
        File { Executable: true } => 0x81ed, // 0100755
        File => 0x81a4, // 0100644
        Link => 0xa000, // 0120000
        _ => 0,
    };
}
