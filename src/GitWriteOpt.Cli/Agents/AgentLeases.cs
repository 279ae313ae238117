using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Paths;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// Keeps agents that work in one worktree at the same time out of each other's files: each takes leases on what it writes,
/// and is told, once a path and holder, or refused (<c>writeopt.lease</c>), where another one holds one.
/// </summary>
internal sealed class AgentLeases(Writer writer, AgentMemory memory)
{
    private const int Listed = 5;

    /// <summary>Asks before a tool writes.</summary>
    internal AgentAnswer BeforeWriting(SessionSummary session, IReadOnlyList<RepoPath> paths)
    {
        var answer = Ask(session, paths);
        if (answer is { Policy: LeasePolicy.Refuse, Held: [var first, ..] })
        {
            return new AgentAnswer(Denial: $"git writeopt: {Quoting.Path(first.Path)} is being written by {Quoting.Line(first.Holder)}. Leave it "
                + "for now: go on with other files, or stop and tell the person that both sessions want it.");
        }

        return News(answer.Held) is { Count: > 0 } news
            ? new AgentAnswer(Context: $"git writeopt: {Told(news)}. Read it again right before you write, keep what is not yours, "
                + "and tell the person that both sessions write it.")
            : new AgentAnswer();
    }

    /// <summary>Takes leases on what a shell has written; what to say where others hold some, or null.</summary>
    internal string? AfterWriting(SessionSummary session, SessionStep step)
    {
        IReadOnlyList<RepoPath> written = [.. step.Files.Where(f => f.By != Attribution.Unattributed).Select(f => RepoPath.Parse(f.File.Path))];
        return written.Count > 0 && News(Ask(session, written).Held) is { Count: > 0 } news
            ? $"git writeopt: {Told(news)}, and this call wrote there too. Tell the person." : null;
    }

    private LeaseAnswer Ask(SessionSummary session, IReadOnlyList<RepoPath> paths) => Degraded.Try(memory,
        "other sessions' writes are not looked at", () => writer.Lease(session, paths), new LeaseAnswer(LeasePolicy.Off, []));

    private List<HeldLease> News(IReadOnlyList<HeldLease> held) =>
        [.. held.Where(lease => memory.IsNews($"lease {lease.Holder} {lease.Path}"))];

    private static string Told(List<HeldLease> held) => string.Join("; ", held.GroupBy(l => l.Holder).Select(of =>
        $"{string.Join(", ", of.Take(Listed).Select(l => Quoting.Path(l.Path)))}{(of.Count() > Listed ? ", ..." : "")} "
        + $"{(of.Count() == 1 ? "is" : "are")} being written by {Quoting.Line(of.Key)}"));
}
