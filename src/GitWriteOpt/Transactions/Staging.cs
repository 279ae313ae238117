using GitWriteOpt.Planning;
using GitWriteOpt.Platform;
using GitWriteOpt.Worktree;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Transactions;

/// <summary>Fills the slots of a plan: all that is likely to fail fails here, before the first visible change.</summary>
internal static class Staging
{
    /// <summary>A slot for each path, in the plan's order.</summary>
    internal static IReadOnlyList<Slot> Slots(
        WritePlan plan, RecordedTransaction recorded, StageArea stage, WorktreeDirectories directories)
    {
        var numbers = recorded.Changes.ToDictionary(c => c.Path, c => c.Number);
        var leaving = plan.DirectoriesToRemove.Select(d => d.Path).ToHashSet();
        return [.. plan.Changes.Select(change =>
            stage.For(numbers[change.Path], change.Path, directories, change.Before is PathState.Absent, leaving))];
    }

    /// <summary>Writes the new contents; sentences about what could not be kept.</summary>
    /// <exception cref="Errors.StoreException">The disk did not take one; some slots are filled.</exception>
    internal static IReadOnlyList<string> Fill(
        WritePlan plan, IReadOnlyList<Slot> slots, WorktreeDirectories directories, bool sync,
        Action<string, int, int>? progress, ILogger log)
    {
        // The directories are opened by one thread; what is done in them afterwards may run side by side.
        var models = plan.Changes.Select(change => change.Before is PathState.Absent || change.After is PathState.Absent
            ? ((OpenDirectory, string, Fingerprint)?)null
            : (directories.Parent(change.Path)!, change.Path.Name, change.Found)).ToArray();
        var shortfalls = new string?[slots.Count];
        var done = 0;

        void FillOne(int i)
        {
            var change = plan.Changes[i];
            if (change.After is not PathState.Absent
                && Transient.Try(() => TempFile.Write(slots[i], change.After, models[i], sync), log,
                    () => slots[i].Directory.Unlink(slots[i].Name)) is { } shortfall)
            {
                shortfalls[i] = $"\"{change.Path}\": {shortfall}";
            }

            progress?.Invoke("stage", Interlocked.Increment(ref done), slots.Count);
        }

        if (slots.Count < plan.ParallelFrom || directories.HasEvicted)
        {
            for (var i = 0; i < slots.Count; i++)
            {
                if (models[i] is not null)
                {
                    models[i] = (directories.Parent(plan.Changes[i].Path)!, plan.Changes[i].Path.Name, plan.Changes[i].Found);
                }

                FillOne(i);
            }
        }
        else
        {
            try
            {
                Parallel.For(0, slots.Count, FillOne);
            }
            catch (AggregateException causes)
            {
                throw causes.InnerExceptions.OfType<Errors.WriteException>().FirstOrDefault() ?? causes.InnerExceptions[0];
            }
        }

        return [.. shortfalls.OfType<string>()];
    }

    /// <summary>Empties the slots of a transaction that was not begun.</summary>
    internal static void Remove(IReadOnlyList<Slot> slots)
    {
        foreach (var slot in slots)
        {
            slot.Directory.Unlink(slot.Name);
        }
    }

    /// <summary>The absolute paths of all directories in which names change.</summary>
    internal static IReadOnlyCollection<string> TouchedDirectories(WritePlan plan, string root)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parent in plan.Changes.Select(c => c.Path.Parent)
            .Concat(plan.DirectoriesToMake.Select(d => d.Parent)).Concat(plan.DirectoriesToRemove.Select(d => d.Path.Parent)))
        {
            var path = parent is null ? root : root + "/" + parent;
            if (Directory.Exists(path))
            {
                touched.Add(path);
            }
        }

        return touched;
    }
}
