using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Retention;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sharing;

/// <summary>
/// What of a session can be shared: its checkpoints, its transactions, the snapshots taken in it. Private files (ignored,
/// and saved only because <c>writeopt.snapshot.include</c> names them) are never among them: where there are any, the
/// shared commits are copies without them.
/// </summary>
internal sealed class SharedSession
{
    private readonly TransactionContext _context;
    private readonly string _checkpoints;
    private readonly List<(string Id, ObjectId Commit)> _snapshots;
    private readonly List<RecordedTransaction> _transactions;
    private readonly Secret _private;

    internal SharedSession(TransactionContext context, SessionSummary session)
    {
        _context = context;
        _checkpoints = session.Commit;
        _snapshots = [.. new Snapshots(context).NewestFirst().Where(s => s.Session == session.Id)
            .Select(s => (s.Id, ObjectId.Parse(s.Commit)))];
        var reader = new TransactionReader(context.Objects);
        _transactions = [.. new TransactionLog(context).Query(new LogQuery(AllWorktrees: true))
            .Where(t => t.Session is { } of && (of == session.Id || of == session.Name))
            .Select(t => reader.Read(TransactionId.Parse(t.Transaction), ObjectId.Parse(t.Commit)))];
        var named = new AgentSessions(context).Checkpoints(session).SelectMany(c => c.Snapshot.Private)
            .Concat(_snapshots.SelectMany(s => Snapshot.Read(context.Objects, s.Commit).Private))
            .Where(path => PathRules.Objection(path) is null).Select(RepoPath.Parse);
        _private = new Secret([.. named.Concat(PrivatelyWritten()).Distinct().Order()], []);
    }

    /// <summary>The private files, in byte order.</summary>
    internal IReadOnlyList<RepoPath> Private => _private.Paths;

    /// <summary>Every path with every content that would be shared, each at least once.</summary>
    internal IEnumerable<(string Path, ObjectId Blob)> Entries() => SnapshotEntries.Of(_context, ObjectId.Parse(_checkpoints))
        .Concat(_snapshots.SelectMany(s => SnapshotEntries.Of(_context, s.Commit)))
        .Concat(_transactions.SelectMany(t => t.Changes).SelectMany(c => new[] { c.Before?.Blob, c.After?.Blob }.OfType<ObjectId>()
            .Select(blob => (c.Path.Value, blob))))
        .Where(e => !_private.Names(e.Item1)).Distinct();

    /// <summary>The contents that a remote does not have, as far as the refs that we last saw of it tell.</summary>
    /// <param name="remote">A configured remote; null for one that we know nothing of.</param>
    internal IReadOnlySet<ObjectId> New(string? remote)
    {
        var tips = _snapshots.Select(s => s.Commit).Concat(_transactions.Select(t => t.Commit)).Append(ObjectId.Parse(_checkpoints));
        var listed = new GitProcess(_context.Layout).Run(
            ["rev-list", "--objects-edge-aggressive", "--stdin", .. remote is null ? (string[])[] : ["--not", $"--remotes={remote}"]],
            Encoding.ASCII.GetBytes(string.Concat(tips.Select(t => $"{t}\n"))));

        // Our commits have no parents among the user's, so only the aggressive form leaves out what their trees have; it
        // prints the edges too, with a minus.
        return Encoding.Latin1.GetString(listed.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '-').Select(line => ObjectId.Parse(line.Split(' ', 2)[0])).ToHashSet();
    }

    /// <summary>The commits to share, by what follows the session's prefix; copies are added to the pack.</summary>
    internal IReadOnlyList<(string Name, ObjectId Commit)> Write(PackWriter pack)
    {
        var rewrite = new CommitRewrite(_context, pack);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        ObjectId Copy(ObjectId commit) => Private.Count == 0 ? commit : rewrite.Snapshot(commit, _private, gone);
        return
        [
            ("checkpoints", Copy(ObjectId.Parse(_checkpoints))),
            .. _snapshots.Select(s => ("snap/" + s.Id, Copy(s.Commit))),
            .. _transactions.Select(t => ($"tx/{t.Id}", Transaction(rewrite, t))).Where(t => t.Item2 is not null)
                .Select(t => (t.Item1, t.Item2!.Value)),
        ];
    }

    private ObjectId? Transaction(CommitRewrite rewrite, RecordedTransaction recorded)
    {
        var gone = recorded.Changes.Select(c => c.Path).Where(p => _private.Names(p.Value)).ToHashSet();
        return gone.Count == 0 ? recorded.Commit : gone.Count == recorded.Changes.Count ? null : rewrite.Transaction(recorded, gone);
    }

    // A transaction may have written a private file that no checkpoint saw.
    private List<RepoPath> PrivatelyWritten()
    {
        var limits = SurveyLimits.Of(_context.Config);
        List<RepoPath> likely = [.. _transactions.SelectMany(t => t.Changes).Select(c => c.Path).Where(p => limits.IsPrivate(p.Value)).Distinct()];
        if (likely.Count == 0)
        {
            return likely;
        }

        var index = IndexReader.Open(_context.Layout);
        return [.. likely.Where(p => index.Stages(p).Count == 0)];
    }
}
