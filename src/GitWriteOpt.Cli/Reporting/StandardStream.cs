using System.Runtime.InteropServices;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>
/// Standard output and standard error, written by write(2) on Linux. <see cref="Console"/>'s streams set up a terminal
/// and start a thread for its signals before their first byte; a <see cref="FileStream"/> writes at offsets of its own,
/// over what a child or the next command writes to the same file.
/// </summary>
internal sealed partial class StandardStream : WriteOnlyStream
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;

    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    /// <summary>Standard output.</summary>
    public static Stream Output() => OperatingSystem.IsLinux() ? new StandardStream(1) : Console.OpenStandardOutput();

    /// <summary>Standard error.</summary>
    public static Stream Error() => OperatingSystem.IsLinux() ? new StandardStream(2) : Console.OpenStandardError();

    /// <summary>Writes all of it; what a reader that is gone does not take is dropped, as by the console's streams.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written;
            fixed (byte* bytes = buffer)
            {
                written = WriteTo(_descriptor, bytes, buffer.Length);
            }

            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;
                case TryAgain:
                    // Somebody made the descriptor non-blocking for all who share it.
                    Thread.Sleep(1);
                    break;
                case BrokenPipe:
                    return;
                case var error:
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial nint WriteTo(int descriptor, byte* bytes, nint count);
}
