using System.Globalization;
using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The right, slower way to read an index that is not ours to read (version 4, split, sparse, unknown extensions): git
/// lists it, sparse directories expanded, and the list is turned into the form that is searched.
/// </summary>
internal static class IndexListing
{
    // In-memory flag bits that `ls-files --debug` prints (git's read-cache.h).
    private const long Valid = 0x8000;
    private const long IntentToAdd = 1L << 29;
    private const long SkipWorktree = 1L << 30;

    /// <summary>Lists the index through git.</summary>
    /// <exception cref="StoreException">git could not read it either, or answered in an unknown form.</exception>
    public static IndexBytes Read(RepositoryLayout layout)
    {
        ReadOnlyMemory<byte> output = new GitProcess(layout) { WorkingDirectory = layout.WorktreeRoot }
            .Run(["ls-files", "-z", "--stage", "--debug"]).Output;
        var rows = new List<IndexRow>();
        while (!output.IsEmpty)
        {
            rows.Add(Row(ref output));
        }

        var bytes = IndexWriter.Bytes(rows, layout.ObjectFormat);
        return IndexBytes.TryRead(bytes, layout.ObjectFormat, layout.IndexFile, out var objection)
            ?? throw Unreadable(objection);
    }

    // "<mode> <id> <stage>\t<path>\0", then five lines: ctime, mtime, dev and ino, uid and gid, size and flags.
    private static IndexRow Row(ref ReadOnlyMemory<byte> rest)
    {
        var tab = rest.Span.IndexOf((byte)'\t');
        var end = rest.Span.IndexOf((byte)0);
        if (tab < 0 || end < tab)
        {
            throw Unreadable("an entry has no path");
        }

        var fields = Encoding.ASCII.GetString(rest.Span[..tab]).Split(' ');
        var name = rest[(tab + 1)..end];
        rest = rest[(end + 1)..];
        var figures = new List<string>();
        for (var line = 0; line < 5; line++)
        {
            var newline = rest.Span.IndexOf((byte)'\n');
            if (newline < 0)
            {
                throw Unreadable("an entry has no figures");
            }

            figures.AddRange(Encoding.ASCII.GetString(rest.Span[..newline])
                .Split([' ', ':', '\t'], StringSplitOptions.RemoveEmptyEntries));
            rest = rest[(newline + 1)..];
        }

        // ctime S N mtime S N dev D ino I uid U gid G size S flags F
        if (fields.Length != 3 || figures.Count != 18 || figures[16] != "flags"
            || !ObjectId.TryParse(fields[1], out var id))
        {
            throw Unreadable("an entry has an unknown form");
        }

        var flags = long.Parse(figures[17], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new IndexRow(name, Convert.ToInt32(fields[0], 8), id)
        {
            Stage = fields[2][0] - '0',
            Flags = ((flags & Valid) != 0 ? IndexFlags.AssumeUnchanged : 0)
                | ((flags & SkipWorktree) != 0 ? IndexFlags.SkipWorktree : 0)
                | ((flags & IntentToAdd) != 0 ? IndexFlags.IntentToAdd : 0),
            Stat = new IndexStat(
                (Number(figures[1]) * 1_000_000_000) + Number(figures[2]),
                (Number(figures[4]) * 1_000_000_000) + Number(figures[5]),
                (uint)Number(figures[7]), (uint)Number(figures[9]), (uint)Number(figures[11]),
                (uint)Number(figures[13]), (uint)Number(figures[15])),
        };
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static StoreException Unreadable(string why) =>
        new(new WriteError(ErrorCategory.System, "index-unreadable", $"git's list of the index could not be read: {why}")
        {
            Suggestion = "run `git ls-files --stage --debug` to see it, and `git --version` to see which git answers",
        });
}
