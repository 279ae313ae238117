using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Removes the temps of a transaction that has ended or never begun. One that holds what no git object holds may be the
/// user's bytes (an exchange put them there): it is rescued first (I2).
/// </summary>
internal sealed class TempSweep(TransactionContext context, DiskState disk)
{
    /// <summary>Sweeps; what had to be rescued.</summary>
    /// <param name="stage">The transaction's area.</param>
    /// <param name="changes">Its paths, where they are known.</param>
    /// <param name="directories">The worktree's directories.</param>
    /// <param name="begun">
    /// Whether its swap may have begun. Before that temps hold only what the caller still has, maybe half-written.
    /// </param>
    internal IReadOnlyList<RescuedPath> Run(
        StageArea stage, IReadOnlyList<RecordedChange> changes, WorktreeDirectories directories, bool begun)
    {
        var rescued = new List<RescuedPath>();
        foreach (var change in changes)
        {
            foreach (var slot in SafeSlots(stage, change, directories))
            {
                Remove(slot, change.Path, rescued, begun);
                Remove(Displacement.Aside(slot), change.Path, rescued, begun);
            }
        }

        foreach (var name in stage.Names())
        {
            Remove(stage.Named(name), RepoPath.Parse("unknown/" + name), rescued, begun);
        }

        stage.RemoveEmpty();
        return rescued;
    }

    /// <summary>Empties one slot.</summary>
    internal void Remove(Slot slot, RepoPath path, List<RescuedPath> rescued, bool begun = true)
    {
        if (disk.Read(slot) is not { } state)
        {
            return;
        }

        if (begun && !context.Objects.Exists(state.Blob))
        {
            const string reason = "a temp held content that is in no git object";
            rescued.Add(new RescuedPath(path.Value, new Rescues(context).Save([(path, slot)], reason), reason));
        }

        context.Log.LogDebug("removing the temp {Name} of {Path}", slot.Name, path);
        slot.Directory.Unlink(slot.Name);
    }

    // A link may have been swapped in for a parent: then there is no temp of ours behind it.
    private static IEnumerable<Slot> SafeSlots(StageArea stage, RecordedChange change, WorktreeDirectories directories)
    {
        try
        {
            return [.. stage.AllFor(change.Number, change.Path, directories)];
        }
        catch (Errors.RefusedException)
        {
            return [];
        }
    }
}
