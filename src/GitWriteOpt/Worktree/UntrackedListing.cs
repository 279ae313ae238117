using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>
/// The untracked files that a survey looks at, as git lists them. Where nothing has changed that decides which these are,
/// git is not asked again, which would read the index and every directory anew:
/// <code>
///   the names of the index, the settings, the rules outside of the worktree     one hash over all
///   every directory that git enters                                            its inode, mtime and ctime: a name that
///                                                                              came or went shows there
///   every .gitignore in them                                                   one hash over their bytes
/// </code>
/// A listing is remembered only where all of that is older than git's look by <see cref="SlackNanoseconds"/>, so that a
/// change while git looked, or in the same tick of a coarse clock, is never missed; and not where a nested repository, a
/// second file system or a link in the place of a <c>.gitignore</c> makes the answer depend on more.
/// </summary>
/// <remarks>Order of calls: <see cref="List"/> once; then, where the caller may write, <see cref="Remember"/>.</remarks>
internal sealed class UntrackedListing(
    RepositoryLayout layout, OpenDirectory root, IndexTable entries, SurveyLimits limits, string record, long startedAt)
{
    /// <summary>File systems stamp their inodes by clocks that may be as coarse as two seconds.</summary>
    internal const long SlackNanoseconds = 3_000_000_000;

    private readonly RulesOutside _rules = new(layout, entries, limits);
    private string? _key;
    private UntrackedFiles? _fresh;

    /// <summary>Whether git was asked.</summary>
    internal bool AskedGit => _fresh is not null;

    /// <summary>The untracked files.</summary>
    /// <exception cref="StoreException">git failed.</exception>
    internal UntrackedFiles List()
    {
        _key = _rules.Key();
        return _key is not null && ListingRecord.Read(record) is { } known && known.Key == _key && IsAsItWas(known)
            ? new UntrackedFiles(known.Files, [])
            : _fresh = UntrackedFiles.List(layout, limits.Private);
    }

    /// <summary>Remembers what git said, where it was asked and the answer will hold as long as nothing changes.</summary>
    internal void Remember()
    {
        if (_key is null || _fresh is not { NestedRepositories.Count: 0 } fresh)
        {
            return;
        }

        try
        {
            var walk = new ListingWalk(layout, root, limits, startedAt - SlackNanoseconds);
            if (walk.Enter(entries, fresh.Files) && ListingRecord.HashOf(root.Path, walk.IgnoreFiles) is { } hash && _rules.Key() == _key)
            {
                new ListingRecord(_key, hash, walk.Directories, walk.IgnoreFiles, fresh.Files).Write(record);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or WriteException)
        {
            // A help, not a record: git is asked again the next time.
        }
    }

    private bool IsAsItWas(ListingRecord known)
    {
        try
        {
            foreach (var directory in known.Directories)
            {
                if (!directory.Matches(directory.Path.Length == 0 ? root.LookAtSelf() : root.Look(directory.Path)))
                {
                    return false;
                }
            }

            return ListingRecord.HashOf(root.Path, known.IgnoreFiles) == known.RulesHash;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or WriteException)
        {
            return false; // git says what is wrong there
        }
    }
}
