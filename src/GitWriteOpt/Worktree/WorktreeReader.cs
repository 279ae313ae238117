using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Worktree;

/// <summary>
/// Looks at the worktree, never through a link: every parent of a path is checked, once, to be a real directory of this
/// worktree (not a link, not a nested repository, not a submodule) (I5). Reads raw bytes. Changes nothing.
/// </summary>
public sealed class WorktreeReader : IDisposable
{
    private const int Attempts = 3;

    /// <summary>Opens the worktree for reading.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="portable">Use .NET's own calls even where Linux's are at hand.</param>
    public WorktreeReader(RepositoryLayout layout, bool portable = false) =>
        Directories = new WorktreeDirectories(OpenDirectory.At(layout.WorktreeRoot, portable));

    /// <summary>Reads below this directory, which it disposes of.</summary>
    internal WorktreeReader(OpenDirectory root) => Directories = new WorktreeDirectories(root);

    /// <summary>The open directories, for those who write.</summary>
    internal WorktreeDirectories Directories { get; }

    /// <summary>What is at a path.</summary>
    /// <exception cref="RefusedException">A parent is a link, or the path lies in a nested repository.</exception>
    public Fingerprint Look(RepoPath path) => Directories.Parent(path)?.Look(path.Name) ?? Fingerprint.Absent;

    /// <summary>What is at a path, with its content. A directory and nothing at all are both absent.</summary>
    /// <exception cref="RefusedException">
    /// As for <see cref="Look"/>; or it is a FIFO, socket or device; or it changes while it is being read.
    /// </exception>
    public (Fingerprint Found, PathState State) Read(RepoPath path)
    {
        return ReadIn(Directories.Parent(path), path);
    }

    /// <summary>As <see cref="Read"/>, but what lies beyond a link is absent instead of refused.</summary>
    internal (Fingerprint Found, PathState State) ReadUnlessLinked(RepoPath path) =>
        ReadIn(Directories.ParentUnlessLinked(path), path);

    private static (Fingerprint Found, PathState State) ReadIn(OpenDirectory? directory, RepoPath path)
    {
        if (directory is null)
        {
            return (Fingerprint.Absent, PathState.Nothing);
        }

        for (var attempt = 1; ; attempt++)
        {
            var found = directory.Look(path.Name);
            if (found.Kind is FileKind.Absent or FileKind.Directory)
            {
                return (found, PathState.Nothing);
            }

            if (found.Kind == FileKind.Special)
            {
                throw new RefusedException(new WriteError(ErrorCategory.Permission, "special-file",
                    $"\"{path}\" is a FIFO, socket or device; these are never written")
                {
                    Path = path.Value,
                });
            }

            if (TryRead(directory, path, found) is { } state && directory.Look(path.Name).SameFile(found))
            {
                return (found, state);
            }

            if (attempt == Attempts)
            {
                throw new RefusedException(new WriteError(ErrorCategory.Conflict, "file-is-changing",
                    $"\"{path}\" changes while it is being read")
                {
                    Path = path.Value,
                    Suggestion = "stop what writes to it, then try again",
                });
            }
        }
    }

    /// <summary>The names in a directory (null: the root, without <c>.git</c>), in no order; none where it is not there.</summary>
    /// <exception cref="RefusedException">A name is not valid UTF-8, or as for <see cref="Look"/>.</exception>
    public IReadOnlyList<string> List(RepoPath? directory)
    {
        var opened = directory is null ? Directories.Root : Directories.Open(directory);
        if (opened is null)
        {
            return [];
        }

        var names = opened.List();
        if (names.FirstOrDefault(name => name.Contains('\ufffd', StringComparison.Ordinal)) is { } odd
            && opened.Look(odd).Kind == FileKind.Absent)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Format, "name-not-utf8",
                $"a name in \"{directory?.Value ?? "."}\" is not valid UTF-8: {odd}")
            {
                Path = directory?.Value,
                Suggestion = "rename the file first",
            });
        }

        return directory is null ? [.. names.Where(name => !PathRules.IsDotGit(name))] : names;
    }

    /// <inheritdoc/>
    public void Dispose() => Directories.Dispose();

    private static PathState? TryRead(OpenDirectory directory, RepoPath path, in Fingerprint found)
    {
        if (found.Kind == FileKind.Link)
        {
            try
            {
                return new PathState.Link(directory.ReadLink(path.Name));
            }
            catch (DecoderFallbackException)
            {
                throw new RefusedException(new WriteError(ErrorCategory.Format, "link-not-utf8",
                    $"the target of the link \"{path}\" is not valid UTF-8")
                {
                    Path = path.Value,
                });
            }
        }

        const int ownerMayExecute = 0x40;
        var executable = (found.Permissions & ownerMayExecute) != 0;
        if (found.Size > Content.StreamingThreshold)
        {
            return new PathState.File(new Content.InFile(directory.Path + "/" + path.Name, found.Size),
                found.Permissions, executable);
        }

        using var handle = directory.OpenRead(path.Name);
        if (handle is null)
        {
            return null;
        }

        var bytes = new byte[found.Size];
        try
        {
            var filled = 0;
            while (filled < bytes.Length)
            {
                var count = RandomAccess.Read(handle, bytes.AsSpan(filled), filled);
                if (count == 0)
                {
                    return null;
                }

                filled += count;
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(Errno.Error(cause, "read", directory.Path + "/" + path.Name), cause);
        }

        return new PathState.File(new Content.Memory(bytes), found.Permissions, executable);
    }
}
