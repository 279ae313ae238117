using System.Globalization;
using System.Text.Json;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>
/// The learned commits in the tree: <c>commits/&lt;number&gt;.jsonl</c>, a line each, oldest first, so many a file, so that
/// adding a few rewrites one small file. The oldest file goes when the newest commits fill the window without it.
/// </summary>
internal static class CommitBlocks
{
    /// <summary>How many of the newest commits are kept, and up to a block more.</summary>
    internal const int Window = 5000;

    /// <summary>Their directory in the tree.</summary>
    internal const string Directory = "commits/";

    private const int BlockLength = 250;

    /// <summary>All learned commits, oldest first.</summary>
    /// <exception cref="JsonException">A line is damaged.</exception>
    internal static List<LearnedCommit> Read(PatternTree tree)
    {
        var commits = new List<LearnedCommit>(Window);
        foreach (var path in tree.Below(Directory))
        {
            commits.AddRange(Parse(tree.TryRead(path)!));
        }

        return commits;
    }

    /// <summary>The changes that write all commits anew.</summary>
    internal static void Write(IReadOnlyList<LearnedCommit> commits, PatternTree before, Dictionary<string, byte[]?> changes)
    {
        foreach (var path in before.Below(Directory))
        {
            changes[path] = null;
        }

        var number = 0;
        foreach (var block in commits.Chunk(BlockLength))
        {
            changes[PathOf(number++)] = Bytes([], block);
        }
    }

    /// <summary>The changes that add newer commits.</summary>
    /// <returns>How many commits are kept then.</returns>
    internal static int Append(
        IReadOnlyList<LearnedCommit> commits, int kept, PatternTree before, Dictionary<string, byte[]?> changes)
    {
        var paths = before.Below(Directory).ToList();
        var number = paths.Count == 0 ? 0 : NumberOf(paths[^1]);
        var last = paths.Count == 0 ? [] : before.TryRead(paths[^1])!;
        var room = BlockLength - last.Count(b => b == (byte)'\n');
        changes[PathOf(number)] = Bytes(last, commits.Take(room));
        foreach (var block in commits.Skip(room).Chunk(BlockLength))
        {
            changes[PathOf(++number)] = Bytes([], block);
        }

        var all = kept + commits.Count;
        foreach (var oldest in paths.TakeWhile(_ => all - BlockLength >= Window))
        {
            changes[oldest] = null;
            all -= BlockLength;
        }

        return all;
    }

    /// <summary>The lines of a file.</summary>
    internal static IEnumerable<LearnedCommit> Parse(byte[] file) => Lines(file).Select(Parse);

    /// <summary>A file's bytes, with these lines added.</summary>
    internal static byte[] Bytes(byte[] before, IEnumerable<LearnedCommit> commits)
    {
        using var bytes = new MemoryStream();
        bytes.Write(before);
        foreach (var commit in commits)
        {
            JsonSerializer.Serialize(bytes, ToLine(commit), PatternJson.Readable.CommitLine);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    private static CommitLine ToLine(LearnedCommit commit)
    {
        var renames = commit.Changes.Where(c => c.From is not null).Select(c => new[] { c.From!, c.Path }).ToArray();
        var made = (commit.Group?.Added ?? []).Select(f => new[] { f.Path, f.Blob.ToString() }).ToArray();
        var edited = (commit.Group?.Edited ?? []).Select(f => new[] { f.Path, f.Before.ToString(), f.After.ToString() }).ToArray();
        var elsewhere = made.Concat(edited).Select(f => f[0]).ToHashSet(StringComparer.Ordinal);
        return new CommitLine(commit.Id, commit.Time, Paths('A'), Paths('M'), Paths('D'), renames.Length > 0 ? renames : null,
            commit.IsWide ? true : null)
        {
            Made = made.Length > 0 ? made : null,
            Edited = edited.Length > 0 ? edited : null,
            By = commit.Author,
        };

        string[]? Paths(char kind) => commit.Changes.Where(c => c.Kind == kind && c.From is null && !elsewhere.Contains(c.Path))
            .Select(c => c.Path).ToArray() is { Length: > 0 } some ? some : null;
    }

    private static LearnedCommit Parse(ReadOnlyMemory<byte> bytes)
    {
        var line = JsonSerializer.Deserialize(bytes.Span, PatternJson.Default.CommitLine);
        if (line is not { Commit: not null } || line.Renamed?.All(pair => pair is [_, _]) == false
            || line.Made?.All(file => file is [_, _]) == false || line.Edited?.All(file => file is [_, _, _]) == false)
        {
            throw new JsonException("a line of a commit lacks what it should have");
        }

        return new LearnedCommit(line.Commit, line.Time,
        [
            .. (line.Deleted ?? []).Select(path => new LearnedChange('D', path)),
            .. (line.Renamed ?? []).Select(pair => new LearnedChange('R', pair[1], pair[0])),
            .. (line.Added ?? []).Select(path => new LearnedChange('A', path)),
            .. (line.Made ?? []).Select(file => new LearnedChange('A', file[0])),
            .. (line.Modified ?? []).Select(path => new LearnedChange('M', path)),
            .. (line.Edited ?? []).Select(file => new LearnedChange('M', file[0])),
        ])
        {
            IsWide = line.Wide == true,
            Author = line.By,
            Group = line.Made is null ? null : GroupOf(line),
        };
    }

    private static Templates.AddedGroup GroupOf(CommitLine line) => new(line.Commit, line.Time,
        [.. line.Made!.Select(file => new Templates.AddedFile(file[0], Blob(file[1])))],
        [.. (line.Edited ?? []).Select(file => new Templates.EditedFile(file[0], Blob(file[1]), Blob(file[2])))]);

    private static ObjectId Blob(string hex) =>
        ObjectId.TryParse(hex, out var id) ? id : throw new JsonException($"\"{hex}\" is not an object id");

    private static List<ReadOnlyMemory<byte>> Lines(byte[] file)
    {
        var lines = new List<ReadOnlyMemory<byte>>(BlockLength);
        for (var rest = file.AsMemory(); !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            lines.Add(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return lines;
    }

    private static string PathOf(int number) => Directory + number.ToString("D6", CultureInfo.InvariantCulture) + ".jsonl";

    private static int NumberOf(string path) =>
        int.TryParse(path.AsSpan(Directory.Length, 6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new JsonException($"\"{path}\" is not a name of ours");
}
