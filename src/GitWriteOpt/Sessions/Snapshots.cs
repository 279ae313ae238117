using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Snapshots of the whole worktree, a commit each under <c>refs/writeopt/snap/</c>. Neither the worktree nor the user's
/// index is touched. The worktree's lock is held where one is made.
/// </summary>
internal sealed class Snapshots(TransactionContext context)
{
    private const string BeforeCommit = "Before a commit";
    private const int KeptBeforeCommit = 10;

    /// <summary>Takes one.</summary>
    /// <param name="message">What it is for.</param>
    /// <param name="session">The session that it is taken in, or null.</param>
    /// <param name="durable">Whether it has to survive a power cut on return.</param>
    internal SnapshotOutcome Take(string message, string? session, bool durable)
    {
        var id = context.NewId();
        var name = RefNames.Snapshots + id;
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var survey = Look(pack);
        var commit = Write(pack, survey, id, "snapshot", message, session, [], []);
        context.Publish(pack.Seal(), durable, new RefUpdate.Create(name, commit));
        survey.CacheFor(name, commit).Write(context.State.Survey);
        return new SnapshotOutcome(Summary(name, commit), survey.Looked, survey.Hashed);
    }

    /// <summary>
    /// Takes one before a commit, unless the newest of that kind has the same worktree and index, and lets go of those beyond
    /// the newest few of that kind.
    /// </summary>
    internal SnapshotSummary TakeBeforeCommit()
    {
        var token = context.State.EnsureToken();
        var earlier = NewestFirst().Where(s => s.Message == BeforeCommit && s.Worktree == token).ToList();
        using var pack = new PackWriter(context.Layout, token);
        var survey = Look(pack);
        if (earlier.Count > 0 && Snapshot.Read(context.Objects, ObjectId.Parse(earlier[0].Commit)) is var newest
            && newest.Tree == survey.Tree && newest.IndexTree == survey.IndexTree)
        {
            return earlier[0];
        }

        var id = context.NewId();
        var name = RefNames.Snapshots + id;
        var commit = Write(pack, survey, id, "snapshot", BeforeCommit, null, [], []);
        List<RefUpdate> updates = [new RefUpdate.Create(name, commit)];
        for (var i = KeptBeforeCommit - 1; i < earlier.Count; i++)
        {
            updates.Add(new RefUpdate.Delete(earlier[i].Ref, ObjectId.Parse(earlier[i].Commit)));
        }

        context.Publish(pack.Seal(), durable: false, updates);
        survey.CacheFor(name, commit).Write(context.State.Survey);
        return Summary(name, commit);
    }

    /// <summary>Looks at the worktree.</summary>
    /// <param name="pack">Where new objects go; null to calculate ids alone.</param>
    internal Survey Look(PackWriter? pack)
    {
        using var worktree = context.OpenWorktree();
        return new WorktreeSurvey(context.Layout, worktree, context.Objects, context.AttributeSettings(),
            SurveyLimits.Of(context.Config), context.State.Listing).Make(pack, SurveyCache.Read(context.State.Survey, context.Refs));
    }

    /// <summary>Adds the commits of a survey to a pack.</summary>
    /// <returns>The commit with the worktree's tree.</returns>
    internal ObjectId Write(PackWriter pack, Survey survey, TransactionId id, string kind, string message, string? session,
        IReadOnlyList<ObjectId> earlier, IReadOnlyList<Trailer> more)
    {
        var facts = context.Facts();
        List<Trailer> who =
        [
            new(TransactionTrailers.Id, id.ToString()), new(TransactionTrailers.Worktree, facts.Token),
            new(TransactionTrailers.Kind, kind),
        ];
        var index = pack.AddCommit(new CommitObject
        {
            Tree = survey.IndexTree,
            Author = facts.Author,
            AuthorDate = facts.Time,
            Message = "Index: " + message,
            Trailers = who,
        }.ToBytes());
        return pack.AddCommit(new CommitObject
        {
            Tree = survey.Tree,
            Parents = [index, .. earlier],
            Author = facts.Author,
            AuthorDate = facts.Time,
            Message = message,
            Trailers =
            [
                .. who, .. facts.Head is { } head ? [new Trailer(TransactionTrailers.Head, head.ToString())] : (Trailer[])[],
                .. session is null ? (Trailer[])[] : [new Trailer(TransactionTrailers.Session, session)],
                .. more, .. Snapshot.Trailers(survey),
            ],
        }.ToBytes());
    }

    /// <summary>All snapshots, newest first, read lazily.</summary>
    internal IEnumerable<SnapshotSummary> NewestFirst() => context.Refs.Names(RefNames.Snapshots).Reverse()
        .Select(name => (Name: name, Commit: context.Refs.Read(name))).Where(r => r.Commit is not null)
        .Select(r => Summary(r.Name, r.Commit!.Value));

    /// <summary>The names of the refs of those that an id, unique prefix or suffix stands for.</summary>
    internal IReadOnlyList<string> Matches(string id)
    {
        var bare = id.StartsWith(RefNames.Snapshots, StringComparison.Ordinal) ? id[RefNames.Snapshots.Length..] : id;
        return bare.Length == 0 ? [] : [.. context.Refs.Names(RefNames.Snapshots).Where(name =>
            name.AsSpan(RefNames.Snapshots.Length).StartsWith(bare) || name.EndsWith(bare, StringComparison.Ordinal))];
    }

    /// <summary>Finds one by id, unique prefix or suffix.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    internal (string Ref, Snapshot Snapshot) Find(string id)
    {
        var found = Matches(id);
        return found.Count == 1 && context.Refs.Read(found[0]) is { } commit
            ? (found[0], Snapshot.Read(context.Objects, commit))
            : throw new UsageException(new WriteError(ErrorCategory.Usage,
                found.Count > 1 ? "ambiguous-id" : "no-such-snapshot",
                found.Count > 1 ? $"\"{id}\" names {found.Count} snapshots" : $"there is no snapshot \"{id}\"")
            {
                Suggestion = "git writeopt snapshot list shows them all",
            });
    }

    /// <summary>Forgets one. What nothing else holds of it goes with git's next gc.</summary>
    internal SnapshotSummary Drop(string id)
    {
        var (name, snapshot) = Find(id);
        var summary = Summary(name, snapshot.Commit);
        context.Refs.Apply(durable: false, new RefUpdate.Delete(name, snapshot.Commit));
        return summary;
    }

    private SnapshotSummary Summary(string name, ObjectId commit)
    {
        var read = Snapshot.Read(context.Objects, commit);
        return new SnapshotSummary(read.Id.ToString(), name, commit.ToString(), read.Time, read.Subject)
        {
            Session = read.Session,
            Worktree = read.Worktree,
            LeftOut = read.LeftOut,
            Nested = read.Nested,
            Private = read.Private,
        };
    }
}
