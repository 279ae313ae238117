using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sessions;

/// <summary>
/// The whole worktree at one moment, as its commit tells it: the tree of raw bytes; the permission bits, the index's tree
/// and what was left out in trailers. Its first parent's tree is the index's, so that gc keeps that too.
/// </summary>
internal sealed record Snapshot
{
    /// <summary>The id.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>Its commit.</summary>
    public required ObjectId Commit { get; init; }

    /// <summary>The tree of the worktree's raw bytes.</summary>
    public required ObjectId Tree { get; init; }

    /// <summary>The tree that the index stood for.</summary>
    public required ObjectId IndexTree { get; init; }

    /// <summary>The first line of its message.</summary>
    public required string Subject { get; init; }

    /// <summary>When it was made, to the second.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The token of the worktree that it was made in.</summary>
    public required string? Worktree { get; init; }

    /// <summary>The session that it belongs to, or null.</summary>
    public string? Session { get; init; }

    /// <summary>What was not taken in.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    /// <summary>Repositories inside this one.</summary>
    public IReadOnlyList<string> Nested { get; init; } = [];

    /// <summary>Files that are never shared.</summary>
    public IReadOnlyList<string> Private { get; init; } = [];

    /// <summary>Paths that <c>forget</c> took out of it: what was there is not known any more.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];

    /// <summary>The permission bits of plain and of executable files unless said otherwise.</summary>
    public required (int Plain, int Executable) UsualPermissions { get; init; }

    /// <summary>The permission bits of the others, by path.</summary>
    public required IReadOnlyDictionary<string, int> OddPermissions { get; init; }

    /// <summary>What the snapshot has at a path, as a transaction would record it.</summary>
    internal RecordedState State(RepoPath path, int mode, ObjectId blob) => new(mode, blob, mode == RecordedState.LinkMode ? 0x1ff
        : OddPermissions.TryGetValue(path.Value, out var odd) ? odd
        : mode == RecordedState.ExecutableMode ? UsualPermissions.Executable : UsualPermissions.Plain);

    /// <summary>The trailers that a survey needs.</summary>
    internal static IEnumerable<Trailer> Trailers(Survey survey)
    {
        yield return new(SnapshotTrailers.UsualModes,
            Octal(survey.UsualPermissions.Plain) + " " + Octal(survey.UsualPermissions.Executable));
        foreach (var (path, permissions) in survey.OddPermissions)
        {
            yield return new(TransactionTrailers.Mode, $"10{Octal(permissions)} {QuotedPath.Encode(path)}");
        }

        foreach (var left in survey.LeftOut)
        {
            yield return new(SnapshotTrailers.LeftOut, string.Create(CultureInfo.InvariantCulture,
                $"{left.Bytes} {left.ModifiedNanoseconds} {left.Reason} {QuotedPath.Encode(left.Path)}"));
        }

        foreach (var nested in survey.Nested)
        {
            yield return new(SnapshotTrailers.Nested, QuotedPath.Encode(nested));
        }

        foreach (var kept in survey.Private)
        {
            yield return new(SnapshotTrailers.Private, QuotedPath.Encode(kept));
        }
    }

    /// <summary>Reads a snapshot's or a checkpoint's commit.</summary>
    /// <exception cref="StoreException">It is missing, damaged, or none of ours.</exception>
    internal static Snapshot Read(ObjectReader objects, ObjectId id)
    {
        var commit = objects.ReadCommit(id);
        try
        {
            var usual = commit.Trailer(SnapshotTrailers.UsualModes)!.Split(' ');
            return new Snapshot
            {
                Id = TransactionId.Parse(commit.Trailer(TransactionTrailers.Id)!),
                Commit = id,
                Tree = commit.Tree,
                IndexTree = objects.ReadCommit(commit.Parents[0]).Tree,
                Subject = commit.Subject,
                Time = commit.AuthorDate,
                Worktree = commit.Trailer(TransactionTrailers.Worktree),
                Session = commit.Trailer(TransactionTrailers.Session),
                UsualPermissions = (Convert.ToInt32(usual[0], 8), Convert.ToInt32(usual[1], 8)),
                OddPermissions = Values(commit, TransactionTrailers.Mode).Select(v => v.Split(' ', 2))
                    .ToDictionary(v => QuotedPath.Decode(v[1]), v => Convert.ToInt32(v[0], 8) & 0xfff, StringComparer.Ordinal),
                LeftOut = [.. Values(commit, SnapshotTrailers.LeftOut).Select(Left)],
                Nested = [.. Values(commit, SnapshotTrailers.Nested).Select(QuotedPath.Decode)],
                Forgotten = [.. Values(commit, TransactionTrailers.Forgotten).Select(QuotedPath.Decode)],
                Private = [.. Values(commit, SnapshotTrailers.Private).Select(QuotedPath.Decode)],
            };
        }
        catch (Exception cause) when (cause is FormatException or NullReferenceException or IndexOutOfRangeException
            or ArgumentException or OverflowException)
        {
            throw new StoreException(new WriteError(ErrorCategory.Format, "damaged-snapshot",
                $"the commit {id} is no snapshot that can be read"), cause);
        }
    }

    private static IEnumerable<string> Values(CommitObject commit, string key) =>
        commit.Trailers.Where(t => t.Key == key).Select(t => t.Value);

    private static LeftOut Left(string value)
    {
        var parts = value.Split(' ', 4);
        return new LeftOut(QuotedPath.Decode(parts[3]), long.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
    }

    private static string Octal(int bits) => Convert.ToString(bits, 8).PadLeft(4, '0');
}
