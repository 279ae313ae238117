using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Sessions;

/// <summary>
/// One commit of a session: a snapshot of the worktree, what it was taken for, and the session's own facts, so that the
/// newest checkpoint alone tells how the session stands. Its second parent is the checkpoint before it.
/// </summary>
internal sealed record Checkpoint
{
    /// <summary>The worktree as it was.</summary>
    public required Snapshot Snapshot { get; init; }

    /// <summary>The checkpoint before, or null.</summary>
    public required ObjectId? Earlier { get; init; }

    /// <summary>The session's id.</summary>
    public required TransactionId Session { get; init; }

    /// <summary>What it was taken for.</summary>
    public required CheckpointReason Reason { get; init; }

    /// <summary>As recorded: open, ended or aborted.</summary>
    public required SessionState State { get; init; }

    /// <summary>The name by which the host knows the session, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Which agent, or null.</summary>
    public string? Agent { get; init; }

    /// <summary>The workflow step that the session works on, or null.</summary>
    public string? Step { get; init; }

    /// <summary>The process that the session lives and dies with, or null.</summary>
    public ProcessIdentity? Owner { get; init; }

    /// <summary>The tool or command, or null.</summary>
    public string? Tool { get; init; }

    /// <summary>Paths that the tool said it would write.</summary>
    public IReadOnlyList<string> Declared { get; init; } = [];

    /// <summary>The number of the turn.</summary>
    public int Turn { get; init; }

    /// <summary>The trailers that its commit needs beside the snapshot's.</summary>
    internal static IReadOnlyList<Trailer> Trailers(SessionFacts facts, CheckpointRequest request) =>
    [
        new(SessionTrailers.State, Word(facts.State)),
        .. Optional(SessionTrailers.Name, facts.Name), .. Optional(SessionTrailers.Agent, facts.Agent), .. Optional(SessionTrailers.Step, facts.Step),
        .. Optional(SessionTrailers.Owner, facts.Owner?.ToString()), new(SessionTrailers.Reason, Word(request.Reason)),
        .. Optional(SessionTrailers.Tool, request.Tool),
        .. request.Declared.Select(path => new Trailer(SessionTrailers.Declared, QuotedPath.Encode(path))),
        new(SessionTrailers.Turn, facts.Turn.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Reads one.</summary>
    /// <exception cref="StoreException">It is missing, damaged, or none of ours.</exception>
    internal static Checkpoint Read(ObjectReader objects, ObjectId id)
    {
        var snapshot = Snapshot.Read(objects, id);
        var commit = objects.ReadCommit(id);
        if (!TransactionId.TryParse(snapshot.Session ?? "", out var session)
            || !Enum.TryParse<SessionState>(commit.Trailer(SessionTrailers.State), ignoreCase: true, out var state)
            || !Enum.TryParse<CheckpointReason>(commit.Trailer(SessionTrailers.Reason), ignoreCase: true, out var reason))
        {
            throw new StoreException(new WriteError(ErrorCategory.Format, "damaged-session",
                $"the commit {id} is no checkpoint that can be read"));
        }

        return new Checkpoint
        {
            Snapshot = snapshot,
            Earlier = commit.Parents.Count > 1 ? commit.Parents[1] : null,
            Session = session,
            Reason = reason,
            State = state,
            Name = commit.Trailer(SessionTrailers.Name),
            Agent = commit.Trailer(SessionTrailers.Agent),
            Step = commit.Trailer(SessionTrailers.Step),
            Owner = ProcessIdentity.Parse(commit.Trailer(SessionTrailers.Owner)),
            Tool = commit.Trailer(SessionTrailers.Tool),
            Declared = [.. commit.Trailers.Where(t => t.Key == SessionTrailers.Declared).Select(t => QuotedPath.Decode(t.Value))],
            Turn = int.TryParse(commit.Trailer(SessionTrailers.Turn), NumberStyles.None, CultureInfo.InvariantCulture, out var turn)
                ? turn : 0,
        };
    }

    private static IEnumerable<Trailer> Optional(string key, string? value) =>
        string.IsNullOrWhiteSpace(value) ? [] : [new Trailer(key, OneLine(value))];

    private static string OneLine(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}

/// <summary>What a session is, whatever its checkpoints hold.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">As recorded.</param>
/// <param name="Name">The host's name for it, or null.</param>
/// <param name="Agent">Which agent, or null.</param>
/// <param name="Owner">Its owner, or null.</param>
/// <param name="Turn">The number of its turn.</param>
internal sealed record SessionFacts(
    TransactionId Id, SessionState State, string? Name, string? Agent, ProcessIdentity? Owner, int Turn)
{
    /// <summary>The workflow step, or null.</summary>
    internal string? Step { get; init; }
}

/// <summary>A wish for a checkpoint.</summary>
/// <param name="Reason">What for.</param>
/// <param name="Message">One line.</param>
public sealed record CheckpointRequest(CheckpointReason Reason, string Message)
{
    /// <summary>The tool or command whose run lies before it, or null.</summary>
    public string? Tool { get; init; }

    /// <summary>The workflow step that the session works on; of its first checkpoint alone.</summary>
    public string? Step { get; init; }

    /// <summary>Paths that the tool said it would write, relative to the worktree's root.</summary>
    public IReadOnlyList<string> Declared { get; init; } = [];

    /// <summary>Whether it has to survive a power cut on return.</summary>
    public bool Durable { get; init; }

    /// <summary>Takes none where nothing changed since the last one.</summary>
    public bool OnlyIfChanged { get; init; }
}
