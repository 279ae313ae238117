using System.Runtime.InteropServices;
using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Worktree;

/// <summary>A directory held by a descriptor; every call is relative to it, so nobody can redirect it.</summary>
internal sealed class LinuxDirectory : OpenDirectory
{
    private const int NoEntry = 2;
    private const int Exists = 17;
    private const int CrossDevice = 18;
    private const int NotDirectory = 20;
    private const int IsDirectory = 21;
    private const int Invalid = 22;
    private const int NotImplemented = 38;
    private const int NotEmpty = 39;
    private const int TooManyLinks = 40;
    private const int NotSupported = 95;

    private readonly SafeFileHandle _handle;
    private readonly string _path;

    private LinuxDirectory(SafeFileHandle handle, string path)
    {
        _handle = handle;
        _path = path;
    }

    /// <inheritdoc/>
    internal override string Path => _path;

    /// <summary>The descriptor, for calls between two directories.</summary>
    private SafeFileHandle Handle => _handle;

    /// <summary>Opens a directory by an absolute path whose links may be followed.</summary>
    internal static LinuxDirectory OpenRoot(string path)
    {
        var handle = LinuxCalls.Open(null, path, LinuxCalls.OpenReadOnly | LinuxCalls.OpenDirectory);
        return handle.IsInvalid ? throw Failure("open", path) : new LinuxDirectory(handle, path);
    }

    /// <inheritdoc/>
    internal override Fingerprint Look(string name) => Stat(name);

    /// <inheritdoc/>
    internal override Fingerprint Look(ReadOnlySpan<byte> terminated)
    {
        if (LinuxCalls.Stat(_handle, terminated, out var stat) == 0)
        {
            return Print(stat);
        }

        return Marshal.GetLastPInvokeError() is NoEntry or NotDirectory ? Fingerprint.Absent
            : throw Failure("look at", At(Encoding.UTF8.GetString(terminated[..^1])));
    }

    /// <inheritdoc/>
    internal override Fingerprint LookAtSelf() => Stat("");

    /// <inheritdoc/>
    internal override SafeFileHandle? OpenRead(string name)
    {
        // Non-blocking: a FIFO that was swapped in must not hang us.
        var handle = LinuxCalls.Open(_handle, name,
            LinuxCalls.OpenReadOnly | LinuxCalls.OpenNoFollow | LinuxCalls.OpenNonBlocking);
        if (!handle.IsInvalid)
        {
            return handle;
        }

        return Marshal.GetLastPInvokeError() is NoEntry or TooManyLinks ? null : throw Failure("read", At(name));
    }

    /// <inheritdoc/>
    internal override SafeFileHandle CreateFile(string name, int permissions = OwnerOnly)
    {
        var handle = LinuxCalls.Open(_handle, name, LinuxCalls.OpenWriteOnly | LinuxCalls.OpenCreate
            | LinuxCalls.OpenExclusive | LinuxCalls.OpenNoFollow, (uint)permissions);
        return handle.IsInvalid ? throw Failure("create", At(name)) : handle;
    }

    /// <inheritdoc/>
    internal override unsafe string ReadLink(string name)
    {
        Span<byte> buffer = stackalloc byte[4096];
        fixed (byte* pointer = buffer)
        {
            var length = LinuxCalls.ReadLinkAt(_handle, name, pointer, buffer.Length);
            return length < 0
                ? throw Failure("read the link", At(name))
                : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(buffer[..(int)length]);
        }
    }

    /// <inheritdoc/>
    internal override void MakeLink(string name, string target) =>
        Check(LinuxCalls.SymlinkAt(target, _handle, name), "make the link", name);

    /// <inheritdoc/>
    internal override bool MakeDirectory(string name, int? permissions)
    {
        if (LinuxCalls.MakeDirectoryAt(_handle, name, 0x1ff) != 0)
        {
            return Marshal.GetLastPInvokeError() == Exists ? false : throw Failure("make the directory", At(name));
        }

        if (permissions is { } bits && LinuxCalls.ChangeModeAt(_handle, name, (uint)bits, 0) != 0)
        {
            // Nobody would know of it any more: what fails has made nothing.
            var failure = Failure("set the mode of", At(name));
            _ = LinuxCalls.UnlinkAt(_handle, name, LinuxCalls.AtRemoveDirectory);
            throw failure;
        }

        return true;
    }

    /// <inheritdoc/>
    internal override bool RemoveDirectory(string name)
    {
        if (LinuxCalls.UnlinkAt(_handle, name, LinuxCalls.AtRemoveDirectory) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() is NotEmpty or Exists or NoEntry or NotDirectory
            ? false : throw Failure("remove the directory", At(name));
    }

    /// <inheritdoc/>
    internal override bool Unlink(string name)
    {
        if (LinuxCalls.UnlinkAt(_handle, name, 0) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == NoEntry ? false : throw Failure("remove", At(name));
    }

    /// <inheritdoc/>
    internal override void SetPermissions(string name, int permissions)
    {
        // fchmodat cannot be told not to follow links on older kernels: go through a descriptor that did not.
        using var file = OpenRead(name) ?? throw Failure("set the mode of", At(name));
        Check(LinuxCalls.ChangeMode(file, (uint)permissions), "set the mode of", name);
    }

    /// <inheritdoc/>
    internal override unsafe void Touch(string name) =>
        Check(LinuxCalls.SetTimesAt(_handle, name, null, LinuxCalls.AtSymlinkNoFollow), "set the time of", name);

    /// <inheritdoc/>
    internal override string? CopyOwnership(
        string name, OpenDirectory modelDirectory, string model, in Fingerprint modelPrint)
    {
        string? shortfall = null;
        var mine = Look(name);
        if ((mine.Owner != modelPrint.Owner || mine.Group != modelPrint.Group)
            && LinuxCalls.ChangeOwnerAt(_handle, name, modelPrint.Owner, modelPrint.Group, LinuxCalls.AtSymlinkNoFollow) != 0
            && (mine.Group == modelPrint.Group
                || LinuxCalls.ChangeOwnerAt(_handle, name, uint.MaxValue, modelPrint.Group, LinuxCalls.AtSymlinkNoFollow) != 0))
        {
            shortfall = "its owner or group could not be kept";
        }

        if (modelPrint.Kind != FileKind.File)
        {
            return shortfall;
        }

        using var from = ((LinuxDirectory)modelDirectory).OpenRead(model);
        if (from is null)
        {
            return shortfall;
        }

        return ExtendedAttributes.Names(from) is { Count: > 0 } names
            ? CopyAttributes(from, name, names) ?? shortfall
            : shortfall;
    }

    /// <inheritdoc/>
    internal override MoveResult MoveNew(string name, OpenDirectory to, string toName) =>
        Rename(name, to, toName, LinuxCalls.RenameNoReplace);

    /// <inheritdoc/>
    internal override MoveResult Exchange(string name, OpenDirectory with, string withName) =>
        Rename(name, with, withName, LinuxCalls.RenameExchange);

    /// <inheritdoc/>
    internal override MoveResult MoveOver(string name, OpenDirectory to, string toName) => Rename(name, to, toName, 0);

    /// <inheritdoc/>
    internal override MoveResult HardLink(string name, OpenDirectory to, string toName) =>
        LinuxCalls.LinkAt(_handle, name, ((LinuxDirectory)to)._handle, toName, 0) == 0
            ? MoveResult.Done : Moved(Marshal.GetLastPInvokeError(), name, linking: true);

    /// <inheritdoc/>
    internal override OpenedDirectory Descend(string name) => Descend(name, LinuxCalls.OpenReadOnly);

    /// <inheritdoc/>
    internal override OpenedDirectory Pass(string name) => Descend(name, LinuxCalls.OpenPath);

    private OpenedDirectory Descend(string name, int how)
    {
        var handle = LinuxCalls.Open(_handle, name,
            how | LinuxCalls.OpenDirectory | LinuxCalls.OpenNoFollow | LinuxCalls.OpenNonBlocking);
        if (!handle.IsInvalid)
        {
            return new OpenedDirectory(FileKind.Directory, new LinuxDirectory(handle, At(name)));
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno switch
        {
            NoEntry => new OpenedDirectory(FileKind.Absent, null),
            NotDirectory or TooManyLinks => new OpenedDirectory(Look(name).Kind, null),
            _ => throw new StoreException(Errno.Error(errno, "open the directory", At(name))),
        };
    }

    /// <inheritdoc/>
    internal override bool IsWritable()
    {
        const int writeAndSearch = 2 | 1;
        return LinuxCalls.AccessAt(_handle, ".", writeAndSearch, 0x200 /* AT_EACCESS */) == 0;
    }

    /// <inheritdoc/>
    internal override bool ImposesOwnership()
    {
        const int setGroupId = 0x400;
        return (LookAtSelf().Permissions & setGroupId) != 0
            || ExtendedAttributes.Names(_handle).Contains("system.posix_acl_default");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _handle.Dispose();
        base.Dispose();
    }

    private string? CopyAttributes(SafeFileHandle from, string name, IReadOnlyList<string> names)
    {
        using var to = OpenRead(name);
        return to is null ? "its extended attributes could not be kept" : ExtendedAttributes.Copy(from, to, names);
    }

    private MoveResult Rename(string name, OpenDirectory to, string toName, uint flags) =>
        LinuxCalls.RenameAt2(_handle, name, ((LinuxDirectory)to).Handle, toName, flags) == 0
            ? MoveResult.Done : Moved(Marshal.GetLastPInvokeError(), name, linking: false);

    private MoveResult Moved(int errno, string name, bool linking) => errno switch
    {
        Exists or NotEmpty or IsDirectory => MoveResult.Taken,
        NoEntry or NotDirectory => MoveResult.Gone,
        CrossDevice => MoveResult.CrossDevice,
        Invalid or NotImplemented or NotSupported => MoveResult.Unsupported,
        1 when linking => MoveResult.Unsupported,
        _ => throw new StoreException(Errno.Error(errno, "rename", At(name))),
    };

    private Fingerprint Stat(string name)
    {
        if (LinuxCalls.Stat(_handle, name, out var stat) != 0)
        {
            return Marshal.GetLastPInvokeError() is NoEntry or NotDirectory ? Fingerprint.Absent : throw Failure("look at", name.Length == 0 ? _path : At(name));
        }

        return Print(stat);
    }

    private static Fingerprint Print(in LinuxCalls.Statx stat)
    {
        const int typeMask = 0xf000;
        var kind = (stat.Mode & typeMask) switch
        {
            0x8000 => FileKind.File,
            0xa000 => FileKind.Link,
            0x4000 => FileKind.Directory,
            _ => FileKind.Special,
        };
        return new Fingerprint(kind, (long)stat.Size, stat.Modified.Total, stat.Changed.Total,
            ((ulong)stat.DeviceMajor << 32) | stat.DeviceMinor, stat.Inode, stat.Mode & 0xfff, stat.Links,
            stat.Owner, stat.Group);
    }

    private string At(string name) => _path + "/" + name;

    private void Check(int result, string action, string name)
    {
        if (result != 0)
        {
            throw Failure(action, At(name));
        }
    }

    private static StoreException Failure(string action, string path) =>
        new(Errno.Error(Marshal.GetLastPInvokeError(), action, path));
}
