using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>What a transaction says of itself beside its changes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">The subject, and a body where there is one.</param>
internal sealed record TransactionHeader(TransactionKind Kind, string Message)
{
    /// <summary>The session it belongs to.</summary>
    internal string? Session { get; init; }

    /// <summary>The workflow step.</summary>
    internal string? Step { get; init; }

    /// <summary>The format that the batch came in.</summary>
    internal string? Format { get; init; }

    /// <summary>The id that a client gave the batch.</summary>
    internal BatchRequest? Request { get; init; }

    /// <summary>The transactions that it undoes or redoes, newest first.</summary>
    internal IReadOnlyList<TransactionId> Undoes { get; init; } = [];

    /// <summary>The transactions whose writes are among those of this one.</summary>
    internal IReadOnlyList<TransactionId> Includes { get; init; } = [];

    /// <summary>How a batch that is kept as it came in is to be read.</summary>
    internal IReadOnlyList<KeptSource> Sources { get; init; } = [];

    /// <summary>The checkpoint that a session was brought back to.</summary>
    internal TransactionId? BackTo { get; init; }
}
