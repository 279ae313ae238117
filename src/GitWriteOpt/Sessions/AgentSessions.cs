using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Stretches of work, a chain of checkpoints each under <c>refs/writeopt/session/</c>. A file of the same name in this
/// worktree's <c>writeopt/sessions</c> says that one is open here, so that those who only ask read no commits. The
/// worktree's lock is held where one is written.
/// </summary>
internal sealed class AgentSessions(TransactionContext context)
{
    /// <summary>What stands between a caller and us and ends as soon as we do.</summary>
    private static readonly HashSet<string> GitAlone = new(StringComparer.Ordinal) { "git" };

    private readonly Snapshots _snapshots = new(context);

    private string OpenHere => context.State.Root + "/sessions";

    /// <summary>Begins one with a snapshot.</summary>
    /// <param name="name">The host's name for it; null for none.</param>
    /// <param name="agent">Which agent; null for none.</param>
    /// <param name="ownerPid">The process that it lives and dies with; null for the one that started this one.</param>
    /// <param name="request">What the first checkpoint is for.</param>
    /// <exception cref="UsageException">The owner is not running, or a session of this name is open.</exception>
    internal SessionSummary Start(string? name, string? agent, int? ownerPid, CheckpointRequest request)
    {
        if (name is not null && Named(name) is { } taken)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "session-open",
                $"the session {taken.Id} is open under the name \"{name}\"")
            {
                Suggestion = $"git writeopt session end {taken.Id}",
            });
        }

        var owner = ownerPid ?? ProcessIdentity.Above(GitAlone);
        var identity = owner is { } pid ? ProcessIdentity.Of(pid, LocalState.BootId) : null;
        if (ownerPid is not null && identity is null)
        {
            throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-process",
                $"there is no process {ownerPid} that could own the session"));
        }

        var facts = new SessionFacts(context.NewId(), SessionState.Open, name, agent, identity, 0)
        {
            Step = request.Step,
        };
        Add(facts, null, request);
        try
        {
            Directory.CreateDirectory(OpenHere);
            File.WriteAllText($"{OpenHere}/{facts.Id}", $"{name}\n{request.Step}\n");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", $"{OpenHere}/{facts.Id}");
        }

        return Summary(facts.Id)!;
    }

    /// <summary>Takes a checkpoint.</summary>
    /// <returns>Whether one was taken: false where nothing changed and only changes were wanted.</returns>
    internal bool Take(SessionSummary session, CheckpointRequest request)
    {
        var tip = Tip(session);
        var turn = tip.Turn + (request.Reason == CheckpointReason.Prompt ? 1 : 0);
        return Add(Facts(tip) with { Turn = turn }, tip, request);
    }

    /// <summary>Ends one.</summary>
    internal void End(SessionSummary session, SessionState state, CheckpointRequest request)
    {
        var tip = Tip(session);
        Add(Facts(tip) with { State = state }, tip, request with { OnlyIfChanged = false });
        Close(session.Id);
    }

    /// <summary>Those that are not ended in this worktree, newest first.</summary>
    internal IReadOnlyList<SessionSummary> Open() => !Directory.Exists(OpenHere) ? [] :
    [
        .. Directory.EnumerateFiles(OpenHere).Select(Path.GetFileName)
            .Select(name => TransactionId.TryParse(name, out var id) ? Summary(id) : null).OfType<SessionSummary>()
            .Where(s => s.State is SessionState.Open or SessionState.Abandoned)
            .OrderByDescending(s => s.Id, StringComparer.Ordinal),
    ];

    /// <summary>All of the repository, newest first, read lazily.</summary>
    internal IEnumerable<SessionSummary> NewestFirst() => context.Refs.Names(RefNames.Sessions).Reverse()
        .Select(name => TransactionId.TryParse(name.AsSpan(RefNames.Sessions.Length), out var id) ? Summary(id) : null)
        .OfType<SessionSummary>();

    /// <summary>Finds one by id, unique prefix or suffix, or the host's name; null is the only open one.</summary>
    /// <exception cref="UsageException">There is none, or several.</exception>
    internal SessionSummary Find(string? id)
    {
        var found = id is null ? Open() : Matching(id);
        return found.Count == 1 ? found[0] : throw new UsageException(new WriteError(ErrorCategory.Usage,
            found.Count == 0 ? "no-such-session" : "ambiguous-session",
            (found.Count, id) switch
            {
                (0, null) => "no session is open in this worktree",
                (0, _) => $"there is no session \"{id}\"",
                (_, null) => $"{found.Count} sessions are open in this worktree: {string.Join(", ", found.Select(f => f.Id))}",
                _ => $"\"{id}\" names {found.Count} sessions",
            })
        {
            Suggestion = "git writeopt session list shows them all",
        });
    }

    /// <summary>
    /// The id of the session that is open here under this name, id, or unique beginning or end of it; null where there is
    /// none. Reads no commit.
    /// </summary>
    internal string? OpenId(string name)
    {
        if (!Directory.Exists(OpenHere))
        {
            return null;
        }

        List<string> ids = [.. Directory.EnumerateFiles(OpenHere).Select(file => Path.GetFileName(file))];
        var found = ids.FindAll(id => id == name);
        found = found.Count > 0 ? found : ids.FindAll(id => NameOf(id) == name);
        found = found.Count > 0 ? found : ids.FindAll(id => name.Length > 0
            && (id.StartsWith(name, StringComparison.Ordinal) || id.EndsWith(name, StringComparison.Ordinal)));
        return found.Count == 1 ? found[0] : null;
    }

    /// <summary>The workflow step of a session that is open here; null where it has none. Reads no commit.</summary>
    internal string? StepOf(string name) => OpenId(name) is { } id && Lines(id) is [_, { Length: > 0 } step, ..] ? step : null;

    /// <summary>The open session of this name in this worktree, or null.</summary>
    internal SessionSummary? Named(string name) => Open().FirstOrDefault(s => s.Name == name);

    /// <summary>The checkpoints, oldest first.</summary>
    internal IReadOnlyList<Checkpoint> Checkpoints(SessionSummary session) => Newest(session, int.MaxValue);

    /// <summary>The newest checkpoints, oldest first.</summary>
    internal IReadOnlyList<Checkpoint> Newest(SessionSummary session, int count)
    {
        var chain = new List<Checkpoint>();
        for (ObjectId? at = ObjectId.Parse(session.Commit); at is { } id && chain.Count < count; at = chain[^1].Earlier)
        {
            chain.Add(Checkpoint.Read(context.Objects, id));
        }

        chain.Reverse();
        return chain;
    }

    /// <summary>Those that a host's name (the newest of it), an id, unique prefix or suffix stands for.</summary>
    internal List<SessionSummary> Matching(string id)
    {
        var byName = NewestFirst().Where(s => s.Name == id).Take(1).ToList();
        return byName.Count > 0 ? byName : id.Length == 0 ? [] :
        [
            .. context.Refs.Names(RefNames.Sessions).Select(name => name[RefNames.Sessions.Length..])
                .Where(name => name.StartsWith(id, StringComparison.Ordinal) || name.EndsWith(id, StringComparison.Ordinal))
                .Select(name => TransactionId.TryParse(name, out var parsed) ? Summary(parsed) : null).OfType<SessionSummary>(),
        ];
    }

    private string? NameOf(string id) => Lines(id) is [var name, ..] ? name : null;

    // The host's name, and the workflow step.
    private string[] Lines(string id)
    {
        try
        {
            return File.ReadAllText($"{OpenHere}/{id}").Split('\n');
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return []; // ended at this moment
        }
    }

    private bool Add(SessionFacts facts, Checkpoint? tip, CheckpointRequest request)
    {
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        var survey = _snapshots.Look(pack);
        if (request.OnlyIfChanged && tip is not null && survey.Tree == tip.Snapshot.Tree
            && survey.IndexTree == tip.Snapshot.IndexTree)
        {
            return false;
        }

        var name = RefNames.Sessions + facts.Id;
        var commit = _snapshots.Write(pack, survey, context.NewId(), "checkpoint", request.Message, facts.Id.ToString(),
            tip is null ? [] : [tip.Snapshot.Commit], Checkpoint.Trailers(facts, request));
        context.Publish(pack.Seal(), request.Durable, tip is null ? new RefUpdate.Create(name, commit)
            : new RefUpdate.Update(name, commit, tip.Snapshot.Commit));
        survey.CacheFor(name, commit).Write(context.State.Survey);
        return true;
    }

    private void Close(string id)
    {
        try
        {
            File.Delete($"{OpenHere}/{id}");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "remove", $"{OpenHere}/{id}");
        }
    }

    private Checkpoint Tip(SessionSummary session)
    {
        var tip = Checkpoint.Read(context.Objects, ObjectId.Parse(session.Commit));
        return tip.State == SessionState.Open ? tip : throw new UsageException(new WriteError(ErrorCategory.Usage,
            "session-over", $"the session {session.Id} is over")
        {
            Suggestion = "git writeopt session start begins another",
        });
    }

    private static SessionFacts Facts(Checkpoint tip) =>
        new(tip.Session, tip.State, tip.Name, tip.Agent, tip.Owner, tip.Turn) { Step = tip.Step };

    private SessionSummary? Summary(TransactionId id)
    {
        var name = RefNames.Sessions + id;
        if (context.Refs.Read(name) is not { } commit)
        {
            return null;
        }

        var tip = Checkpoint.Read(context.Objects, commit);
        return new SessionSummary
        {
            Id = id.ToString(),
            Ref = name,
            Commit = commit.ToString(),
            State = tip.State == SessionState.Open && tip.Owner?.IsAlive(LocalState.BootId) == false
                ? SessionState.Abandoned : tip.State,
            Started = id.Time,
            Updated = tip.Snapshot.Time,
            Name = tip.Name,
            Agent = tip.Agent,
            Step = tip.Step,
            OwnerPid = tip.Owner?.Pid,
            Turns = tip.Turn,
            Message = tip.Snapshot.Subject,
            Worktree = tip.Snapshot.Worktree,
        };
    }
}
