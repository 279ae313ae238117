using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>A stream to copy a child's output into: hands it on line by line, so that its length does not matter.</summary>
internal sealed class LineSink(LineSink.LineAction line) : WriteOnlyStream
{
    private readonly List<byte> _rest = [];

    /// <summary>Takes one line, without its end.</summary>
    internal delegate void LineAction(ReadOnlySpan<char> line);

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
}
