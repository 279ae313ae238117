using System.Globalization;
using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>The output of a command, both streams as they come, in a file that is kept where the command fails.</summary>
internal sealed class VerifyLog : WriteOnlyStream
{
    private const int MostLogs = 10;
    private const long MostBytes = 64L << 20;
    private const int TailBytes = 16 << 10;
    private const int TailLines = 20;

    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly byte[] _ring = new byte[TailBytes];
    private long _seen;
    private bool _closed;

    private VerifyLog(FileStream file) => _file = file;

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Begins one in a directory, of which the newest ten stay.</summary>
    /// <exception cref="Errors.StoreException">It cannot be made.</exception>
    public static VerifyLog Open(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var old in Directory.GetFiles(directory, "*.log").Order(StringComparer.Ordinal).SkipLast(MostLogs - 1))
            {
                File.Delete(old);
            }

            var name = DateTime.UtcNow.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
            return new VerifyLog(new FileStream($"{directory}/{name}-{Environment.ProcessId}.log", FileMode.CreateNew, FileAccess.Write));
        }
        catch (Exception cause) when (Errno.IsOfFileApi(cause))
        {
            throw Errno.Exception(cause, "keep the output of the command in", directory);
        }
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return; // a process that outlived its killed parent
            }

            if (_seen < MostBytes)
            {
                _file.Write(buffer);
            }

            foreach (var b in buffer.Length > TailBytes ? buffer[^TailBytes..] : buffer)
            {
                _ring[_seen++ % TailBytes] = b;
            }
        }
    }

    /// <summary>The last lines.</summary>
    public IReadOnlyList<string> Tail()
    {
        lock (_gate)
        {
            var length = (int)Math.Min(_seen, TailBytes);
            var bytes = Enumerable.Range(0, length).Select(i => _ring[(_seen - length + i) % TailBytes]).ToArray();
            return [.. Encoding.UTF8.GetString(bytes).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0).TakeLast(TailLines)];
        }
    }

    /// <summary>Forgets it: the command passed.</summary>
    public void Drop()
    {
        Dispose();
        File.Delete(Path);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _closed = true;
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
