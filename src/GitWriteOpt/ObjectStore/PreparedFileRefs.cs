using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Refs of the files backend, in git's own order (<c>files_transaction_prepare</c> and <c>_finish</c>): a lock file for
/// each ref, taken in the order of names; the old value compared under it; then, within <see cref="Commit"/> alone since a
/// lock on <c>packed-refs</c> blocks the user's git, <c>packed-refs.lock</c>, creations and updates, the rewritten
/// <c>packed-refs</c>, the loose files of deleted refs, unlock. That lock is kept to the end: a <c>pack-refs</c> in between
/// would pack a ref whose file is about to go, and so bring it back.
/// </summary>
internal sealed class PreparedFileRefs : PreparedRefs
{
    private readonly RepositoryLayout _layout;
    private readonly LooseRefs _loose;
    private readonly bool _sync;
    private readonly TimeSpan _lockWait;
    private readonly List<(RefUpdate Update, RefLock Lock)> _locked = [];
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);

    /// <summary>Takes the locks and writes the lock files.</summary>
    /// <exception cref="StoreException">
    /// <c>ref-locked</c>, <c>ref-exists</c>, <c>ref-changed</c>, <c>ref-conflict</c>, <c>damaged-ref</c>, or the disk.
    /// </exception>
    public PreparedFileRefs(RepositoryLayout layout, IEnumerable<RefUpdate> updates, bool sync, TimeSpan lockWait)
    {
        (_layout, _loose, _sync, _lockWait) = (layout, new LooseRefs(layout), sync, lockWait);
        try
        {
            foreach (var update in updates.OrderBy(u => u.Name, StringComparer.Ordinal))
            {
                var content = update switch
                {
                    RefUpdate.Create create => Line(create.Id),
                    RefUpdate.Update move => Line(move.Id),
                    _ => RefLock.Mark.ToArray(),
                };
                var file = _loose.FileOf(update.Name) + ".lock";
                var guard = RefLock.Take(layout, file, content, isOfOurRef: true, sync, lockWait);
                _locked.Add((update, guard));
                Note(guard);
            }

            // Opened under the locks: a ref whose lock we hold cannot be pruned from, or packed into, a later one.
            using var packed = new PackedRefs(layout);
            foreach (var (update, _) in _locked)
            {
                Check(update, packed);
            }
        }
        catch
        {
            Dispose(disposing: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> FilesToSync =>
        [.. _locked.Where(l => l.Update is not RefUpdate.Delete).Select(l => l.Lock.File)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> DirectoriesToSync => [.. _directories];

    /// <inheritdoc/>
    public override void SyncFiles()
    {
        foreach (var (update, guard) in _locked)
        {
            if (update is not RefUpdate.Delete)
            {
                guard.Sync();
            }
        }
    }

    /// <inheritdoc/>
    public override void Commit()
    {
        var deleted = new List<string>();
        foreach (var (update, _) in _locked)
        {
            if (update is RefUpdate.Delete)
            {
                deleted.Add(update.Name);
            }
        }

        if (deleted.Count > 0 && !ArePacked(deleted))
        {
            CommitLoose(deleted);
            Dispose(disposing: true);
            return;
        }

        using (deleted.Count == 0 ? null : LockPackedRefs())
        {
            var rewritten = deleted.Count > 0 && WritePackedRefsWithout(deleted);
            try
            {
                foreach (var (update, guard) in _locked.Where(l => l.Update is not RefUpdate.Delete))
                {
                    guard.RenameTo(_loose.FileOf(update.Name));
                }

                if (rewritten)
                {
                    File.Move(NewPackedRefs, PackedRefsFile, overwrite: true);
                    _directories.Add(_layout.CommonDirectory);
                    rewritten = false;
                }

                // A packed ref can have an empty directory in the place of its loose file.
                deleted.Select(_loose.FileOf).Where(file => !Directory.Exists(file)).ToList().ForEach(File.Delete);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw Errno.Exception(cause, "change refs in", _layout.CommonDirectory);
            }
            finally
            {
                if (rewritten)
                {
                    File.Delete(NewPackedRefs); // it would stop the user's git
                }
            }
        }

        Dispose(disposing: true);
    }

    // Where no deleted ref is packed, packed-refs need not be touched. pack-refs takes its lock before it looks at loose
    // refs: so if afterwards there is neither a lock nor our ref in packed-refs, none can have packed it on the way.
    private void CommitLoose(List<string> deleted)
    {
        try
        {
            foreach (var (update, guard) in _locked.Where(l => l.Update is not RefUpdate.Delete))
            {
                guard.RenameTo(_loose.FileOf(update.Name));
            }

            deleted.Select(_loose.FileOf).Where(file => !Directory.Exists(file)).ToList().ForEach(File.Delete);
            if (ArePacked(deleted))
            {
                using var guard = LockPackedRefs();
                if (WritePackedRefsWithout(deleted))
                {
                    File.Move(NewPackedRefs, PackedRefsFile, overwrite: true);
                    _directories.Add(_layout.CommonDirectory);
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "change refs in", _layout.CommonDirectory);
        }
    }

    private bool ArePacked(List<string> names)
    {
        if (File.Exists(PackedRefsFile + ".lock"))
        {
            return true; // somebody is packing at this moment: what comes of it is only known under the lock
        }

        using var packed = new PackedRefs(_layout);
        return names.Any(name => packed.Find(name) is not null);
    }

    /// <inheritdoc/>
    protected override void SyncPacked()
    {
        if (File.Exists(_layout.CommonDirectory + "/packed-refs"))
        {
            Platform.Sync.File(_layout.CommonDirectory + "/packed-refs");
            Platform.Sync.Directory(_layout.CommonDirectory);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var (_, guard) in _locked)
        {
            guard.Dispose();
        }

        _locked.Clear();
    }

    private string PackedRefsFile => _layout.CommonDirectory + "/packed-refs";

    private string NewPackedRefs => _layout.CommonDirectory + "/packed-refs.new";

    private RefLock LockPackedRefs() =>
        RefLock.Take(_layout, PackedRefsFile + ".lock", RefLock.Mark.ToArray(), isOfOurRef: false, _sync, _lockWait);

    // packed-refs holds the user's branches (I3): its new version is always synced before it replaces the old one.
    // A packed-refs.new that is there already was left by somebody who died, since we hold the lock.
    private bool WritePackedRefsWithout(List<string> names)
    {
        using var packed = new PackedRefs(_layout);
        SafeFileHandle? file = null;
        var complete = false;
        try
        {
            File.Delete(NewPackedRefs);
            var written = 0L;
            if (!packed.CopyWithout(names, stretch =>
            {
                file ??= File.OpenHandle(NewPackedRefs, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
                RandomAccess.Write(file, stretch, written);
                written += stretch.Length;
            }))
            {
                return false;
            }

            SharedPermissions.Apply(_layout, NewPackedRefs, isDirectory: false);
            Sync.File(file!, NewPackedRefs);
            return complete = true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", NewPackedRefs);
        }
        finally
        {
            file?.Dispose();
            if (!complete)
            {
                File.Delete(NewPackedRefs);
            }
        }
    }

    private void Check(RefUpdate update, PackedRefs packed)
    {
        var loose = _loose.Read(update.Name);
        if (update is RefUpdate.Delete { Old: null })
        {
            return;
        }

        if (loose.IsDamaged || loose.Target is not null)
        {
            throw RefErrors.Damaged(update.Name, _loose.FileOf(update.Name));
        }

        var current = loose.Id ?? packed.Find(update.Name);
        switch (update)
        {
            case RefUpdate.Create when current is not null:
                throw RefErrors.Exists(update.Name, current);
            case RefUpdate.Create:
                CheckForConflict(update.Name, packed);
                break;
            case RefUpdate.Update { Old: var old } when current != old:
                throw RefErrors.Changed(update.Name, old, current);
            case RefUpdate.Delete { Old: { } old } when current != old:
                throw RefErrors.Changed(update.Name, old, current);
            default:
                break;
        }
    }

    private void CheckForConflict(string name, PackedRefs packed)
    {
        for (var slash = name.LastIndexOf('/'); slash >= RefNames.Root.Length; slash = name.LastIndexOf('/', slash - 1))
        {
            if (packed.Find(name[..slash]) is not null)
            {
                throw RefErrors.Blocked(name, name[..slash]);
            }
        }

        if (packed.Below(name + "/").Count > 0)
        {
            throw RefErrors.Blocked(name, name + "/");
        }

        var file = _loose.FileOf(name);
        if (Directory.Exists(file))
        {
            if (Directory.EnumerateFiles(file, "*", SearchOption.AllDirectories).Any())
            {
                throw RefErrors.Blocked(name, name + "/");
            }

            Directory.Delete(file, recursive: true); // empty directories are what git leaves behind
        }
    }

    private void Note(RefLock guard)
    {
        _directories.Add(Path.GetDirectoryName(guard.File)!);
        foreach (var made in guard.NewDirectories)
        {
            _directories.Add(Path.GetDirectoryName(made)!);
        }
    }

    private static byte[] Line(ObjectId id) => Encoding.ASCII.GetBytes(id + "\n");
}
