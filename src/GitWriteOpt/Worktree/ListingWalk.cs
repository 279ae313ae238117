using System.IO.Enumeration;
using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Worktree;

/// <summary>
/// Finds every directory that git enters when it lists untracked files: all but those that are ignored as a whole, with
/// nothing tracked in them. Where it cannot be told, or something changed too late, it ends early and says so.
/// </summary>
/// <param name="layout">The repository.</param>
/// <param name="root">The worktree's root.</param>
/// <param name="limits">What is listed though it is ignored.</param>
/// <param name="settledBefore">What changed later, in nanoseconds since 1970, may have changed unseen.</param>
internal sealed class ListingWalk(RepositoryLayout layout, OpenDirectory root, SurveyLimits limits, long settledBefore)
{
    // More directories without a file of the user's than this are not worth a look each time.
    private const int MostBarren = 1000;

    private readonly List<EnteredDirectory> _directories = [];
    private readonly List<string> _ignoreFiles = [];
    private readonly HashSet<string> _submodules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _holding = new(StringComparer.Ordinal);
    private readonly Stack<string> _next = new();
    private readonly List<string> _barren = [];
    private int _barrenInAll;

    /// <summary>The directories, the root first.</summary>
    internal IReadOnlyList<EnteredDirectory> Directories => _directories;

    /// <summary>The <c>.gitignore</c> files in them.</summary>
    internal IReadOnlyList<string> IgnoreFiles => _ignoreFiles;

    /// <summary>Finds them.</summary>
    /// <param name="entries">The index.</param>
    /// <param name="untracked">What git listed.</param>
    /// <returns>Whether these are all, and none of them changed too late.</returns>
    /// <exception cref="IOException">A directory cannot be read.</exception>
    internal bool Enter(IndexTable entries, IReadOnlyList<string> untracked)
    {
        Note(entries, untracked);
        _next.Push("");
        while (true)
        {
            while (_next.TryPop(out var directory))
            {
                if (!Look(directory))
                {
                    return false;
                }
            }

            if (_barren.Count == 0)
            {
                return true;
            }

            // Whether git enters one that holds nothing it shows is known to git alone.
            if ((_barrenInAll += _barren.Count) > MostBarren || _barren.Exists(path => PathRules.Objection(path) is not null))
            {
                return false;
            }

            var ignored = new IgnoreRules(layout, limits.ExcludesFile).Ignored([.. _barren.Select(RepoPath.Parse)]);
            foreach (var entered in _barren.Where(path => !ignored.Contains(RepoPath.Parse(path))))
            {
                _next.Push(entered);
            }

            _barren.Clear();
        }
    }

    private void Note(IndexTable entries, IReadOnlyList<string> untracked)
    {
        ReadOnlySpan<byte> last = default;
        for (var i = 0; i < entries.Count; i++)
        {
            var name = entries.TerminatedName(i)[..^1];
            if (entries.Mode(i) == GitModes.Gitlink)
            {
                _submodules.Add(Encoding.UTF8.GetString(name));
            }

            var slash = name.LastIndexOf((byte)'/');
            if (slash > 0 && !name[..slash].SequenceEqual(last))
            {
                last = name[..slash];
                Hold(Encoding.UTF8.GetString(last));
            }
        }

        foreach (var path in untracked)
        {
            if (path.LastIndexOf('/') is > 0 and var slash)
            {
                Hold(path[..slash]);
            }
        }
    }

    private void Hold(string directory)
    {
        while (directory.Length > 0 && _holding.Add(directory))
        {
            directory = directory[..Math.Max(0, directory.LastIndexOf('/'))];
        }
    }

    private bool Look(string directory)
    {
        var found = directory.Length == 0 ? root.LookAtSelf() : root.Look(directory);
        if (found.Kind != FileKind.Directory || !IsSettled(found))
        {
            return false;
        }

        _directories.Add(new EnteredDirectory(
            directory, found.Inode, found.ModifiedNanoseconds, found.ChangedNanoseconds, found.Device));
        foreach (var (name, isDirectory) in Names(directory.Length == 0 ? root.Path : root.Path + "/" + directory))
        {
            if (directory.Length == 0 && name == ".git")
            {
                continue;
            }

            var path = directory.Length == 0 ? name : directory + "/" + name;
            if (name == ".git" || name.Contains('\ufffd', StringComparison.Ordinal))
            {
                return false; // what is a repository of its own is told by more than names
            }

            if (name == ".gitignore")
            {
                var rules = root.Look(path);
                if (rules.Kind != FileKind.File || !IsSettled(rules))
                {
                    return false;
                }

                _ignoreFiles.Add(path);
            }
            else if (isDirectory && !_submodules.Contains(path))
            {
                if (_holding.Contains(path) || limits.IsPrivate(path))
                {
                    _next.Push(path);
                }
                else
                {
                    _barren.Add(path);
                }
            }
        }

        return true;
    }

    private bool IsSettled(in Fingerprint found) => found.Inode != 0 && found.ChangedNanoseconds != 0
        && (_directories.Count == 0 || found.Device == _directories[0].Device)
        && Math.Max(found.ModifiedNanoseconds, found.ChangedNanoseconds) < settledBefore;

    // Of most names, those of files, no string is made.
    private static FileSystemEnumerable<(string Name, bool IsDirectory)> Names(string directory) => new(directory,
        (ref entry) => (entry.FileName.ToString(),
            entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0),
        new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false })
    {
        ShouldIncludePredicate = (ref entry) => entry.IsDirectory || entry.FileName is ".git" or ".gitignore",
    };
}
