using System.Text;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Worktree;

/// <summary>How a move between directories ended.</summary>
internal enum MoveResult
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The destination exists.</summary>
    Taken,

    /// <summary>The source does not exist (for an exchange: either).</summary>
    Gone,

    /// <summary>The file system cannot do it: a slower way is needed.</summary>
    Unsupported,

    /// <summary>The two directories lie on different file systems.</summary>
    CrossDevice,
}

/// <summary>What descending into a name found.</summary>
/// <param name="Kind">What the name is.</param>
/// <param name="Directory">The directory, where it is one.</param>
internal readonly record struct OpenedDirectory(FileKind Kind, OpenDirectory? Directory);

/// <summary>
/// A directory that is held open: everything is done to names in it, never through a path that somebody could redirect
/// in between (I5). Two implementations: Linux's calls relative to a descriptor, and .NET's own calls elsewhere, which
/// cannot exclude that race. Names are single components.
/// </summary>
/// <remarks>
/// Failures of the machine are <see cref="Errors.StoreException"/>s that name the path. What is expected in a race (the
/// name is taken, is gone) is a <see cref="MoveResult"/>.
/// </remarks>
internal abstract class OpenDirectory : IDisposable
{
    /// <summary>The bits of what nobody else may see: 0600.</summary>
    protected const int OwnerOnly = 0x180;

    /// <summary>The directory's path, for messages and for listing.</summary>
    internal abstract string Path { get; }

    /// <summary>What is at a name, without following a link.</summary>
    internal abstract Fingerprint Look(string name);

    /// <summary>What is at a name that is given as bytes with a NUL at the end: for many, none of which becomes a string.</summary>
    internal virtual Fingerprint Look(ReadOnlySpan<byte> terminated) => Look(Encoding.UTF8.GetString(terminated[..^1]));

    /// <summary>The directory itself.</summary>
    internal abstract Fingerprint LookAtSelf();

    /// <summary>Opens a file for reading, never through a link, never blocking on a FIFO; null where there is none.</summary>
    internal abstract SafeFileHandle? OpenRead(string name);

    /// <summary>Makes a file that must not exist yet, for writing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="permissions">Its bits, of which the umask, or the directory's default access list, takes some away.</param>
    internal abstract SafeFileHandle CreateFile(string name, int permissions = OwnerOnly);

    /// <summary>The target of a link.</summary>
    internal abstract string ReadLink(string name);

    /// <summary>Makes a link; the name must be free.</summary>
    internal abstract void MakeLink(string name, string target);

    /// <summary>Makes a directory; false where something is there already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="permissions">Exact permission bits, or null for those of the umask.</param>
    internal abstract bool MakeDirectory(string name, int? permissions);

    /// <summary>Removes a directory; false where it is not empty or not there.</summary>
    internal abstract bool RemoveDirectory(string name);

    /// <summary>Removes a file or link; false where it is not there.</summary>
    internal abstract bool Unlink(string name);

    /// <summary>Sets the permission bits of a file (never of what a link points to).</summary>
    internal abstract void SetPermissions(string name, int permissions);

    /// <summary>Gives a file or link the present time as mtime (I4).</summary>
    internal abstract void Touch(string name);

    /// <summary>
    /// Gives the file at <paramref name="name"/> the owner, group, access control list and extended attributes of
    /// <paramref name="model"/>; what could not be copied is returned as a sentence, else null.
    /// </summary>
    internal abstract string? CopyOwnership(string name, OpenDirectory modelDirectory, string model, in Fingerprint modelPrint);

    /// <summary>Moves a name to another directory, where nothing may be at the destination.</summary>
    internal abstract MoveResult MoveNew(string name, OpenDirectory to, string toName);

    /// <summary>Exchanges two names in one step.</summary>
    internal abstract MoveResult Exchange(string name, OpenDirectory with, string withName);

    /// <summary>Moves a name over another one, which is gone afterwards.</summary>
    internal abstract MoveResult MoveOver(string name, OpenDirectory to, string toName);

    /// <summary>Makes a second name for a file, to keep it while it is moved over.</summary>
    internal abstract MoveResult HardLink(string name, OpenDirectory to, string toName);

    /// <summary>Opens a directory below this one, without following a link.</summary>
    internal abstract OpenedDirectory Descend(string name);

    /// <summary>
    /// As <see cref="Descend"/>, for <see cref="Look(ReadOnlySpan{byte})"/> alone: it takes the right to search a directory, not to
    /// read it.
    /// </summary>
    internal virtual OpenedDirectory Pass(string name) => Descend(name);

    /// <summary>Whether this process may make and remove names here.</summary>
    internal abstract bool IsWritable();

    /// <summary>Whether what is made here inherits a group or an access control list, so that temps must be made here too.</summary>
    internal abstract bool ImposesOwnership();

    /// <summary>The names here, in no order, without <c>.</c> and <c>..</c>.</summary>
    internal virtual IReadOnlyList<string> List() =>
        [.. new DirectoryInfo(Path).EnumerateFileSystemInfos().Select(entry => entry.Name)];

    /// <inheritdoc/>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Opens a directory by its path (the worktree's root, the staging directory).</summary>
    internal static OpenDirectory At(string path, bool portable = false) =>
        OperatingSystem.IsLinux() && !portable ? LinuxDirectory.OpenRoot(path) : new PathDirectory(path);
}
