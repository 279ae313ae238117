using System.Diagnostics;
using System.Runtime.InteropServices;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Platform;

/// <summary>
/// Becomes another program: same process, same standard streams, same environment, so that whoever started us has nobody
/// between it and that program. Where the system cannot do that (or only Linux is known to), a child with our streams.
/// </summary>
public static partial class ReplacedProcess
{
    /// <summary>Becomes the program; on Linux it returns only by an exception.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">Without the program's name.</param>
    /// <returns>The exit code of the child, where there was one.</returns>
    /// <exception cref="StoreException">It cannot be started.</exception>
    public static int Become(string program, IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = execv(program, [program, .. arguments, null]);
            throw Errno.Exception(Marshal.GetLastPInvokeError(), "start", program);
        }

        try
        {
            using var child = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false });
            child!.WaitForExit();
            return child.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "cannot-start",
                $"{program} cannot be started: {cause.Message}"), cause);
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int execv(string path, string?[] arguments);
}
