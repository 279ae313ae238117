using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>A path of a tree, with all directories above it.</summary>
/// <param name="Path">From the tree's root.</param>
/// <param name="Mode">git's mode: 0100644, 0100755, 0120000 or 0160000.</param>
/// <param name="Id">The blob, or the commit of a gitlink.</param>
public readonly record struct TreeEntry(RepoPath Path, int Mode, ObjectId Id);

/// <summary>One line of one tree object.</summary>
/// <param name="Mode">git's mode; <see cref="DirectoryMode"/> for a directory.</param>
/// <param name="Name">The raw bytes of the name.</param>
/// <param name="Id">What it names.</param>
internal readonly record struct RawTreeEntry(int Mode, ReadOnlyMemory<byte> Name, ObjectId Id)
{
    /// <summary>040000: another tree.</summary>
    public const int DirectoryMode = 0x4000;

    /// <summary>Whether it names another tree.</summary>
    public bool IsDirectory => (Mode & 0xf000) == DirectoryMode;
}
