using System.Runtime.Versioning;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Makes files in <c>objects/pack</c> as git does: under a <c>tmp_</c> name, which <c>git gc</c> sweeps where we died,
/// read-only, with the permissions of <c>core.sharedRepository</c>.
/// </summary>
/// <param name="layout">The repository.</param>
/// <param name="owner">Who writes: a worktree's token, so that its recovery knows what it left; empty for nobody.</param>
internal sealed class PackDirectory(RepositoryLayout layout, string owner = "")
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The directory's absolute path.</summary>
    public string Path { get; } = layout.ObjectsDirectory + "/pack";

    /// <summary>
    /// Where files have their temporary names: our own directory, which no <c>git prune</c> sweeps, where that is on the
    /// file system of the objects; otherwise beside the packs.
    /// </summary>
    public string TemporaryDirectory { get; } = Beside(layout);

    /// <summary>The first line of keep files.</summary>
    public string KeepReason { get; } = $"{WrittenPack.KeepReason} {owner}".TrimEnd();

    /// <summary>Makes a new, empty file under a random temporary name.</summary>
    /// <param name="prefix"><c>tmp_pack_</c> or <c>tmp_idx_</c>.</param>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public FileStream CreateTemporary(string prefix)
    {
        var path = $"{TemporaryDirectory}/{prefix}{OwnPacks.TemporaryMark}{owner}_{Guid.NewGuid():N}";
        return Create(path) ?? throw new StoreException(
            new WriteError(ErrorCategory.System, "already-exists", $"\"{path}\" is there already") { Path = path });
    }

    /// <summary>
    /// Makes a new file with this content; false where the name is taken. The name appears with all of the content: a
    /// kill in between would leave an empty keep file that says nobody's name, and so would stay for ever.
    /// </summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        using var complete = CreateTemporary("tmp_keep_");
        try
        {
            Write(complete.SafeFileHandle, content, 0, complete.Name);
            return HardLink.Make(complete.Name, path) switch
            {
                LinkAttempt.Made => true,
                LinkAttempt.Exists => false,
                _ => TryCreateInPlace(path, content),
            };
        }
        finally
        {
            TryDelete(complete.Name);
        }
    }

    // Where there are no hard links, or to get the error that linking hides (no directory, no space).
    private bool TryCreateInPlace(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(path);
        if (file is null)
        {
            return false;
        }

        try
        {
            Write(file.SafeFileHandle, content, 0, path);
            return true;
        }
        catch (StoreException)
        {
            TryDelete(path);
            throw;
        }
    }

    /// <summary>Writes all bytes at an offset.</summary>
    /// <exception cref="StoreException">The disk did not take them.</exception>
    public static void Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, long offset, string path)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", path);
        }
    }

    /// <summary>Gives a temporary file its name.</summary>
    /// <exception cref="StoreException">It cannot be renamed (a <c>git gc --prune=now</c> may have removed it).</exception>
    public static void Publish(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "rename", temporary);
        }
    }

    /// <summary>Deletes a file where that is possible: clearing up after a failure that is reported itself.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Left for git gc; the failure that led here is the one to report.
        }
    }

    private static string Beside(RepositoryLayout layout)
    {
        var own = layout.CommonDirectory + "/writeopt";
        return OperatingSystem.IsLinux() && PathStatus.Read(own, follow: true, out var here) == 0
            && PathStatus.Read(layout.ObjectsDirectory + "/pack", follow: true, out var there) == 0
            && here.Device == there.Device
            ? own : layout.ObjectsDirectory + "/pack";
    }

    private FileStream? Create(string path)
    {
        try
        {
            return OpenNew(path);
        }
        catch (DirectoryNotFoundException)
        {
            MakeDirectory();
            return CreateAgain(path);
        }
        catch (IOException cause) when (Faults.Of(Errno.Of(cause)) == Fault.Exists)
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "create", path);
        }
    }

    private FileStream CreateAgain(string path)
    {
        try
        {
            return OpenNew(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "create", path);
        }
    }

    private void MakeDirectory()
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "create", Path);
        }

        // Or a power cut would lose the directory, with the pack that was synced into it.
        Sync.Directory(layout.ObjectsDirectory);
    }

    private FileStream OpenNew(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete, // No flock, which network file systems may lack.
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ReadOnly;
        }

        var file = new FileStream(path, options);
        if (layout.SharedMode != 0 && !OperatingSystem.IsWindows())
        {
            Share(file);
        }

        return file;
    }

    // As git's adjust_shared_perm for a read-only file: a negative mode replaces, a positive one adds.
    [UnsupportedOSPlatform("windows")]
    private void Share(FileStream file)
    {
        var shared = (UnixFileMode)Math.Abs(layout.SharedMode) & ReadOnly;
        try
        {
            File.SetUnixFileMode(file.SafeFileHandle,
                layout.SharedMode < 0 ? shared : File.GetUnixFileMode(file.SafeFileHandle) | shared);
        }
        catch
        {
            file.Dispose();
            TryDelete(file.Name);
            throw;
        }
    }
}
