using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// The temps of one transaction: in a directory of its own below the worktree's git directory, so that nothing of ours
/// is ever seen in the worktree, not even after a kill. Only where that is impossible (another file system) or would
/// lose what a directory imposes on new files (set-group-id, default access control lists) they lie beside their
/// target, under a name that begins with <c>.writeopt-</c>.
/// </summary>
internal sealed class StageArea : IDisposable
{
    private readonly OpenDirectory _directory;
    private readonly OpenDirectory _parent;
    private readonly ulong _device;
    private readonly TransactionId _id;
    private readonly Dictionary<OpenDirectory, (ulong Device, bool Imposes)> _known = [];

    private StageArea(OpenDirectory parent, OpenDirectory directory, TransactionId id)
    {
        _parent = parent;
        _directory = directory;
        _id = id;
        _device = directory.LookAtSelf().Device;
    }

    /// <summary>Whether a temp lies outside the area, on a file system that its barrier does not cover.</summary>
    internal bool HasForeignDevice { get; private set; }

    /// <summary>The area's path, for messages.</summary>
    internal string Path => _directory.Path;

    /// <summary>Opens the area of a transaction, making it where it is not there.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    internal static StageArea Open(TransactionContext context, TransactionId id)
    {
        var parent = context.OpenAt(context.State.Stage);
        parent.MakeDirectory(id.ToString(), 0x1c0);
        var opened = parent.Descend(id.ToString());
        return opened.Directory is { } directory
            ? new StageArea(parent, directory, id)
            : throw new StoreException(new WriteError(ErrorCategory.System, "stage-blocked",
                $"{context.State.Stage}/{id} is not a directory")
            { Suggestion = "remove it, then try again" });
    }

    /// <summary>Where the temp of a path goes.</summary>
    /// <param name="number">The path's number.</param>
    /// <param name="path">The path.</param>
    /// <param name="directories">The worktree's directories.</param>
    /// <param name="isNew">Nothing is at the path, so that the new file would inherit from its directory.</param>
    /// <param name="leaving">Directories that go with this transaction: a temp in one would keep it from going.</param>
    internal Slot For(
        int number, RepoPath path, WorktreeDirectories directories, bool isNew, IReadOnlySet<RepoPath> leaving)
    {
        var nearest = directories.Nearest(path, leaving);
        if (!_known.TryGetValue(nearest, out var known))
        {
            known = (nearest.LookAtSelf().Device, nearest.ImposesOwnership());
            _known[nearest] = known;
        }

        if (known.Device == _device && !(isNew && known.Imposes))
        {
            return new Slot(_directory, Name(number));
        }

        directories.Pin(nearest);
        HasForeignDevice |= known.Device != _device;
        return new Slot(nearest, BesideName(number));
    }

    /// <summary>Every place where the temp of a path can be, whatever decided it then: for recovery.</summary>
    internal IEnumerable<Slot> AllFor(int number, RepoPath path, WorktreeDirectories directories)
    {
        yield return new Slot(_directory, Name(number));
        yield return new Slot(_directory, "r" + Name(number));
        yield return new Slot(directories.Root, BesideName(number));
        if (directories.Nearest(path) is var nearest && nearest != directories.Root)
        {
            // The directories in between, too: those further in may have been made since.
            foreach (var ancestor in path.Ancestors())
            {
                if (directories.ParentUnlessLinked(ancestor)?.Look(ancestor.Name).Kind != FileKind.Directory)
                {
                    yield break;
                }

                yield return new Slot(directories.Open(ancestor)!, BesideName(number));
            }
        }
    }

    /// <summary>A second place for a path's temp, for what recovery writes while the first may still be full.</summary>
    internal Slot Spare(int number) => new(_directory, "r" + Name(number));

    /// <summary>
    /// A place on the file system of a path, for recovery where that is not the area's; not in a directory that may go.
    /// </summary>
    internal Slot Beside(int number, RepoPath path, WorktreeDirectories directories, IReadOnlySet<RepoPath> leaving) =>
        new(directories.Nearest(path, leaving), BesideName(number));

    /// <summary>What is in the area.</summary>
    internal IReadOnlyList<string> Names() => _directory.List();

    /// <summary>Something in the area that no path accounts for.</summary>
    internal Slot Named(string name) => new(_directory, name);

    /// <summary>Makes the temps' names durable.</summary>
    internal void SyncNames() => Sync.Directory(_directory.Path);

    /// <summary>Removes the empty area; leaves it where something is still in it.</summary>
    internal bool RemoveEmpty() => _parent.RemoveDirectory(_id.ToString());

    /// <inheritdoc/>
    public void Dispose()
    {
        _directory.Dispose();
        _parent.Dispose();
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string BesideName(int number) => $".writeopt-{_id}-{Name(number)}";
}
