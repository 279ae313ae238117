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
        var entries = index.Table();
        var look = FirstLook.At(worktree.Directories.Root, layout, entries, (index.ModifiedUtc - DateTime.UnixEpoch).Ticks * 100, all: true);
        var files = new List<CandidateFile>(look.Seen.Count);
        foreach (var seen in look.Seen.Where(s => s.Found.Kind == FileKind.File))
        {
            var entry = entries[seen.Number];
            if (entry.Mode is GitModes.Regular or GitModes.Executable && PathRules.Objection(entry.Path) is null)
            {
                files.Add(new CandidateFile(entry.Path, seen.IsClean ? entry.Id : null));
            }
        }

        return files;
    }
}
