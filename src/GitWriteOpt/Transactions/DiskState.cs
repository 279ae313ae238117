using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>What is on disk, hashed, so that it can be compared with what a transaction recorded.</summary>
internal sealed class DiskState(RepositoryLayout layout, WorktreeReader worktree)
{
    /// <summary>What is at a path, as a transaction would record it; null where there is no file or link.</summary>
    internal (Fingerprint Found, PathState State, RecordedState? Recorded) Read(RepoPath path)
    {
        var (found, state) = worktree.ReadUnlessLinked(path);
        return (found, state, Recorded(state, found, layout.ObjectFormat));
    }

    /// <summary>What is in a slot; null where there is no file or link.</summary>
    internal RecordedState? Read(Slot slot)
    {
        var found = slot.Look();
        return found.Kind switch
        {
            FileKind.Link => Recorded(new PathState.Link(slot.Directory.ReadLink(slot.Name)), found, layout.ObjectFormat),
            FileKind.File => Recorded(new PathState.File(
                new Content.InFile(slot.Directory.Path + "/" + slot.Name, found.Size), found.Permissions,
                (found.Permissions & 0x40) != 0), found, layout.ObjectFormat),
            _ => null,
        };
    }

    /// <summary>Whether a file is empty or all zeros, as a power cut leaves one whose data was not synced.</summary>
    internal static bool LooksTorn(PathState state)
    {
        if (state is not PathState.File file)
        {
            return false;
        }

        using var stream = file.Content.Open();
        var buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A state as a transaction would record it; null where there is no file or link.</summary>
    internal static RecordedState? Recorded(PathState state, in Fingerprint found, ObjectFormat format) => state switch
    {
        PathState.File file => new RecordedState(state.GitMode, ObjectHash.OfBlob(file.Content, format), found.Permissions),
        PathState.Link link => new RecordedState(state.GitMode,
            ObjectHash.Of(ObjectType.Blob, Encoding.UTF8.GetBytes(link.Target), format), found.Permissions),
        _ => null,
    };
}
