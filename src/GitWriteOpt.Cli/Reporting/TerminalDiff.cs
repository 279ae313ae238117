using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>
/// A diff on its way to a terminal, line by line: what controls a terminal or reorders text is escaped, as it could come
/// from any file, and the colours are our own, since git's could not be told from those of a file.
/// </summary>
internal sealed class TerminalDiff(Stream terminal, bool colour) : WriteOnlyStream
{
    private const int LongestLine = 1 << 20;
    private readonly MemoryStream _line = new();
    private bool _inHunk;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.IndexOf((byte)'\n') is var end and >= 0)
        {
            _line.Write(buffer[..end]);
            PrintLine("\n");
            buffer = buffer[(end + 1)..];
        }

        _line.Write(buffer);
        if (_line.Length > LongestLine)
        {
            PrintLine("");
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_line.Length > 0)
        {
            PrintLine("");
        }

        terminal.Flush();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _line.Dispose();
        base.Dispose(disposing);
    }

    private void PrintLine(string end)
    {
        var text = Encoding.UTF8.GetString(_line.GetBuffer(), 0, (int)_line.Length);
        _line.SetLength(0);
        var code = Code(text);
        text = Quoting.Text(text);
        terminal.Write(Encoding.UTF8.GetBytes(colour && code.Length > 0 ? $"\e[{code}m{text}\e[m{end}" : text + end));
    }

    // git's default colours. Within a hunk the first character tells; a line of a file never stands first.
    private string Code(string line)
    {
        _inHunk = line.StartsWith("@@", StringComparison.Ordinal)
            || (_inHunk && !line.StartsWith("diff ", StringComparison.Ordinal));
        return !_inHunk ? "1" : line.Length == 0 ? "" : line[0] switch
        {
            '@' => "36",
            '+' => "32",
            '-' => "31",
            _ => "",
        };
    }
}
