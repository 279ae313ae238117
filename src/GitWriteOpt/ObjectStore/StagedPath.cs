using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>A path to be staged: what it shall hold, or null where it goes.</summary>
/// <param name="Path">The path.</param>
/// <param name="After">What shall be in the worktree; null to remove the entry.</param>
public sealed record StagedPath(RepoPath Path, StagedBlob? After);

/// <summary>What a staged path shall hold.</summary>
/// <param name="Mode">git's mode.</param>
/// <param name="Content">The raw worktree bytes, or a link's target.</param>
/// <param name="Id">The blob of these raw bytes, already in the object store.</param>
public sealed record StagedBlob(int Mode, Content Content, ObjectId Id);

/// <summary>
/// One index entry before and after a staging, for the journal: a rollback restores those that are still as we wrote
/// them. Mode 0 and no id: no entry.
/// </summary>
/// <param name="Path">The path.</param>
/// <param name="OldMode">git's mode before.</param>
/// <param name="OldId">The blob before.</param>
/// <param name="NewMode">git's mode after.</param>
/// <param name="NewId">The blob after.</param>
public sealed record RecordedEntry(RepoPath Path, int OldMode, ObjectId? OldId, int NewMode, ObjectId? NewId)
{
    /// <summary>The user's bits before.</summary>
    public IndexFlags OldFlags { get; init; }
}
