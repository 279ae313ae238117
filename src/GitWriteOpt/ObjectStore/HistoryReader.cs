using System.Globalization;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Reads the commit history with what each commit changed, renames followed, as one <c>git log --raw -M</c> gives it:
/// streaming, one commit in memory at a time, in bare, shallow, partial and sha256 repositories.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="Read(HistoryQuery)"/>, enumerate (stopping early ends git), then look at
/// <see cref="CutOffBy"/>. Nothing is fetched in a partial clone: there, and from the first commit on that needs a blob
/// which is missing, renames are found by equal blobs alone; where trees or commits are missing the history ends.
/// Not thread-safe.
/// </remarks>
public sealed class HistoryReader(RepositoryLayout layout, GitConfig config)
{
    private readonly Lazy<bool> _partial = new(() => config.Get("extensions.partialClone") is not null
        || config.Keys("remote.").Any(key => key.EndsWith(".promisor", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Why the last reading ended before the history did, in git's words, or null.</summary>
    public string? CutOffBy { get; private set; }

    /// <summary>The commits of a query.</summary>
    /// <exception cref="StoreException">git failed before the first commit, while enumerating.</exception>
    public IEnumerable<HistoryCommit> Read(HistoryQuery query) => Read(query.RenameLimit, [.. Range(query)], []);

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

    private IEnumerable<HistoryCommit> Read(int renameLimit, IReadOnlyList<string> range, byte[] input)
    {
        CutOffBy = null;
        var boundary = ShallowCommits();
        var done = 0;
        var exact = _partial.Value;
        for (var failure = ""; failure is not null;)
        {
            var seen = 0;
            using var git = Open(exact ? "--find-renames=100%" : "--find-renames", renameLimit, range, input);
            HistoryCommit? last = null;
            foreach (var commit in new HistoryParser(git.Output).Commits())
            {
                // One behind, since the last one is not whole where git fails. Those of an earlier run are skipped.
                if (last is not null && seen++ >= done)
                {
                    done++;
                    yield return last;
                }

                // The parents of a boundary are not there, so that everything looks added.
                last = boundary.Contains(commit.Id) ? commit with { Changes = [] } : commit;
            }

            failure = git.End();
            if (failure is null && last is not null && seen >= done)
            {
                yield return last;
            }
            else if (failure is not null && exact)
            {
                CutOffBy = failure;
                failure = done > 0 ? null : throw Failed(failure);
            }
            else
            {
                // Contents are wanted for inexact renames alone: a blob that is missing costs no more than those.
                exact = true;
            }
        }
    }

    private GitStream Open(string renames, int renameLimit, IReadOnlyList<string> range, byte[] input) =>
        new GitProcess(layout).Open(
        [
            // Settings of the user's that would change what is printed.
            "-c", "log.showSignature=false", "-c", "log.showRoot=true", "-c", "log.follow=false",
            "log", "-z", "--raw", "--no-abbrev", "--no-color", "--no-mailmap", "--no-notes", "--no-relative",
            "--encoding=UTF-8", "--no-merges", "--format=" + HistoryParser.Format, renames,
            "-l" + renameLimit.ToString(CultureInfo.InvariantCulture), .. range, "--",
        ], input);

    private static StoreException Failed(string failure) => new(
        new WriteError(ErrorCategory.System, "git-failed", $"git log failed: {failure}")
        {
            Suggestion = "git fsck",
        });

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
