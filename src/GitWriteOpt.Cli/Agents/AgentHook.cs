using System.Globalization;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// What an agent's hook does with an event: sessions, checkpoints and turns, so that whatever the agent writes, by
/// whatever tool, can be undone. What goes back to the model holds paths, ids and counts, never text from files or
/// commits.
/// </summary>
internal sealed class AgentHook(Writer writer, AgentHost host, AgentEvent told, TimeSpan budget)
{
    private const int WritesWorthABatch = 3;

    private readonly AgentMemory _memory = new(writer.Layout.GitDirectory, told.Session);
    private readonly AgentLeases _leases = new(writer, new AgentMemory(writer.Layout.GitDirectory, told.Session));

    /// <summary>Acts on the event.</summary>
    internal AgentAnswer Act() => told.Moment switch
    {
        AgentMoment.SessionStart => Begin(),
        AgentMoment.Prompt => Prompt(),
        AgentMoment.BeforeTool => Before(ToolFootprint.Of(told, writer.Layout.WorktreeRoot)),
        AgentMoment.AfterTool => After(ToolFootprint.Of(told, writer.Layout.WorktreeRoot)),
        AgentMoment.Stop => Stop(),
        AgentMoment.SessionEnd => End(),
        _ => new AgentAnswer(),
    };

    private AgentAnswer Begin()
    {
        Session();
        var cutOff = writer.OpenSessions().Count(s => s.State == SessionState.Abandoned && s.Name != told.Session);
        return cutOff == 0 ? new AgentAnswer() : new AgentAnswer(Context: string.Create(CultureInfo.InvariantCulture,
            $"git writeopt: {cutOff} earlier session(s) in this worktree were cut off and not ended; a person can decide about them with: git writeopt recover"));
    }

    private AgentAnswer Prompt()
    {
        var session = Session();
        var (writes, files) = _memory.TakeWrites();
        writer.Checkpoint(session.Id, new CheckpointRequest(CheckpointReason.Prompt, $"Turn {session.Turns + 1} begins"));
        return writes < WritesWorthABatch ? new AgentAnswer() : new AgentAnswer(Context: string.Create(CultureInfo.InvariantCulture,
            $"git writeopt: the last turn wrote {files} {(files == 1 ? "file" : "files")} in {writes} separate writes. `git writeopt apply` takes such writes as one batch on standard input (JSON: see `git writeopt schema`), several edits of a file included, all or nothing, with one undo; so does the tool writeopt_apply, where it is offered."));
    }

    private AgentAnswer Before(ToolFootprint footprint)
    {
        if (footprint is ToolFootprint.None)
        {
            return new AgentAnswer();
        }

        List<AgentAnswer> asked = [];
        if (footprint is ToolFootprint.These { Paths: var paths, Batch: var batch })
        {
            if (writer.Protected(paths.Select(p => p.Value)) is [var guarded, ..])
            {
                return new AgentAnswer(Denial: $"git writeopt: {Quoting.Path(guarded)} is protected: it decides how agents, git or "
                    + "builds run. Leave it as it is and tell the person what should be changed there.");
            }

            if (Changed(paths) is { } changed)
            {
                return new AgentAnswer(Denial: $"git writeopt: {Quoting.Path(changed)} was changed by something else since it "
                    + "was read. Read it again, then write.");
            }

            asked.Add(_leases.BeforeWriting(Session(), paths));
            if (asked[0].Denial is null && Checks().Before(batch) is { } findings)
            {
                asked.Add(findings);
            }

            if (asked.Find(a => a.Denial is not null) is { } denied)
            {
                return denied;
            }
        }

        writer.Checkpoint(Session().Id, new CheckpointRequest(CheckpointReason.BeforeTool, $"Before {told.Tool}")
        {
            Tool = told.Tool,
            OnlyIfChanged = true,
        });
        _memory.Begin(told.Call, footprint);
        return Joined([.. asked.Select(a => a.Context)]);
    }

    private AgentAnswer After(ToolFootprint footprint)
    {
        if (footprint is ToolFootprint.None none)
        {
            Remember(none.Read is { } read ? [read] : []);
            return new AgentAnswer();
        }

        var session = Session();
        var declared = _memory.End(told.Call, footprint);
        var (_, taken) = writer.Checkpoint(session.Id, new CheckpointRequest(CheckpointReason.AfterTool, $"After {told.Tool}")
        {
            Tool = told.Tool,
            Declared = declared,
            OnlyIfChanged = true,
        });
        if (footprint is ToolFootprint.These { Paths: var paths })
        {
            Remember(paths);
            if (taken)
            {
                _memory.CountWrite(paths);
            }
        }

        if (!taken)
        {
            return new AgentAnswer();
        }

        var now = writer.FindSession(session.Id);
        var step = footprint is ToolFootprint.Anything ? writer.LastStep(now) : null;
        return Joined(Guarded(step), step is null ? null : _leases.AfterWriting(now, step), Checks().After(now));
    }

    // Half of the budget is for the checkpoint, without which nothing can be undone.
    private AgentChecks Checks() => new(writer, _memory, told.Call, budget / 2);

    // A tool that says what it writes was asked before it wrote; a shell is looked at afterwards.
    private string? Guarded(SessionStep? step) =>
        step is not null && writer.Protected(step.Files.Select(f => f.File.Path)) is { Count: > 0 } guarded
            ? $"git writeopt: {told.Tool} changed protected files: "
                + $"{string.Join(", ", guarded.Select(Quoting.Path))}. Tell the person; git writeopt undo takes the turn back."
            : null;

    private static AgentAnswer Joined(params string?[] notes) =>
        notes.OfType<string>().ToList() is { Count: > 0 } told ? new AgentAnswer(Context: string.Join('\n', told)) : new AgentAnswer();

    private AgentAnswer Stop()
    {
        var session = Session();
        writer.EndTurn(session.Id, new CheckpointRequest(CheckpointReason.Stop, $"Turn {session.Turns} of {host.Name}"));
        return new AgentAnswer();
    }

    private AgentAnswer End()
    {
        if (writer.OpenSessions().FirstOrDefault(s => s.Name == told.Session) is { } session)
        {
            // A turn that was interrupted had no Stop: what it wrote is a transaction all the same.
            writer.EndTurn(session.Id, new CheckpointRequest(CheckpointReason.Stop, $"Turn {session.Turns} of {host.Name}"));
            writer.EndSession(session.Id, aborted: false, new CheckpointRequest(CheckpointReason.End, "Session ended"));
        }

        _memory.Clear();
        return new AgentAnswer();
    }

    // Hooks may have been installed in the middle of a session.
    private SessionSummary Session() => writer.OpenSessions().FirstOrDefault(s => s.Name == told.Session)
        ?? writer.StartSession(told.Session, host.Name, SessionOwner.OfHook(),
            new CheckpointRequest(CheckpointReason.Start, "Session started"));

    private string? Changed(IReadOnlyList<RepoPath> paths) => writer.Setting("writeopt.agent.expect") == "off" ? null
        : paths.FirstOrDefault(p => _memory.Seen(p) is { } seen && Blob(p) is { } now && now != seen)?.Value;

    private void Remember(IReadOnlyList<RepoPath> paths)
    {
        foreach (var path in paths)
        {
            _memory.Saw(path, Blob(path));
        }
    }

    private string? Blob(RepoPath path)
    {
        try
        {
            return writer.BlobAt(path);
        }
        catch (WriteException)
        {
            return null; // behind a link, or no file: the host's tool says what it thinks of it
        }
    }
}
