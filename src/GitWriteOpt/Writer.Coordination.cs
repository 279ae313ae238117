using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt;

/// <summary>The short way in, and what keeps callers from doing something twice or in each other's way.</summary>
public sealed partial class Writer
{
    /// <summary>Decides what a batch would do. Changes nothing, takes no lock.</summary>
    /// <exception cref="RefusedException">It cannot be applied.</exception>
    public WritePlan Plan(Batch batch) => Plan(batch, new ApplyOptions());

    /// <summary>Applies a batch as one transaction, all or nothing, durable on return.</summary>
    public WriteOutcome Apply(Batch batch) => Apply(batch, new ApplyOptions());

    /// <summary>
    /// Takes leases for a session on paths that it writes. They end with the session and with its owner's process. Where
    /// another session holds one, <c>writeopt.lease</c> says whether that is worth a warning (both hold it then) or a
    /// refusal (nothing is taken).
    /// </summary>
    /// <exception cref="UsageException">The setting is none of warn, refuse and off.</exception>
    public LeaseAnswer Lease(SessionSummary session, IReadOnlyList<RepoPath> paths) => Locked(() =>
        new Leases(_context.State, LeasePolicies.Of(_context.Config)).Ask(session.Id, session.Name ?? session.Id,
            session.OwnerPid, paths.Select(p => p.Value)));

    // A batch that comes again under its client's id: the answer is what it became, whatever has happened since.
    private WriteOutcome? Repeated(ApplyOptions options)
    {
        if (options is not { DryRun: false, Request: { } request }
            || (options.Requests ?? new RequestHistory()).Find(new TransactionLog(_context), request) is not { } earlier)
        {
            return null;
        }

        return new WriteOutcome
        {
            State = WriteState.Applied,
            Transaction = earlier.Transaction,
            Ref = earlier.Ref,
            Before = earlier.Backup,
            After = earlier.Commit,
            Message = earlier.Message,
            Files = Files(earlier),
            Warnings =
            [
                $"the batch of this id was applied before, as {earlier.Transaction}; nothing was done now",
                .. earlier.Standing ? [] : new[] { $"{earlier.Transaction} has been rolled back since" },
            ],
        };
    }

    // Who works in a session is an agent: it keeps its hands off what would change how agents, git or builds run, and off
    // what another session is writing.
    private (Leases Leases, LeaseAnswer Answer)? Coordinate(WritePlan plan, ApplyOptions options)
    {
        if (options.Session is not { } session)
        {
            return null;
        }

        RefuseProtected(plan);
        var leases = new Leases(_context.State, LeasePolicies.Of(_context.Config));
        var answer = leases.Look(IdOf(session), plan.Changes.Select(c => c.Path.Value));
        return answer is not { Policy: LeasePolicy.Refuse, Held: [var first, ..] } ? (leases, answer)
            : throw new RefusedException(new WriteError(ErrorCategory.Permission, "leased-by-other-session",
                $"\"{first.Path}\" is being written by {first.Holder}")
            {
                Path = first.Path,
                Suggestion = "write other files first and try again when that session has ended, or ask the person who started "
                    + "it; git config writeopt.lease warn lets both write",
            });
    }

    private WriteOutcome TakeLeases(WriteOutcome outcome, (Leases Leases, LeaseAnswer Answer)? asked, ApplyOptions options)
    {
        if (asked is not var (leases, answer) || outcome.State is not (WriteState.Applied or WriteState.Planned))
        {
            return outcome;
        }

        if (outcome.State == WriteState.Applied)
        {
            leases.Take(IdOf(options.Session!), options.Session!, options.SessionOwner ?? Environment.ProcessId,
                outcome.Files.SelectMany(f => f.From is null ? [f.Path] : new[] { f.Path, f.From }));
        }

        return outcome with
        {
            Warnings = [.. outcome.Warnings, .. answer.Held.Select(l => $"\"{l.Path}\" is being written by {l.Holder} too")],
        };
    }

    // A session that was begun here goes by its id, whatever it is called by; any other by its name.
    private string IdOf(string session) => new AgentSessions(_context).OpenId(session) ?? session;
}
