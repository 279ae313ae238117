using GitWriteOpt.Cli.Agents;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Recovering;

/// <summary>
/// One run of recover: transactions first, then the sessions that lost their owner: decided by flags, by a person at a
/// terminal, or named with the commands that decide.
/// </summary>
internal sealed class RecoverRun(Invocation invocation, RecoverWish wish)
{
    private readonly Writer _writer = invocation.Open();

    /// <summary>Carries it out; the exit code.</summary>
    internal int Carry()
    {
        var paths = invocation.Paths(_writer);
        if (wish.Session is { } name)
        {
            return Decide(_writer.FindSession(name), paths);
        }

        var transactions = _writer.Recover(new RecoverRequest(wish.Direction, wish.DryRun,
            paths.Count == 0 ? null : [.. paths.Select(p => p.Value)]));
        var accounts = Accounts(out var problem);
        var exitCode = RecoveryReport.Print(transactions, accounts, invocation, wish.DryRun);
        if (problem is not null)
        {
            Diagnostics.Note($"the sessions cannot be read: {problem}");
        }

        return accounts.Count > 0 && IsAsked(paths) ? Ask(accounts, exitCode) : exitCode;
    }

    // Where nobody can answer, or everything was said already, nothing is asked.
    private bool IsAsked(IReadOnlyList<Paths.RepoPath> paths) => !invocation.Json && !invocation.Quiet && !wish.DryRun
        && wish.Direction is null && paths.Count == 0 && !Console.IsInputRedirected && !Console.IsErrorRedirected;

    private int Ask(IReadOnlyList<SessionAccount> accounts, int exitCode)
    {
        invocation.Finish(); // what the question is about stands above it
        var menu = new RecoverMenu(RecoverMenu.Terminal(), new RecoverDeeds(_writer, invocation, Calls));
        return accounts.Select(menu.Ask).Prepend(exitCode).Max();
    }

    private List<SessionAccount> Accounts(out string? problem)
    {
        problem = null;
        try
        {
            var abandoned = wish.DryRun ? [.. _writer.OpenSessions().Where(s => s.State == SessionState.Abandoned)]
                : _writer.MarkAbandoned(Calls);
            return [.. abandoned.Select(s => _writer.Account(s, Calls(s)))];
        }
        catch (StoreException cause)
        {
            // What has to be mended in transactions is mended already; that is what this command is for first.
            problem = cause.Message;
            return [];
        }
    }

    private int Decide(SessionSummary session, IReadOnlyList<Paths.RepoPath> paths)
    {
        var transactions = _writer.Recover(new RecoverRequest(DryRun: wish.DryRun));
        if (wish.To is null && !wish.Keep)
        {
            var account = _writer.Account(session, Calls(session));
            var listed = RecoveryReport.Print(transactions, [account], invocation, wish.DryRun);
            return IsAsked(paths) ? Ask([account], listed) : listed;
        }

        var request = new SessionRecoveryRequest
        {
            Session = session.Id,
            To = wish.To,
            Paths = paths,
            WithUnattributed = wish.WithUnattributed,
            Calls = Calls(session),
            DryRun = wish.DryRun,
        };
        var before = _writer.Account(session, request.Calls);
        var outcome = _writer.RecoverSession(request);
        Forget(session, outcome);
        return RecoveryReport.Print(transactions, before with { Session = _writer.FindSession(session.Id) }, outcome, invocation, wish);
    }

    private void Forget(SessionSummary session, WriteOutcome outcome)
    {
        if (!wish.DryRun && outcome.State is WriteState.Applied or WriteState.Unchanged && session.Name is { } name)
        {
            new AgentMemory(_writer.Layout.GitDirectory, name).Clear();
        }
    }

    private OpenCalls? Calls(SessionSummary session) => session.Name is { } name
        ? new AgentMemory(_writer.Layout.GitDirectory, name).Unfinished(session.Updated) : null;
}
