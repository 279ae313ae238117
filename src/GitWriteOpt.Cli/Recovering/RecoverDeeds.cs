using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Paths;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Recovering;

/// <summary>What a choice in recover's menu does.</summary>
internal sealed class RecoverDeeds(Writer writer, Invocation invocation, Func<SessionSummary, OpenCalls?> calls)
{
    /// <summary>Brings a session back, or keeps all (a null checkpoint).</summary>
    internal WriteOutcome Recover(SessionSummary session, string? to, IReadOnlyList<string> paths, bool unattributed, bool dryRun) =>
        writer.RecoverSession(new SessionRecoveryRequest
        {
            Session = session.Id,
            To = to,
            Paths = [.. paths.Select(p => RepoPath.Parse(p))],
            WithUnattributed = unattributed,
            Calls = calls(session),
            DryRun = dryRun,
        });

    /// <summary>Shows what a session changed, through the pager.</summary>
    internal void ShowDiff(SessionAccount account)
    {
        using var screen = new Screen(invocation.Screen.IsTerminal ? StandardStream.Output() : StandardStream.Error(),
            isTerminal: true, () => invocation.Screen.Colour);
        if (invocation.Screen.IsTerminal)
        {
            screen.Page(invocation.Directory);
        }

        new GitDiff(writer.Layout, screen).Print(account.Steps[0].Commit, writer.FindSession(account.Session.Id).Commit, []);
        screen.Finish();
    }
}
