using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// The place of one path's temp: it holds the new content before the swap, and what was displaced after it. Its name is
/// the path's number among the transaction's paths in byte order, so that recovery finds it without a list.
/// </summary>
/// <param name="Directory">Where it is: on the file system of its path.</param>
/// <param name="Name">A single component.</param>
internal readonly record struct Slot(OpenDirectory Directory, string Name)
{
    /// <summary>What is in it.</summary>
    internal Fingerprint Look() => Directory.Look(Name);
}
