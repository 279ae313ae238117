using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Puts what is in a slot over a path that is taken, so that what was there is in the slot afterwards. One exchange where
/// the file system has it. Elsewhere (FUSE, some network file systems, other systems) the old file gets a second name
/// first and is then renamed over: what an editor writes into it until then is still ours to look at (I2). Where there
/// are no second names either, the object store alone holds the old file.
/// </summary>
internal static class Displacement
{
    /// <summary>Ends the name of the second name that a file has for the length of a rename.</summary>
    internal const string KeepSuffix = "k";

    /// <summary>Replaces.</summary>
    /// <returns>How it ended, whether the slot now has what was displaced, and whether it took the slower way.</returns>
    internal static (MoveResult Result, bool Kept, bool Slower) Replace(Slot slot, OpenDirectory directory, string name)
    {
        var result = slot.Directory.Exchange(slot.Name, directory, name);
        if (result != MoveResult.Unsupported)
        {
            return (result, true, false);
        }

        var keep = slot.Name + KeepSuffix;
        var kept = directory.HardLink(name, slot.Directory, keep) == MoveResult.Done;
        result = slot.Directory.MoveOver(slot.Name, directory, name);
        if (kept && result == MoveResult.Done)
        {
            slot.Directory.MoveOver(keep, slot.Directory, slot.Name);
        }
        else if (kept)
        {
            slot.Directory.Unlink(keep);
        }

        return (result, kept, true);
    }
}
