using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>A stream to copy a child's output into: hands it on line by line, so that its length does not matter.</summary>
internal sealed class LineSink(LineSink.LineAction line) : Stream
{
    private readonly List<byte> _rest = [];

    /// <summary>Takes one line, without its end.</summary>
    internal delegate void LineAction(ReadOnlySpan<char> line);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (int end; (end = buffer.IndexOf((byte)'\n')) >= 0; buffer = buffer[(end + 1)..])
        {
            if (_rest.Count == 0)
            {
                line(Encoding.UTF8.GetString(buffer[..end]));
                continue;
            }

            _rest.AddRange(buffer[..end]);
            line(Encoding.UTF8.GetString([.. _rest]));
            _rest.Clear();
        }

        _rest.AddRange(buffer);
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is held back but the beginning of a line.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
