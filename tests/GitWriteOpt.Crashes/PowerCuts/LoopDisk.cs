using GitWriteOpt.Crashes.Scenarios;

namespace GitWriteOpt.Crashes.PowerCuts;

/// <summary>
/// A file system in a file, mounted through a loop device. What a power cut would leave is a copy of that file: what the
/// kernel holds in memory is not in it. The process must have a mount namespace of its own, with which all mounts go.
/// </summary>
internal sealed class LoopDisk : IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly Hermetic _hermetic;
    private readonly string _image;
    private readonly string _copy;
    private readonly string _second;

    private LoopDisk(Hermetic hermetic, string folder)
    {
        _hermetic = hermetic;
        (_image, _copy, Root, _second) = (folder + "/image", folder + "/copy", folder + "/disk", folder + "/after");
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(_second);
    }

    /// <summary>Where it is mounted.</summary>
    internal string Root { get; }

    /// <summary>Where a copy is mounted after a power cut.</summary>
    internal string AfterPowerCut => _second;

    /// <summary>Those that are tried, with a size that holds every scenario.</summary>
    internal static IReadOnlyList<(string Kind, int Megabytes)> Kinds { get; } = [("ext4", 320), ("xfs", 320), ("btrfs", 320)];

    /// <summary>Why loop devices cannot be used, or null where they can.</summary>
    internal static string? Unavailable(Hermetic hermetic, string kind) => !Environment.IsPrivilegedProcess
        ? "only root may mount"
        : hermetic.Run("/", "sh", "-c", $"command -v mkfs.{kind} && command -v losetup").ExitCode != 0
            ? $"mkfs.{kind} or losetup is missing" : null;

    /// <summary>Makes and mounts one.</summary>
    /// <exception cref="InvalidOperationException">It cannot be made or mounted.</exception>
    internal static LoopDisk Make(Hermetic hermetic, string folder, string kind, int megabytes)
    {
        var disk = new LoopDisk(hermetic, folder);
        using (var image = File.Create(disk._image))
        {
            image.SetLength(megabytes * Megabyte);
        }

        hermetic.Must("/", "sh", "-c", $"mkfs.{kind} -q \"$1\"", "sh", disk._image);

        // Direct where the file below allows it: then nothing lies between the block device and the file.
        var device = hermetic.Run("/", "losetup", "--direct-io=on", "--find", "--show", disk._image);
        var name = device.ExitCode == 0 ? device.Output.Trim()
            : hermetic.Must("/", "losetup", "--find", "--show", disk._image).Trim();
        hermetic.Must("/", "mount", name, disk.Root);
        hermetic.Must("/", "losetup", "--detach", name); // with the mount, which is the last to use it
        return disk;
    }

    /// <summary>Makes all that was written so far durable.</summary>
    internal void Sync() => _hermetic.Must("/", "sync", "-f", Root);

    /// <summary>What would be there if the power were cut now, mounted at <see cref="AfterPowerCut"/>.</summary>
    internal void CutPower()
    {
        _hermetic.Must("/", "cp", "--sparse=always", _image, _copy);
        _hermetic.Must("/", "mount", "-o", IsXfs() ? "loop,nouuid" : "loop", _copy, _second);
    }

    /// <summary>Puts that copy away.</summary>
    internal void Discard() => _hermetic.Must("/", "umount", _second);

    /// <inheritdoc/>
    public void Dispose() => _hermetic.Must("/", "umount", Root);

    private bool IsXfs() => new DriveInfo(Root).DriveFormat == "xfs";
}
