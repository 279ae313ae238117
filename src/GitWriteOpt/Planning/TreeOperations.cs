using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>The operations on whole files, links and directories: delete, move, copy, chmod, symlink.</summary>
internal sealed class TreeOperations(Overlay overlay, PlanningContext context, Action<string> warn)
{
    /// <summary>A file or link removed, or all files below a directory.</summary>
    public void Delete(Operation.Delete delete)
    {
        var entry = overlay.At(delete.Path);
        if (entry.IsPresent)
        {
            overlay.Set(delete.Path, PathState.Nothing);
            return;
        }

        if (!overlay.IsDirectory(delete.Path))
        {
            throw Refusals.NotFound(entry);
        }

        if (!delete.Recursive)
        {
            throw Refusals.Of(ErrorCategory.Conflict, "is-a-directory", delete.Path,
                $"\"{delete.Path}\" is a directory", "set recursive to delete all that is in it");
        }

        var files = Contents(delete.Path, out var directories);
        foreach (var path in files)
        {
            overlay.Set(path, PathState.Nothing);
        }

        overlay.Empty(directories);
    }

    /// <summary>A file, link or directory under another name.</summary>
    public void Move(Operation.Move move)
    {
        var entry = overlay.At(move.From);
        if (move.From == move.To)
        {
            _ = entry.IsPresent || overlay.IsDirectory(move.From) ? entry : throw Refusals.NotFound(entry);
            warn($"operation {move.Origin.Ordinal + 1} moves \"{move.From}\" to itself");
            return;
        }

        if (entry.IsPresent)
        {
            CheckFree(move.From, move.To, move.Overwrite);
            MoveFile(move.From, move.To);
            return;
        }

        if (!overlay.IsDirectory(move.From))
        {
            throw Refusals.NotFound(entry);
        }

        CheckDirectoryMove(move.From, move.To);
        var files = Contents(move.From, out var directories);

        // An empty one comes along; one that this batch has emptied is gone.
        var staying = directories.Skip(1).Where(directory => !overlay.IsEmptied(directory)).ToList();
        foreach (var path in files)
        {
            var to = Below(move.To, move.From, path);
            CheckFree(path, to, move.Overwrite);
            MoveFile(path, to);
        }

        foreach (var directory in staying)
        {
            overlay.Want(Below(move.To, move.From, directory));
        }

        overlay.Empty(directories);
    }

    /// <summary>A file or link once more, mode included.</summary>
    public void Copy(Operation.Copy copy)
    {
        var entry = overlay.At(copy.From);
        if (!entry.IsPresent)
        {
            throw overlay.IsDirectory(copy.From)
                ? Refusals.Of(ErrorCategory.Conflict, "is-a-directory", copy.From,
                    $"\"{copy.From}\" is a directory; only files and links are copied", "copy its files one by one")
                : Refusals.NotFound(entry);
        }

        CheckFree(copy.From, copy.To, copy.Overwrite);
        if (copy.From != copy.To)
        {
            overlay.Set(copy.To, entry.Now);
        }
    }

    /// <summary>The executable bit.</summary>
    public void ChangeMode(Operation.ChangeMode change)
    {
        var entry = overlay.At(change.Path);
        var file = entry.Now switch
        {
            PathState.File present => present,
            PathState.Absent => throw Refusals.NotFound(entry),
            _ => throw Refusals.Of(ErrorCategory.Conflict, "not-a-file", change.Path,
                $"\"{change.Path}\" is a link, which has no mode"),
        };
        overlay.Set(change.Path, PathStates.WithMode(file, change.Executable), entry.From);
    }

    /// <summary>A symbolic link.</summary>
    public void Link(Operation.Link link)
    {
        if (!context.SymbolicLinks)
        {
            throw Refusals.Of(ErrorCategory.System, "links-unsupported", link.Path,
                "this worktree holds no symbolic links (core.symlinks is false)");
        }

        if (link.Target.Length == 0 || link.Target.Contains('\0', StringComparison.Ordinal))
        {
            throw Refusals.Of(ErrorCategory.Format, "bad-link-target", link.Path,
                "a link's target must not be empty or hold a NUL");
        }

        overlay.Set(link.Path, new PathState.Link(link.Target));
    }

    private static RepoPath Below(RepoPath to, RepoPath from, RepoPath path) => to.Join(path.Value[(from.Value.Length + 1)..]);

    private IReadOnlyList<RepoPath> Contents(RepoPath directory, out List<RepoPath> directories)
    {
        directories = [];
        var files = overlay.FilesBelow(directory, directories);
        return files.Count > 0 || overlay.Entries.Any(e => e.IsChanged && e.Path.IsBelow(directory))
            ? files
            : throw Refusals.Of(ErrorCategory.Conflict, "empty-directory", directory,
                $"\"{directory}\" holds no file, and git knows no empty directories", "use rmdir or mv");
    }

    private void CheckDirectoryMove(RepoPath from, RepoPath to)
    {
        if (to.IsBelow(from))
        {
            throw Refusals.Of(ErrorCategory.Usage, "move-into-itself", from,
                $"the directory \"{from}\" cannot be moved into itself, to \"{to}\"");
        }

        if (overlay.At(to).IsPresent)
        {
            throw Refusals.Taken(to);
        }
    }

    private void CheckFree(RepoPath from, RepoPath to, bool overwrite)
    {
        var there = overlay.At(to);
        if (there.IsPresent && !overwrite && !IsSameFile(from, to))
        {
            throw Refusals.Taken(to);
        }
    }

    // Where case does not count, the other spelling of a file is the file itself.
    private bool IsSameFile(RepoPath one, RepoPath other) => context.IgnoreCase
        && one != other && string.Equals(one.Value, other.Value, StringComparison.OrdinalIgnoreCase);

    private void MoveFile(RepoPath from, RepoPath to)
    {
        var entry = overlay.At(from);
        var state = entry.Now;
        var origin = entry.From ?? (entry.Before is PathState.Absent ? null : from);
        overlay.SetMoved(from, to);
        overlay.Set(to, state, origin);
    }
}
