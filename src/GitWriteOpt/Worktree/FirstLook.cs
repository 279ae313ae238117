using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>
/// <c>lstat</c> of every entry of an index, on all cores. An entry below a directory that is no directory of this worktree
/// any more (gone, a link, a file) is absent, as git sees it.
/// </summary>
internal static class FirstLook
{
    private const int WorthwhileCount = 512;

    /// <summary>What is at each entry's path, in the order of the entries.</summary>
    public static Fingerprint[] At(WorktreeReader worktree, IReadOnlyList<IndexEntry> entries)
    {
        var root = worktree.Directories.Root;
        var directories = new List<string>();
        var parents = new int[entries.Count];
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = -1 };
        for (var i = 0; i < entries.Count; i++)
        {
            parents[i] = Number(entries[i].Path, directories, numbers);
        }

        // In the order of first mention a directory's parents come before it, but any of them may be the link.
        var real = new bool[directories.Count];
        Each(directories.Count, i => real[i] = root.Look(directories[i]).Kind == FileKind.Directory);
        for (var i = 0; i < directories.Count; i++)
        {
            var slash = directories[i].LastIndexOf('/');
            real[i] &= slash < 0 || real[numbers[directories[i][..slash]]];
        }

        var found = new Fingerprint[entries.Count];
        Each(entries.Count, i => found[i] = (parents[i] < 0 || real[parents[i]]) && !entries[i].IsGitlink
            ? root.Look(entries[i].Path) : Fingerprint.Absent);
        return found;
    }

    private static int Number(string path, List<string> directories, Dictionary<string, int> numbers)
    {
        var slash = path.LastIndexOf('/');
        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (slash < 0)
        {
            return -1;
        }

        if (lookup.TryGetValue(path.AsSpan(0, slash), out var known))
        {
            return known;
        }

        var directory = path[..slash];
        Number(directory, directories, numbers);
        directories.Add(directory);
        return numbers[directory] = directories.Count - 1;
    }

    private static void Each(int count, Action<int> look)
    {
        if (count < WorthwhileCount)
        {
            for (var i = 0; i < count; i++)
            {
                look(i);
            }

            return;
        }

        try
        {
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, count), range =>
            {
                for (var i = range.Item1; i < range.Item2; i++)
                {
                    look(i);
                }
            });
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
