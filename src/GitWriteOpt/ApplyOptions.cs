using GitWriteOpt.Transactions;

namespace GitWriteOpt;

/// <summary>What survives a power cut; a killed process loses nothing at any level.</summary>
public enum Durability
{
    /// <summary>Durable on return.</summary>
    Full,

    /// <summary>A power cut may lose the newest batch as a whole, never a part of it.</summary>
    Batch,

    /// <summary>Safe against a killed process, not against a power cut.</summary>
    None,
}

/// <summary>What to do where a three-way merge finds a conflict.</summary>
public enum MergeFavor
{
    /// <summary>Refuse.</summary>
    Refuse,

    /// <summary>Keep what is in the worktree.</summary>
    Ours,

    /// <summary>Take what the batch brings.</summary>
    Theirs,

    /// <summary>Keep both, ours first.</summary>
    Union,
}

/// <summary>How a batch is applied.</summary>
public sealed record ApplyOptions
{
    /// <summary>Replaces the batch's own message.</summary>
    public string? Message { get; init; }

    /// <summary>The session that the transaction belongs to.</summary>
    public string? Session { get; init; }

    /// <summary>The step of a workflow that it belongs to.</summary>
    public string? Step { get; init; }

    /// <summary>Plans and checks, changes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Updates the index entries of the written paths too.</summary>
    public bool Stage { get; init; }

    /// <summary>Applies the independent groups that can be applied.</summary>
    public bool Partial { get; init; }

    /// <summary>Ignores expectations and drift, never path safety.</summary>
    public bool Force { get; init; }

    /// <summary>Merges an operation whose expectation or context no longer holds.</summary>
    public bool ThreeWay { get; init; }

    /// <summary>Decides conflicts of that merge.</summary>
    public MergeFavor Favor { get; init; }

    /// <summary>Mends the links of documents that the batch's moves would break, in the same transaction.</summary>
    public bool FixLinks { get; init; }

    /// <summary>Leaves validation out; path safety and preconditions stay.</summary>
    public bool NoValidate { get; init; }

    /// <summary>
    /// A command that must pass on what the batch would leave, in a sandbox, before anything is written; null for that of
    /// the user's configuration (<c>writeopt.verify</c>), an empty text for none. Split into words, no shell.
    /// </summary>
    public string? Verify { get; init; }

    /// <summary>
    /// Runs that command for each group of the plan, in order, with the groups before it: the first that breaks is named.
    /// </summary>
    public bool VerifyEachGroup { get; init; }

    /// <summary>
    /// A command that must pass in the worktree afterwards, or the batch is rolled back; null for that of the user's
    /// configuration (<c>writeopt.verifyAfter</c>), an empty text for none.
    /// </summary>
    public string? VerifyAfter { get; init; }

    /// <summary>Keeps a batch that is refused, so that it can be resumed.</summary>
    public bool KeepRefused { get; init; }

    /// <summary>What survives a power cut.</summary>
    public Durability Durability { get; init; }

    /// <summary>
    /// An id of the caller's for the batch: one that was applied under it already is answered with its transaction and not
    /// applied again, and another batch under the same id is refused.
    /// </summary>
    public BatchRequest? Request { get; init; }

    /// <summary>What is known of earlier ids, for callers that live long; null reads the log anew.</summary>
    public RequestHistory? Requests { get; init; }

    /// <summary>
    /// The process that the session's leases live and die with, unless the session has an owner already; null is this one.
    /// </summary>
    public int? SessionOwner { get; init; }

    /// <summary>Called with (files done, files in all) now and then, from any thread.</summary>
    public Action<string, int, int>? Progress { get; init; }
}
