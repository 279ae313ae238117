using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace GitWriteOpt.Platform;

/// <summary>
/// Starts a program that outlives us: a session of its own, so that neither the terminal's signals nor our end reach it,
/// and nothing of our standard streams, so that nobody waits for it to close them. .NET's own start can do neither.
/// </summary>
public static partial class DetachedProcess
{
    private const int OpaqueBytes = 1024; // more than any C library's structures; glibc: 336 and 80
    private const int ReadWrite = 2;
    private static readonly short NewSession = OperatingSystem.IsMacOS() ? (short)0x400 : (short)0x80;

    /// <summary>Starts it; false where that was not possible, which is never worth more than a missed chance.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="environment">The whole environment, as <c>NAME=value</c>.</param>
    public static bool TryStart(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment) =>
        OperatingSystem.IsWindows() ? TryStartByShell(program, arguments)
            : Spawn(program, [program, .. arguments, null], [.. environment, null]);

    private static unsafe bool Spawn(string program, string?[] arguments, string?[] environment)
    {
        var actions = stackalloc byte[OpaqueBytes];
        var attributes = stackalloc byte[OpaqueBytes];
        if (posix_spawn_file_actions_init(actions) != 0 || posix_spawnattr_init(attributes) != 0)
        {
            return false;
        }

        try
        {
            for (var stream = 0; stream < 3; stream++)
            {
                if (posix_spawn_file_actions_addopen(actions, stream, "/dev/null", ReadWrite, 0) != 0)
                {
                    return false;
                }
            }

            return posix_spawnattr_setflags(attributes, NewSession) == 0
                && posix_spawn(out _, program, actions, attributes, arguments, environment) == 0;
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    private static bool TryStartByShell(string program, IReadOnlyList<string> arguments)
    {
        try
        {
            using var started = Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = true,
                WindowStyle = ProcessWindowStyle.Hidden,
            });
            return started is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int posix_spawn_file_actions_addopen(byte* actions, int stream, string path, int flags, uint mode);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int posix_spawnattr_init(byte* attributes);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int posix_spawnattr_setflags(byte* attributes, short flags);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int posix_spawnattr_destroy(byte* attributes);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int posix_spawn(out int process, string program, byte* actions, byte* attributes, string?[] arguments, string?[] environment);
}
