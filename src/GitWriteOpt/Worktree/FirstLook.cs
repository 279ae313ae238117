using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>What the first look found at an entry that needs a second one.</summary>
/// <param name="Number">The entry's number.</param>
/// <param name="Found">What <c>lstat</c> says.</param>
/// <param name="IsClean">Whether that is what the index says.</param>
internal readonly record struct SeenEntry(int Number, Fingerprint Found, bool IsClean);

/// <summary>
/// <c>lstat</c> of every entry of an index, on all cores, compared in place with what the index says of it: what is as it
/// was costs no memory. Submodules and further stages of a path are passed over.
/// </summary>
internal sealed class FirstLook
{
    private const int SmallestRange = 512;
    private const int RangesForEachCore = 4;

    private FirstLook(IReadOnlyList<SeenEntry> seen, short[] permissions)
    {
        Seen = seen;
        Permissions = permissions;
    }

    /// <summary>The entries that need a second look, in the index's order.</summary>
    internal IReadOnlyList<SeenEntry> Seen { get; }

    /// <summary>The permission bits at each entry's path; -1 where no file is.</summary>
    internal short[] Permissions { get; }

    /// <summary>Looks at all.</summary>
    /// <param name="root">The worktree's root.</param>
    /// <param name="layout">The repository.</param>
    /// <param name="entries">The index's entries.</param>
    /// <param name="indexWritten">When the index was written, in nanoseconds since 1970: what changed since is not clean.</param>
    /// <param name="all">Whether clean entries are reported too.</param>
    internal static FirstLook At(OpenDirectory root, RepositoryLayout layout, IndexTable entries, long indexWritten, bool all)
    {
        var permissions = new short[entries.Count];
        var ranges = new ConcurrentBag<(int Start, List<SeenEntry> Seen)>();
        void Look(int start, int end)
        {
            var seen = new List<SeenEntry>();
            using var passed = new PassedDirectories(root);
            for (var i = start; i < end; i++)
            {
                permissions[i] = -1;
                if (entries.Mode(i) == GitModes.Gitlink || entries.IsRepeated(i))
                {
                    continue;
                }

                var found = passed.Look(entries.TerminatedName(i));
                if (found.Kind == FileKind.File)
                {
                    permissions[i] = (short)found.Permissions;
                }

                var isClean = IsClean(layout, entries, i, found, indexWritten);
                if (all || !isClean)
                {
                    seen.Add(new SeenEntry(i, found, isClean));
                }
            }

            ranges.Add((start, seen));
        }

        var length = Math.Max(SmallestRange, entries.Count / (Environment.ProcessorCount * RangesForEachCore));
        if (entries.Count <= length)
        {
            Look(0, entries.Count);
        }
        else
        {
            try
            {
                Parallel.ForEach(Partitioner.Create(0, entries.Count, length), range => Look(range.Item1, range.Item2));
            }
            catch (AggregateException several)
            {
                ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            }
        }

        return new FirstLook([.. ranges.OrderBy(r => r.Start).SelectMany(r => r.Seen)], permissions);
    }

    /// <summary>The mode that git would note for what was found at an entry of this mode.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="found">A file or link.</param>
    /// <param name="mode">The entry's mode; 0 where there is no entry.</param>
    internal static int Mode(RepositoryLayout layout, in Fingerprint found, int mode)
    {
        const int ownerMayExecute = 0x40;
        if (found.Kind == FileKind.Link)
        {
            return GitModes.Link;
        }

        if (mode is GitModes.Regular or GitModes.Executable && !layout.FileModeIsTrusted)
        {
            return mode;
        }

        // Where links cannot be made, git checks one out as a file.
        return mode == GitModes.Link && !layout.SymbolicLinks ? GitModes.Link
            : (found.Permissions & ownerMayExecute) != 0 ? GitModes.Executable : GitModes.Regular;
    }

    private static bool IsClean(RepositoryLayout layout, IndexTable entries, int number, in Fingerprint found, long indexWritten) =>
        found.Kind is FileKind.File or FileKind.Link && found.ModifiedNanoseconds < indexWritten
            && entries.Stat(number).Matches(found) && Mode(layout, found, entries.Mode(number)) == entries.Mode(number)
            && entries.IsMerged(number);
}
