using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>Something in the past that has an id, and the two commits between which it happened.</summary>
/// <param name="Before">The commit with what was there before, hex.</param>
/// <param name="After">The commit with what was there then, hex.</param>
public abstract record Landmark(string Before, string After)
{
    /// <summary>A transaction: its trees hold the paths that it touched, and no others.</summary>
    /// <param name="Summary">The transaction.</param>
    public sealed record Transaction(TransactionSummary Summary) : Landmark(Summary.Backup, Summary.Commit);

    /// <summary>A session, from its start to its newest checkpoint.</summary>
    /// <param name="Summary">The session.</param>
    /// <param name="Start">Its first checkpoint, hex.</param>
    public sealed record Session(SessionSummary Summary, string Start) : Landmark(Start, Summary.Commit);

    /// <summary>A checkpoint of a session, and what changed since the one before.</summary>
    /// <param name="Of">The session.</param>
    /// <param name="Step">The checkpoint.</param>
    /// <param name="Earlier">The one before, hex; of the first itself.</param>
    public sealed record Checkpoint(SessionSummary Of, SessionStep Step, string Earlier) : Landmark(Earlier, Step.Commit);

    /// <summary>A snapshot, against what the index held then.</summary>
    /// <param name="Summary">The snapshot.</param>
    /// <param name="Index">The commit with the index's tree, hex.</param>
    public sealed record Snapshot(SnapshotSummary Summary, string Index) : Landmark(Index, Summary.Commit);
}
