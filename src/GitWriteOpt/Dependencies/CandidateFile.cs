using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Dependencies;

/// <summary>A file that may import others.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Blob">The blob whose text it has; null where it is not known to have that of the index.</param>
internal readonly record struct CandidateFile(string Path, ObjectId? Blob)
{
    /// <summary>
    /// The tracked files of a worktree, in the index's order. Each is looked at with <c>lstat</c>, none is read: what was
    /// changed since is known by its time.
    /// </summary>
    /// <exception cref="Errors.StoreException">The index cannot be read.</exception>
    public static IReadOnlyList<CandidateFile> Tracked(RepositoryLayout layout, WorktreeReader worktree)
    {
        var index = IndexReader.Open(layout);
        List<IndexEntry> entries = [.. index.Entries().Where(e => e.Stage is 0 or 2 && e.Mode is GitModes.Regular or GitModes.Executable)];
        var found = FirstLook.At(worktree, entries);
        var racy = (index.ModifiedUtc - DateTime.UnixEpoch).Ticks * 100;
        var files = new List<CandidateFile>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            if (found[i].Kind == FileKind.File && PathRules.Objection(entries[i].Path) is null)
            {
                var stat = entries[i].Stat;
                var clean = stat.Size == (uint)found[i].Size && stat.ModifiedNanoseconds == found[i].ModifiedNanoseconds
                    && stat.Inode == (uint)found[i].Inode && stat.ModifiedNanoseconds < racy;
                files.Add(new CandidateFile(entries[i].Path, clean ? entries[i].Id : null));
            }
        }

        return files;
    }
}
