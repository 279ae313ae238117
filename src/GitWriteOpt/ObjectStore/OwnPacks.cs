using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The packs that we wrote: a list of names in <c>writeopt/packs</c> of the common directory, so that they can be
/// counted and merged without opening the others. A help, not a record: a name that a kill left out is only not counted.
/// </summary>
internal static class OwnPacks
{
    /// <summary>What the temporary names of ours contain, so that a sweep never takes git's.</summary>
    internal const string TemporaryMark = "writeopt_";

    /// <summary>Adds a pack to the list.</summary>
    /// <returns>The number of packs on the list, gone ones included; 0 where it could not be written.</returns>
    internal static int Record(RepositoryLayout layout, WrittenPack pack)
    {
        try
        {
            using var list = new FileStream(ListOf(layout), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
            var line = Encoding.ASCII.GetBytes(Path.GetFileNameWithoutExtension(pack.PackPath) + "\n");
            list.Write(line);
            return (int)(list.Position / line.Length);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Not counted, not merged: no harm to what it holds.
            return 0;
        }
    }

    /// <summary>
    /// Writes the list anew with the packs that are still there; nobody adds to it meanwhile (the gc lock is held alone).
    /// </summary>
    /// <returns>The number of names that were dropped.</returns>
    /// <exception cref="Errors.StoreException">The disk did not take it.</exception>
    internal static int Tidy(RepositoryLayout layout)
    {
        var list = ListOf(layout);
        try
        {
            if (!File.Exists(list))
            {
                return 0;
            }

            var there = In(layout).Select(file => Path.GetFileNameWithoutExtension(file.Name)).ToList();
            var dropped = File.ReadLines(list).Count() - there.Count;
            if (dropped > 0)
            {
                // Renamed into place: half a list would leave packs out for good.
                File.WriteAllText(list + ".new", string.Concat(there.Select(name => name + "\n")));
                File.Move(list + ".new", list, overwrite: true);
            }

            return dropped;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", list);
        }
    }

    /// <summary>Those that are still there (git's own gc may have taken them into another).</summary>
    internal static IReadOnlyList<FileInfo> In(RepositoryLayout layout)
    {
        try
        {
            return
            [
                .. File.ReadLines(ListOf(layout)).Distinct()
                    .Select(name => new FileInfo($"{layout.ObjectsDirectory}/pack/{name}.pack")).Where(file => file.Exists),
            ];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// Removes what a killed writer of this worktree left: its keep files (a ref protects the pack now, or nothing needs
    /// it) and its temporary files. The worktree's lock is held, so none of its writers is running.
    /// </summary>
    /// <exception cref="Errors.StoreException">A file cannot be removed.</exception>
    internal static void Sweep(RepositoryLayout layout, string owner)
    {
        var directory = layout.ObjectsDirectory + "/pack";
        try
        {
            if (!Directory.Exists(directory))
            {
                return;
            }

            foreach (var keep in Directory.EnumerateFiles(directory, "*.keep"))
            {
                if (OwnerOf(keep) == owner)
                {
                    File.Delete(keep);
                }
            }

            foreach (var left in new[] { directory, layout.CommonDirectory + "/writeopt" }.Where(Directory.Exists)
                .SelectMany(d => Directory.EnumerateFiles(d, $"tmp_*_{TemporaryMark}{owner}_*")))
            {
                File.Delete(left);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "sweep", directory);
        }
    }

    /// <summary>
    /// The token of the worktree that a keep file is for, empty where it says none; null where it is not ours, or went or
    /// cannot be read, as git makes and removes its own while it fetches.
    /// </summary>
    internal static string? OwnerOf(string keep)
    {
        try
        {
            var text = File.ReadAllText(keep).TrimEnd();
            return text == WrittenPack.KeepReason ? ""
                : text.StartsWith(WrittenPack.KeepReason + " ", StringComparison.Ordinal)
                    ? text[(WrittenPack.KeepReason.Length + 1)..] : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Removes the keep file of a pack that a transaction of ours made, which may be empty after a power cut.
    /// </summary>
    /// <exception cref="Errors.StoreException">It cannot be removed.</exception>
    internal static void ReleaseKeep(RepositoryLayout layout, string stem)
    {
        var keep = $"{layout.ObjectsDirectory}/pack/{stem}.keep";
        try
        {
            if (File.Exists(keep) && (new FileInfo(keep).Length == 0
                || File.ReadAllText(keep).StartsWith(WrittenPack.KeepReason, StringComparison.Ordinal)))
            {
                File.Delete(keep);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "remove", keep);
        }
    }

    private static string ListOf(RepositoryLayout layout) => layout.CommonDirectory + "/writeopt/packs";
}
