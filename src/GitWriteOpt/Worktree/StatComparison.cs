using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>What <c>lstat</c> says, in the index's terms.</summary>
internal static class StatComparison
{
    /// <summary>What an index notes of a file.</summary>
    internal static IndexStat AsIndexStat(this in Fingerprint found) => new(found.ChangedNanoseconds, found.ModifiedNanoseconds,
        (uint)found.Device, (uint)found.Inode, found.Owner, found.Group, (uint)found.Size);

    /// <summary>Whether a file is as it was noted; the device may have another number after a restart.</summary>
    internal static bool Matches(this in IndexStat stat, in Fingerprint found) =>
        stat == found.AsIndexStat() with { Device = stat.Device };
}
