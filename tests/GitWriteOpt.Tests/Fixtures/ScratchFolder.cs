using System.Globalization;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>
/// The folder of a run's repositories: in memory where the system has room there and nobody chose another
/// (<c>TMPDIR</c>), since on a slow disk it is the disk that most tests wait for. What is about disks mounts its own.
/// </summary>
internal static class ScratchFolder
{
    private const string Memory = "/dev/shm";
    private const string Prefix = "writeopt-tests-";
    private const long Room = 2L << 30;

    public static string Make()
    {
        var above = HasRoom() ? Memory : HermeticEnvironment.Disk;
        RemoveThoseOfTheDead(above);
        return Directory.CreateDirectory(
            Path.Combine(above, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}")).FullName;
    }

    private static bool HasRoom()
    {
        try
        {
            return OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("TMPDIR") is not { Length: > 0 }
                && File.ReadLines("/proc/self/mounts").LastOrDefault(line => line.Split(' ')[1] == Memory) is { } mount
                && !mount.Split(' ')[3].Split(',').Any(option => option is "ro" or "noexec")
                && new DriveInfo(Memory).AvailableFreeSpace > Room
                && (File.GetUnixFileMode(Memory) & UnixFileMode.OtherWrite) != 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // A run that was killed could not clear away, and memory is dear.
    private static void RemoveThoseOfTheDead(string above)
    {
        foreach (var left in Directory.EnumerateDirectories(above, Prefix + "*"))
        {
            var owner = Path.GetFileName(left)[Prefix.Length..].Split('-')[0];
            if (OperatingSystem.IsLinux() && int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                && !Directory.Exists("/proc/" + owner))
            {
                try
                {
                    Directory.Delete(left, recursive: true);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // Another user's: theirs to remove.
                }
            }
        }
    }
}
