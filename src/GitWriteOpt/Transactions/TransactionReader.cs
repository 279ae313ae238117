using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Transactions;

/// <summary>Reads transactions back from their commits. Everything read is checked: a ref can come from anywhere.</summary>
internal sealed class TransactionReader(ObjectReader objects)
{
    /// <summary>One line of the log, from the commit alone: no tree is read.</summary>
    /// <exception cref="StoreException">It is missing, damaged, or not a transaction's commit.</exception>
    internal TransactionSummary Summary(TransactionId id, string refName, ObjectId commitId, bool standing)
    {
        var commit = Commit(commitId);
        return new TransactionSummary
        {
            Transaction = id.ToString(),
            Kind = Enum.TryParse<TransactionKind>(commit.Trailer(TransactionTrailers.Kind), ignoreCase: true, out var kind)
                && Enum.IsDefined(kind) ? kind : TransactionKind.Observed,
            Time = commit.AuthorDate,
            Message = commit.Subject,
            Session = commit.Trailer(TransactionTrailers.Session),
            Step = commit.Trailer(TransactionTrailers.Step),
            Format = commit.Trailer(TransactionTrailers.Format),
            StepFiles = Numbers(commit.Trailer(TransactionTrailers.Steps), 3),
            Validated = Numbers(commit.Trailer(TransactionTrailers.Validated), 2) is [var validated, _] ? validated : 0,
            Request = BatchRequest.OfTrailer(commit.Trailer(TransactionTrailers.Request)),
            Worktree = commit.Trailer(TransactionTrailers.Worktree),
            Files = Count(commit, TransactionTrailers.Files),
            Added = Count(commit, TransactionTrailers.Added),
            Modified = Count(commit, TransactionTrailers.Modified),
            Deleted = Count(commit, TransactionTrailers.Deleted),
            Standing = standing,
            Undid = [.. All(commit, TransactionTrailers.Undoes)],
            Includes = [.. All(commit, TransactionTrailers.Includes)],
            BackTo = commit.Trailer(TransactionTrailers.BackTo),
            Forgotten = [.. All(commit, TransactionTrailers.Forgotten).Select(QuotedPath.Decode)],
            Ref = refName,
            Commit = commitId.ToString(),
            Backup = commit.Parents.Count == 1 ? commit.Parents[0].ToString() : "",
        };
    }

    /// <summary>A whole transaction.</summary>
    /// <exception cref="StoreException">It is missing, damaged, or not a transaction's commit.</exception>
    internal RecordedTransaction Read(TransactionId id, ObjectId commitId)
    {
        var commit = Commit(commitId);
        if (commit.Parents.Count != 1)
        {
            throw NotOurs(commitId, "it has not exactly one parent");
        }

        var backup = Commit(commit.Parents[0]);
        var after = States(commit);
        var before = States(backup);
        var from = Renames(commit);
        var paths = new SortedSet<RepoPath>(before.Keys.Concat(after.Keys));
        var number = 0;
        return new RecordedTransaction(id, commitId, commit.Parents[0],
            [
                .. paths.Select(path => new RecordedChange(path, number++,
                    before.TryGetValue(path, out var old) ? old : null, after.TryGetValue(path, out var now) ? now : null)
                {
                    RenamedFrom = from.GetValueOrDefault(path),
                }),
            ])
        {
            Subject = commit.Subject,
            Sources = KeptSource.Of(commit),
            Made = [.. All(commit, TransactionTrailers.Made).Select(Path)],
            DirectoriesBefore = [.. Modes(backup).Where(m => IsDirectory(m.Mode))
                .Select(m => new PlannedDirectory(m.Path, m.Mode & 0xfff))],
            IndexEntries = [.. All(commit, TransactionTrailers.Index).Select(RecordedEntries.Parse)],
        };
    }

    /// <summary>A commit of ours.</summary>
    internal CommitObject Commit(ObjectId id)
    {
        var found = objects.ReadVerified(id);
        return found.Type == ObjectType.Commit ? CommitObject.Parse(found.Bytes, id) : throw NotOurs(id, "it is not a commit");
    }

    /// <summary>The files and links of a tree.</summary>
    /// <exception cref="StoreException">It is missing or damaged, or holds something else.</exception>
    internal static Dictionary<RepoPath, RecordedState> States(ObjectReader objects, ObjectId tree)
    {
        var states = new Dictionary<RepoPath, RecordedState>();
        foreach (var entry in SparseTree.Read(objects, tree))
        {
            if (entry.Mode is not (RecordedState.PlainMode or RecordedState.ExecutableMode or RecordedState.LinkMode)
                || !states.TryAdd(entry.Path, new RecordedState(entry.Mode, entry.Id, entry.Mode & 0x1ff)))
            {
                throw NotOurs(tree, $"\"{entry.Path}\" is no file or link in it, or is there twice");
            }
        }

        return states;
    }

    private Dictionary<RepoPath, RecordedState> States(CommitObject commit)
    {
        var states = States(objects, commit.Tree);
        foreach (var (mode, path) in Modes(commit))
        {
            if (!IsDirectory(mode) && states.TryGetValue(path, out var state))
            {
                states[path] = state with { Permissions = mode & 0xfff };
            }
        }

        return states;
    }

    private static IEnumerable<(int Mode, RepoPath Path)> Modes(CommitObject commit)
    {
        foreach (var value in All(commit, TransactionTrailers.Mode))
        {
            var blank = value.IndexOf(' ', StringComparison.Ordinal);
            if (blank > 0)
            {
                yield return (Octal(value[..blank]), Path(value[(blank + 1)..]));
            }
        }
    }

    private static Dictionary<RepoPath, RepoPath> Renames(CommitObject commit)
    {
        var renames = new Dictionary<RepoPath, RepoPath>();
        foreach (var (from, to) in All(commit, TransactionTrailers.RenamedFrom)
            .Zip(All(commit, TransactionTrailers.RenamedTo)))
        {
            renames[Path(to)] = Path(from);
        }

        return renames;
    }

    private static IEnumerable<string> All(CommitObject commit, string key) =>
        commit.Trailers.Where(t => t.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(t => t.Value);

    private static bool IsDirectory(int mode) => (mode & 0xf000) == 0x4000;

    // Validated like any path: a pushed ref could hold "../x" (I5).
    private static RepoPath Path(string quoted)
    {
        try
        {
            return RepoPath.Parse(QuotedPath.Decode(quoted));
        }
        catch (FormatException cause)
        {
            throw Damaged(cause.Message, cause);
        }
    }

    private static int Octal(string digits)
    {
        try
        {
            return Convert.ToInt32(digits, 8);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException or ArgumentException)
        {
            throw Damaged($"\"{digits}\" is no mode", cause);
        }
    }

    private static StoreException Damaged(string what, Exception cause) =>
        new(new WriteError(ErrorCategory.Format, "damaged-trailer", $"a trailer cannot be read: {what}"), cause);

    private static int[] Numbers(string? value, int count)
    {
        var words = value?.Split(' ') ?? [];
        var numbers = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return [];
            }
        }

        return words.Length == count ? numbers : [];
    }

    private static int Count(CommitObject commit, string key) =>
        int.TryParse(commit.Trailer(key), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static StoreException NotOurs(ObjectId id, string why) => new(new WriteError(ErrorCategory.Format,
        "not-a-transaction", $"{id} is not a transaction of git writeopt: {why}"));
}
