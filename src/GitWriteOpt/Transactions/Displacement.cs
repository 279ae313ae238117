using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Puts what is in a slot over a path that is taken, so that what was there is in the slot afterwards. One exchange where
/// the file system has it. Elsewhere (FUSE, some network file systems, other systems) the old file gets a second name
/// first and is then renamed over: what an editor writes into it until then is still ours to look at (I2). Where there
/// are no second names either (FAT, Windows), it is moved aside first: for an instant nothing is at the path, and recovery
/// knows that by the file that is aside.
/// </summary>
internal static class Displacement
{
    private const string KeepSuffix = "k";

    /// <summary>Where the old file is for the length of a rename.</summary>
    internal static Slot Aside(Slot slot) => slot with { Name = slot.Name + KeepSuffix };

    /// <summary>Replaces. Where it could not, what was there is there again, or somebody else's file is.</summary>
    /// <returns>How it ended, and whether it took the slower way.</returns>
    internal static (MoveResult Result, bool Slower) Replace(Slot slot, OpenDirectory directory, string name)
    {
        var result = slot.Directory.Exchange(slot.Name, directory, name);
        if (result != MoveResult.Unsupported)
        {
            return (result, false);
        }

        var aside = Aside(slot);
        var linked = directory.HardLink(name, aside.Directory, aside.Name) == MoveResult.Done;
        if (!linked && directory.MoveNew(name, aside.Directory, aside.Name) is var moved and not MoveResult.Done)
        {
            return (moved, true);
        }

        try
        {
            result = linked ? slot.Directory.MoveOver(slot.Name, directory, name)
                : slot.Directory.MoveNew(slot.Name, directory, name);
        }
        finally
        {
            if (result == MoveResult.Done)
            {
                aside.Directory.MoveOver(aside.Name, slot.Directory, slot.Name);
            }
            else if (linked)
            {
                aside.Directory.Unlink(aside.Name);
            }
            else
            {
                // Taken: somebody made a file there in this instant. Theirs stays, the old one is swept, or rescued.
                aside.Directory.MoveNew(aside.Name, directory, name);
            }
        }

        return (result, true);
    }
}
