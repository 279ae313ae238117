using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Parses <c>git log -z --raw --format=...</c> as it comes: pieces that end with NUL. A piece that begins with
/// <c>0x01</c> is a commit; one that begins with <c>:</c> a change, after which its one or two paths follow, so that no
/// name of a file can be taken for anything else.
/// </summary>
internal sealed class HistoryParser(Stream output)
{
    /// <summary>What <c>--format</c> has to be: id, parents, time, author, subject.</summary>
    internal const string Format = "%x01%H%x01%P%x01%at%x01%an <%ae>%x01%s";

    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The commits, in the order of the stream.</summary>
    /// <exception cref="StoreException">It is not what git prints.</exception>
    internal IEnumerable<HistoryCommit> Commits()
    {
        HistoryCommit? commit = null;
        var changes = new List<HistoryChange>();
        while (NextText() is { } piece)
        {
            if (piece.StartsWith('\u0001'))
            {
                if (commit is not null)
                {
                    yield return commit with { Changes = changes };
                    changes = [];
                }

                commit = Header(piece);
            }
            else if (piece.TrimStart('\n') is { Length: > 0 } line)
            {
                changes.Add(Change(line));
            }
        }

        if (commit is not null)
        {
            yield return commit with { Changes = changes };
        }
    }

    private static HistoryCommit Header(string piece)
    {
        if (piece.Split('\u0001', 6) is [_, var id, var parents, var time, var author, var subject]
            && ObjectId.TryParse(id, out var commit))
        {
            // A time that is none is 1970, as git shows it.
            return new HistoryCommit(commit,
                [.. parents.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ObjectId.Parse)], author,
                long.TryParse(time, out var seconds) && seconds is > -62135596800 and < 253402300800
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch, subject, []);
        }

        throw Unexpected(piece);
    }

    private HistoryChange Change(string line)
    {
        // ":<mode> <mode> <id> <id> <status>[<score>]"
        if (line.Split(' ') is not [[':', .. var oldMode], var mode, var oldBlob, var blob, [var letter, ..]]
            || !ObjectId.TryParse(oldBlob, out var before) || !ObjectId.TryParse(blob, out var after))
        {
            throw Unexpected(line);
        }

        var status = letter switch
        {
            'A' => HistoryStatus.Added,
            'D' => HistoryStatus.Deleted,
            'R' => HistoryStatus.Renamed,
            'C' => HistoryStatus.Copied,
            'T' => HistoryStatus.TypeChanged,
            _ => HistoryStatus.Modified,
        };
        var from = status is HistoryStatus.Renamed or HistoryStatus.Copied ? NextText() ?? throw Unexpected(line) : null;
        var path = NextText() ?? throw Unexpected(line);
        return new HistoryChange(status, path, from, Convert.ToInt32(oldMode, 8), Convert.ToInt32(mode, 8), before, after);
    }

    private string? NextText()
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            if (rest.IndexOf((byte)0) is var nul and >= 0)
            {
                _start += nul + 1;
                return Encoding.UTF8.GetString(rest[..nul]);
            }

            rest.CopyTo(_buffer);
            (_start, _end) = (0, rest.Length);
            if (_end == _buffer.Length)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }

            var read = output.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                // The last piece may lack its NUL where git was cut off; it is not whole then.
                return null;
            }

            _end += read;
        }
    }

    private static StoreException Unexpected(string piece) => new(new WriteError(ErrorCategory.System, "git-answer",
        $"git log printed \"{piece[..Math.Min(piece.Length, 80)]}\" where a commit or a change was expected"));
}
