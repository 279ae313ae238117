namespace GitWriteOpt.Transactions;

/// <summary>Work of ours that a merge, a rebase or a checkout went over.</summary>
/// <param name="Id">The transaction or the session.</param>
/// <param name="IsSession">Whether it is a session that is open.</param>
/// <param name="Title">Its message; of a session, its agent or its name, or an empty text.</param>
/// <param name="Paths">The paths that both touch.</param>
/// <param name="Objection">Why it could not be undone as it is now, or null; of a session it is not asked.</param>
public sealed record TouchedWork(string Id, bool IsSession, string Title, IReadOnlyList<string> Paths, string? Objection);
