using System.Globalization;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Reads the commit history with what each commit changed, renames followed, as one <c>git log --raw -M</c> gives it:
/// streaming, one commit in memory at a time, in bare, shallow, partial and sha256 repositories.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="Read(HistoryQuery)"/>, enumerate (stopping early ends git), then look at
/// <see cref="CutOffBy"/>. In a partial clone nothing is fetched: renames are then found by equal blobs alone, and the
/// history ends where trees are missing. Not thread-safe.
/// </remarks>
public sealed class HistoryReader(RepositoryLayout layout, GitConfig config)
{
    private readonly Lazy<bool> _partial = new(() => config.Get("extensions.partialClone") is not null
        || config.Keys("remote.").Any(key => key.EndsWith(".promisor", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Why the last reading ended before the history did (git's words, in a partial clone), or null.</summary>
    public string? CutOffBy { get; private set; }

    /// <summary>The commits of a query.</summary>
    /// <exception cref="StoreException">git failed, while enumerating.</exception>
    public IEnumerable<HistoryCommit> Read(HistoryQuery query) => Read(query.RenameLimit, Range(query), []);

    /// <summary>These commits, in this order.</summary>
    /// <exception cref="StoreException">git failed, while enumerating.</exception>
    public IEnumerable<HistoryCommit> Read(IReadOnlyList<ObjectId> commits) => commits.Count == 0 ? []
        : Read(new HistoryQuery { Tip = commits[0] }.RenameLimit, ["--no-walk=unsorted", "--stdin"],
            System.Text.Encoding.ASCII.GetBytes(string.Concat(commits.Select(id => $"{id}\n"))));

    /// <summary>The ids of a query's commits, without what they changed.</summary>
    /// <exception cref="StoreException">git failed.</exception>
    public IReadOnlyList<ObjectId> Ids(HistoryQuery query) =>
    [
        .. new GitProcess(layout).Run(["rev-list", "--no-merges", .. Range(query), "--"]).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ObjectId.Parse),
    ];

    /// <summary>Whether a commit is there and is an ancestor of another, or that itself.</summary>
    /// <exception cref="StoreException">git failed.</exception>
    public bool IsAncestor(ObjectId ancestor, ObjectId descendant) => ancestor == descendant
        || new GitProcess(layout).Try(["merge-base", "--is-ancestor", $"{ancestor}", $"{descendant}"]).ExitCode == 0;

    private static IEnumerable<string> Range(HistoryQuery query)
    {
        if (query.Newest is { } newest)
        {
            yield return "--max-count=" + newest.ToString(CultureInfo.InvariantCulture);
        }

        if (query.OldestFirst)
        {
            yield return "--reverse";
        }

        yield return $"{query.Tip}";
        if (query.Since is { } since)
        {
            yield return $"^{since}";
        }
    }

    private IEnumerable<HistoryCommit> Read(int renameLimit, IEnumerable<string> range, byte[] input)
    {
        CutOffBy = null;
        var boundary = ShallowCommits();
        using var git = new GitProcess(layout).Open(
        [
            // Settings of the user's that would change what is printed.
            "-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "log.follow=false",
            "log", "-z", "--raw", "--no-abbrev", "--no-color", "--no-mailmap", "--no-notes", "--no-relative",
            "--encoding=UTF-8", "--no-merges", "--format=" + HistoryParser.Format,
            _partial.Value ? "--find-renames=100%" : "--find-renames",
            "-l" + renameLimit.ToString(CultureInfo.InvariantCulture), .. range, "--",
        ], input);
        foreach (var commit in new HistoryParser(git.Output).Commits())
        {
            // Its parents are not there, so that everything looks added.
            yield return boundary.Contains(commit.Id) ? commit with { Changes = [] } : commit;
        }

        if (git.End() is { } failure)
        {
            CutOffBy = _partial.Value ? failure : throw new StoreException(
                new WriteError(ErrorCategory.System, "git-failed", $"git log failed: {failure}")
                {
                    Suggestion = "git fsck",
                });
        }
    }

    private HashSet<ObjectId> ShallowCommits()
    {
        var file = layout.CommonDirectory + "/shallow";
        try
        {
            return File.Exists(file)
                ? [.. File.ReadLines(file).Where(line => line.Length > 0).Select(line => ObjectId.Parse(line.Trim()))] : [];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", file, cause);
        }
    }
}
