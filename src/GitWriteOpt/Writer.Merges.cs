using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt;

/// <summary>What git's hooks ask after a merge, a rebase or a checkout.</summary>
public sealed partial class Writer
{
    private const int MostTransactions = 20;

    /// <summary>The paths that differ between two commits; none where one of them is not there.</summary>
    /// <param name="older">A ref (<c>ORIG_HEAD</c>) or an id.</param>
    /// <param name="newer">The same.</param>
    /// <exception cref="StoreException">An object is missing or damaged.</exception>
    public IReadOnlyList<string> ChangedBetween(string older, string newer) =>
        Commit(older) is { } from && Commit(newer) is { } to
            ? [.. TreeDifference.Between(new TreeStore(_context.Objects, null, _context.Layout.ObjectFormat),
                _context.Objects.ReadCommit(from).Tree, _context.Objects.ReadCommit(to).Tree).Select(d => d.Path)]
            : [];

    /// <summary>
    /// The open sessions, and the newest standing transactions of this worktree, that touched one of these paths; of the
    /// newest transaction it is also tried whether it still could be undone.
    /// </summary>
    public IReadOnlyList<TouchedWork> TouchedBy(IReadOnlyCollection<string> paths)
    {
        var wanted = paths.ToHashSet(StringComparer.Ordinal);
        var touched = new List<TouchedWork>();
        if (wanted.Count == 0)
        {
            return touched;
        }

        foreach (var session in OpenSessions())
        {
            var chain = new AgentSessions(_context).Checkpoints(session);
            List<string> common = [.. TreeDifference.Between(new TreeStore(_context.Objects, null, _context.Layout.ObjectFormat),
                chain[0].Snapshot.Tree, chain[^1].Snapshot.Tree).Select(d => d.Path).Where(wanted.Contains)];
            if (common.Count > 0)
            {
                touched.Add(new TouchedWork(session.Id, IsSession: true, session.Agent ?? session.Name ?? "", common, null));
            }
        }

        var isNewest = true;
        foreach (var one in Log(new LogQuery(MostTransactions)).Where(t => t.Standing && t.Kind != TransactionKind.Rollback))
        {
            List<string> common = [.. TouchedPaths(one).Where(wanted.Contains)];
            if (common.Count > 0)
            {
                touched.Add(new TouchedWork(one.Transaction, IsSession: false, one.Message, common, isNewest ? ObjectionToUndo(one) : null));
                isNewest = false;
            }
        }

        return touched;
    }

    private string? ObjectionToUndo(TransactionSummary one) =>
        Rollback(new RollbackRequest { Transaction = one.Transaction, DryRun = true }).Error?.Message;

    private ObjectId? Commit(string name) => ObjectId.TryParse(name, out var id)
        ? id.ToString().AsSpan().ContainsAnyExcept('0') ? id : null
        : name == "HEAD" ? _context.Refs.ReadHead().Commit : _context.Refs.Read(name);
}
