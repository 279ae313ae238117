using System.Runtime.InteropServices;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Metrics;

/// <summary>
/// A file that is only appended to, a call a record, so that records of several processes do not mix: the kernel moves to
/// the end and writes in one step (O_APPEND), which .NET's <see cref="FileMode.Append"/> does not ask it for. A disk that
/// is full can cut a record; the next one begins in the same line then.
/// </summary>
internal sealed class TraceFile : IDisposable
{
    private const int OpenAppend = 0x400;
    private const uint ReadableByAll = 0x1b6; // before the umask, as git's

    private readonly SafeFileHandle? _handle;
    private readonly FileStream? _stream;

    private TraceFile(SafeFileHandle? handle, FileStream? stream) => (_handle, _stream) = (handle, stream);

    /// <summary>How long it is, in bytes.</summary>
    /// <exception cref="IOException">It cannot be told.</exception>
    internal long Length => _stream?.Length ?? RandomAccess.GetLength(_handle!);

    /// <summary>Opens it, and makes it where it is not there.</summary>
    /// <exception cref="IOException">That is not possible.</exception>
    internal static TraceFile Append(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new TraceFile(null, new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        }

        var handle = LinuxCalls.Open(null, path, LinuxCalls.OpenWriteOnly | LinuxCalls.OpenCreate | OpenAppend | LinuxCalls.OpenCloseOnExec
            | LinuxCalls.OpenNonBlocking, ReadableByAll);
        if (handle.IsInvalid)
        {
            var errno = Marshal.GetLastPInvokeError();
            handle.Dispose();
            throw new IOException(Marshal.GetPInvokeErrorMessage(errno));
        }

        return new TraceFile(handle, null);
    }

    /// <summary>Appends a record in one call.</summary>
    /// <exception cref="IOException">It was not taken, or not as a whole.</exception>
    internal unsafe void Write(ReadOnlySpan<byte> record)
    {
        if (_stream is not null)
        {
            _stream.Write(record);
            return;
        }

        fixed (byte* bytes = record)
        {
            nint written;
            do
            {
                written = LinuxCalls.Write(_handle!, bytes, record.Length);
            }
            while (written < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
            if (written != record.Length)
            {
                throw new IOException(written < 0 ? Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()) : "the disk is full");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _handle?.Dispose();
        _stream?.Dispose();
    }
}
