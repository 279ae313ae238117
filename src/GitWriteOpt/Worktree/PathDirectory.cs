using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Worktree;

/// <summary>
/// A directory by its path, through .NET's own calls: for systems other than Linux. There is no exchange and no inode,
/// and a link that is swapped in between two calls is not noticed; the transaction says so in its warnings.
/// </summary>
internal sealed class PathDirectory(string path) : OpenDirectory
{
    /// <inheritdoc/>
    internal override string Path => path;

    /// <inheritdoc/>
    internal override Fingerprint Look(string name) => LookAt(At(name));

    /// <inheritdoc/>
    internal override Fingerprint LookAtSelf() => LookAt(path);

    /// <inheritdoc/>
    internal override SafeFileHandle? OpenRead(string name)
    {
        if (Look(name).Kind != FileKind.File)
        {
            return null;
        }

        return Guard("read", name, () => File.OpenHandle(At(name), FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete));
    }

    /// <inheritdoc/>
    internal override SafeFileHandle CreateFile(string name, int permissions = OwnerOnly) => Guard("create", name, () =>
    {
        var handle = File.OpenHandle(At(name), FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            // .NET has made it with 0666 and the umask; there is no other way to ask it for bits.
            const int readers = 0x124;
            var bits = (int)File.GetUnixFileMode(handle);
            var wanted = permissions == OwnerOnly ? OwnerOnly : bits | (permissions & 0x49 & ((bits & readers) >> 2));
            if (wanted != bits)
            {
                File.SetUnixFileMode(handle, (UnixFileMode)wanted);
            }
        }

        return handle;
    });

    /// <inheritdoc/>
    internal override string ReadLink(string name) => Guard("read the link", name,
        () => new FileInfo(At(name)).LinkTarget ?? throw new IOException("it is not a link"));

    /// <inheritdoc/>
    internal override void MakeLink(string name, string target) =>
        Guard("make the link", name, () => File.CreateSymbolicLink(At(name), target));

    /// <inheritdoc/>
    internal override bool MakeDirectory(string name, int? permissions)
    {
        if (Look(name).Kind != FileKind.Absent)
        {
            return false;
        }

        Guard("make the directory", name, () => Directory.CreateDirectory(At(name)));
        if (permissions is { } bits)
        {
            SetPermissions(name, bits);
        }

        return true;
    }

    /// <inheritdoc/>
    internal override bool RemoveDirectory(string name)
    {
        if (Look(name).Kind != FileKind.Directory || Directory.EnumerateFileSystemEntries(At(name)).Any())
        {
            return false;
        }

        Guard("remove the directory", name, () =>
        {
            Directory.Delete(At(name));
            return true;
        });
        return true;
    }

    /// <inheritdoc/>
    internal override bool Unlink(string name) => Look(name).Kind != FileKind.Absent && Guard("remove", name, () =>
    {
        File.Delete(At(name));
        return true;
    });

    /// <inheritdoc/>
    internal override void SetPermissions(string name, int permissions)
    {
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                File.SetUnixFileMode(At(name), (UnixFileMode)permissions);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw Errno.Exception(cause, "set the mode of", At(name));
            }
        }
    }

    /// <inheritdoc/>
    internal override void Touch(string name)
    {
        if (Look(name).Kind == FileKind.File)
        {
            Guard("set the time of", name, () =>
            {
                File.SetLastWriteTimeUtc(At(name), DateTime.UtcNow);
                return true;
            });
        }
    }

    /// <inheritdoc/>
    internal override string? CopyOwnership(
        string name, OpenDirectory modelDirectory, string model, in Fingerprint modelPrint) => null;

    /// <inheritdoc/>
    internal override MoveResult MoveNew(string name, OpenDirectory to, string toName) =>
        to.Look(toName).Kind != FileKind.Absent ? MoveResult.Taken : Move(name, to, toName, overwrite: false);

    /// <inheritdoc/>
    internal override MoveResult Exchange(string name, OpenDirectory with, string withName) => MoveResult.Unsupported;

    /// <inheritdoc/>
    internal override MoveResult MoveOver(string name, OpenDirectory to, string toName) => Move(name, to, toName, overwrite: true);

    /// <inheritdoc/>
    internal override MoveResult HardLink(string name, OpenDirectory to, string toName)
    {
        // Whether a link itself or its target gets the second name differs between systems.
        if (Look(name).Kind != FileKind.File)
        {
            return MoveResult.Unsupported;
        }

        return Platform.HardLink.Make(At(name), to.Path + "/" + toName) switch
        {
            LinkAttempt.Made => MoveResult.Done,
            LinkAttempt.Exists => MoveResult.Taken,
            _ => MoveResult.Unsupported,
        };
    }

    /// <inheritdoc/>
    internal override OpenedDirectory Descend(string name)
    {
        var kind = Look(name).Kind;
        return new OpenedDirectory(kind, kind == FileKind.Directory ? new PathDirectory(At(name)) : null);
    }

    /// <inheritdoc/>
    internal override bool IsWritable() => OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;

    /// <inheritdoc/>
    internal override bool ImposesOwnership() =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.SetGroup) != 0;

    private static Fingerprint LookAt(string path)
    {
        var file = new FileInfo(path);
        var linked = file.LinkTarget is not null;
        var directory = !linked && Directory.Exists(path);
        if (!linked && !directory && !file.Exists)
        {
            return Fingerprint.Absent;
        }

        var special = !linked && !directory && (file.Attributes & FileAttributes.Device) != 0;
        var kind = linked ? FileKind.Link : directory ? FileKind.Directory : special ? FileKind.Special : FileKind.File;
        var permissions = OperatingSystem.IsWindows() || linked ? 0x1a4 : (int)File.GetUnixFileMode(path);
        var modified = (file.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        return new Fingerprint(kind, kind == FileKind.File ? file.Length : 0, modified, 0, 0, 0, permissions, 1, 0, 0);
    }

    private MoveResult Move(string name, OpenDirectory to, string toName, bool overwrite)
    {
        if (Look(name).Kind == FileKind.Absent)
        {
            return MoveResult.Gone;
        }

        try
        {
            File.Move(At(name), to.Path + "/" + toName, overwrite);
            return MoveResult.Done;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return !overwrite && to.Look(toName).Kind != FileKind.Absent
                ? MoveResult.Taken : throw Errno.Exception(cause, "rename", At(name));
        }
    }

    private string At(string name) => path + "/" + name;

    private T Guard<T>(string action, string name, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, action, At(name));
        }
    }
}
