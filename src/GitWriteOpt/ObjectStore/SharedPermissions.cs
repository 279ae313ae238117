using System.Runtime.Versioning;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// <c>core.sharedRepository</c>: which permission bits a file or directory in the git directory gets, so that the other
/// members of a group can go on working there. Follows <c>calc_shared_perm</c> of git's <c>path.c</c>.
/// </summary>
public static class SharedPermissions
{
    private const int SetGroup = 0x400; // 02000

    /// <summary>The bits that a value of <c>core.sharedRepository</c> asks for; 0 for those of the umask.</summary>
    /// <returns>Null where the value is not one.</returns>
    public static (int Mode, bool IsExact)? Parse(string? value)
    {
        switch (value?.ToLowerInvariant())
        {
            case null or "umask":
                return (0, false);
            case "group":
                return (0x1b0, false); // 0660
            case "all" or "world" or "everybody":
                return (0x1b4, false); // 0664
            default:
                return ConfigValue.TryBool(value, out var truth) && !IsNumber(value) ? (truth ? 0x1b0 : 0, false) : Octal(value);
        }
    }

    /// <summary>The mode that a file or directory should have, given the one that it was created with.</summary>
    public static int Adjusted(RepositoryLayout layout, int mode, bool isDirectory)
    {
        var bits = layout.SharedMode;
        if (bits == 0)
        {
            return mode;
        }

        bits &= (mode & 0x80) == 0 ? ~0x92 : ~0; // a read-only file stays so: not 0222
        bits |= (mode & 0x40) != 0 ? (bits & 0x124) >> 2 : 0; // what may be read may be executed or entered
        mode = layout.SharedModeIsExact ? (mode & ~0x1ff) | bits : mode | bits;
        return !isDirectory ? mode : mode | ((mode & 0x124) >> 2) | ((mode & 0x30) != 0 ? SetGroup : 0);
    }

    /// <summary>Gives a path in the git directory the bits it should have. Nothing to do on Windows.</summary>
    public static void Apply(RepositoryLayout layout, string path, bool isDirectory)
    {
        if (layout.SharedMode != 0 && !OperatingSystem.IsWindows())
        {
            Change(layout, path, isDirectory);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void Change(RepositoryLayout layout, string path, bool isDirectory)
    {
        var mode = (int)File.GetUnixFileMode(path);
        var wanted = Adjusted(layout, mode, isDirectory);
        if (wanted != mode)
        {
            File.SetUnixFileMode(path, (UnixFileMode)wanted);
        }
    }

    private static bool IsNumber(string? value) => value is { Length: > 0 } && value.All(char.IsAsciiDigit);

    private static (int Mode, bool IsExact)? Octal(string? value)
    {
        if (!IsNumber(value) || value!.Length > 6 || value.Any(c => c > '7'))
        {
            return null;
        }

        var number = Convert.ToInt32(value, 8);
        return number switch
        {
            0 => (0, false),
            1 => (0x1b0, false),
            2 => (0x1b4, false),
            _ when (number & 0x180) != 0x180 => null, // git insists on 0600
            _ => (number & 0x1b6, true),
        };
    }
}
