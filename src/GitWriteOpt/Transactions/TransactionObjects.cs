using System.Globalization;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Writes a plan as git objects: every before and after content as raw blobs, two sparse trees of the touched paths
/// alone, the backup commit and the transaction's commit, all in one pack (I2). Once it is durable and a ref holds the
/// commit, nothing that the plan overwrites can be lost.
/// </summary>
internal sealed class TransactionObjects
{
    private const int DefaultFile = 0x1a4;
    private const int DefaultExecutable = 0x1ed;
    private const int DirectoryBits = 0x4000;

    private TransactionObjects(RecordedTransaction recorded, SealedPack pack)
    {
        Recorded = recorded;
        Pack = pack;
    }

    /// <summary>What was recorded.</summary>
    internal RecordedTransaction Recorded { get; }

    /// <summary>The pack that holds it, not yet published.</summary>
    internal SealedPack Pack { get; }

    /// <summary>Adds the contents of a plan to a pack.</summary>
    /// <returns>The plan's paths in byte order, with the ids of their contents.</returns>
    internal static IReadOnlyList<RecordedChange> AddContents(WritePlan plan, PackWriter pack)
    {
        var contents = new List<Content>(plan.Changes.Count * 2);
        foreach (var change in plan.Changes)
        {
            if (ContentOf(change.Before) is { } before)
            {
                contents.Add(before);
            }

            if (ContentOf(change.After) is { } after)
            {
                contents.Add(after);
            }
        }

        var ids = pack.AddBlobs(contents);
        var next = 0;
        var recorded = new List<RecordedChange>(plan.Changes.Count);
        foreach (var change in plan.Changes)
        {
            var before = ContentOf(change.Before) is null ? (RecordedState?)null : StateOf(change.Before, ids[next++]);
            var after = ContentOf(change.After) is null ? (RecordedState?)null : StateOf(change.After, ids[next++]);
            recorded.Add(new RecordedChange(change.Path, 0, before, after) { RenamedFrom = change.RenamedFrom });
        }

        recorded.Sort((a, b) => a.Path.CompareTo(b.Path));
        for (var i = 0; i < recorded.Count; i++)
        {
            recorded[i] = recorded[i] with { Number = i };
        }

        return recorded;
    }

    /// <summary>Adds trees and commits, and writes the pack.</summary>
    /// <param name="id">The transaction.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="changes">Its paths, from <see cref="AddContents"/>.</param>
    /// <param name="header">What the transaction says of itself.</param>
    /// <param name="facts">What the repository says: identity, token, HEAD.</param>
    /// <param name="index">Index entries that will change.</param>
    /// <param name="pack">The pack.</param>
    internal static TransactionObjects Write(
        TransactionId id, WritePlan plan, IReadOnlyList<RecordedChange> changes, TransactionHeader header,
        CommitFacts facts, IReadOnlyList<RecordedEntry> index, PackWriter pack)
    {
        var beforeTree = SparseTree.Write(pack, changes.Where(c => c.Before is not null)
            .Select(c => new TreeEntry(c.Path, c.Before!.Value.GitMode, c.Before.Value.Blob)));
        var afterTree = SparseTree.Write(pack, changes.Where(c => c.After is not null)
            .Select(c => new TreeEntry(c.Path, c.After!.Value.GitMode, c.After.Value.Blob)));
        var directories = plan.DirectoriesToRemove.Concat(plan.DirectoriesFilled).OrderBy(d => d.Path).ToList();

        var backup = pack.AddCommit(new CommitObject
        {
            Tree = beforeTree,
            Parents = IndexBackup.Add(id, changes, index, Subject(header.Message), facts, pack),
            Author = facts.Author,
            AuthorDate = facts.Time,
            Message = "Before: " + Subject(header.Message),
            Trailers =
            [
                new(TransactionTrailers.Id, id.ToString()),
                new(TransactionTrailers.Worktree, facts.Token),
                .. changes.Where(c => c.Before is not null).SelectMany(c => ModeTrailer(c.Path, c.Before!.Value)),
                .. directories.Select(d => Mode(DirectoryBits | d.Permissions, d.Path)),
            ],
        }.ToBytes());
        var commit = pack.AddCommit(new CommitObject
        {
            Tree = afterTree,
            Parents = [backup],
            Author = facts.Author,
            AuthorDate = facts.Time,
            Message = header.Message,
            Trailers = [.. Describe(id, plan, changes, header, facts, index)],
        }.ToBytes());

        var written = pack.Seal() ?? throw new InvalidOperationException("a transaction has at least two commits");
        return new TransactionObjects(
            new RecordedTransaction(id, commit, backup, changes)
            {
                Subject = Subject(header.Message),
                Made = plan.DirectoriesToMake,
                DirectoriesBefore = directories,
                IndexEntries = index,
            },
            written);
    }

    /// <summary>The first line of a message.</summary>
    internal static string Subject(string message) => message.Split('\n', 2)[0].Trim();

    private static IEnumerable<Trailer> Describe(
        TransactionId id, WritePlan plan, IReadOnlyList<RecordedChange> changes, TransactionHeader header,
        CommitFacts facts, IReadOnlyList<RecordedEntry> index)
    {
        yield return new(TransactionTrailers.Id, id.ToString());
        yield return new(TransactionTrailers.Kind, header.Kind.ToString().ToLowerInvariant());
        if (facts.Head is { } head)
        {
            yield return new(TransactionTrailers.Head, head.ToString());
        }

        yield return new(TransactionTrailers.Worktree, facts.Token);
        foreach (var (key, value) in new[]
        {
            (TransactionTrailers.Session, header.Session), (TransactionTrailers.Step, header.Step),
            (TransactionTrailers.Format, header.Format), (TransactionTrailers.BackTo, header.BackTo?.ToString()),
            (TransactionTrailers.Request, header.Request?.ToTrailer()),
        })
        {
            if (value is not null)
            {
                yield return new(key, value);
            }
        }

        foreach (var undone in header.Undoes)
        {
            yield return new(TransactionTrailers.Undoes, undone.ToString());
        }

        foreach (var included in header.Includes)
        {
            yield return new(TransactionTrailers.Includes, included.ToString());
        }

        yield return new(TransactionTrailers.Files, Count(changes.Count));
        yield return new(TransactionTrailers.Added, Count(changes.Count(c => c.Before is null)));
        yield return new(TransactionTrailers.Modified, Count(changes.Count(c => c is { Before: not null, After: not null })));
        yield return new(TransactionTrailers.Deleted, Count(changes.Count(c => c.After is null)));
        yield return new(TransactionTrailers.Strategy, plan.Strategy.ToString().ToLowerInvariant());
        yield return new(TransactionTrailers.Groups, $"{Count(plan.Groups.Count)} {Count(plan.LargestGroup)} {Count(plan.ParallelGroups)}");
        yield return new(TransactionTrailers.Risk, plan.Risk.ToString().ToLowerInvariant());
        foreach (var trailer in PlanTrailers.Of(plan, changes))
        {
            yield return trailer;
        }

        foreach (var change in changes)
        {
            if (change.After is { } after)
            {
                foreach (var trailer in ModeTrailer(change.Path, after))
                {
                    yield return trailer;
                }
            }

            if (change.RenamedFrom is { } from)
            {
                yield return new(TransactionTrailers.RenamedFrom, QuotedPath.Encode(from.Value));
                yield return new(TransactionTrailers.RenamedTo, QuotedPath.Encode(change.Path.Value));
            }
        }

        foreach (var trailer in header.Sources.SelectMany(s => s.Trailers()))
        {
            yield return trailer;
        }

        foreach (var made in plan.DirectoriesToMake)
        {
            yield return new(TransactionTrailers.Made, QuotedPath.Encode(made.Value));
        }

        foreach (var entry in index)
        {
            yield return new(TransactionTrailers.Index, RecordedEntries.Format(entry));
        }
    }

    private static IEnumerable<Trailer> ModeTrailer(RepoPath path, RecordedState state)
    {
        if (!state.IsLink && state.Permissions != (state.IsExecutable ? DefaultExecutable : DefaultFile))
        {
            yield return Mode(0x8000 | state.Permissions, path);
        }
    }

    private static Trailer Mode(int mode, RepoPath path) =>
        new(TransactionTrailers.Mode, $"{Convert.ToString(mode, 8).PadLeft(6, '0')} {QuotedPath.Encode(path.Value)}");

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static RecordedState StateOf(PathState state, ObjectId id) => state switch
    {
        PathState.File file => new RecordedState(state.GitMode, id,
            file.Permissions ?? TempFile.DefaultPermissions(file.Executable)),
        _ => new RecordedState(state.GitMode, id, 0x1ff),
    };

    private static Content? ContentOf(PathState state) => state switch
    {
        PathState.File file => file.Content,
        PathState.Link link => Content.Of(link.Target),
        _ => null,
    };
}

/// <summary>What the repository contributes to a commit.</summary>
/// <param name="Author">Who.</param>
/// <param name="Time">When.</param>
/// <param name="Token">The worktree's token.</param>
/// <param name="Head">The commit of HEAD, or null where it is unborn.</param>
internal sealed record CommitFacts(string Author, DateTimeOffset Time, string Token, ObjectId? Head);
