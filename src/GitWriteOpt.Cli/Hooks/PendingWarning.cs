using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>What the hooks say: nothing, unless a transaction or a session of this worktree was cut off or a batch was kept.</summary>
internal static class PendingWarning
{
    /// <summary>Prints to standard error.</summary>
    /// <param name="writer">The repository; it is only read.</param>
    /// <param name="withCount">Also tells how many transactions stand.</param>
    public static void Print(Writer writer, bool withCount)
    {
        var status = writer.Status();
        var cutOff = status.Pending.Where(p => p is { Mine: true, Running: false }).ToList();
        foreach (var one in cutOff)
        {
            Diagnostics.Note($"git writeopt: the transaction {one.Transaction} ({one.Message}) was cut off and files may be "
                + "half written; bring it to an end with: git writeopt recover");
        }

        foreach (var one in writer.OpenSessions().Where(s => s.State == SessionState.Abandoned))
        {
            Diagnostics.Note($"git writeopt: the session {one.Id}{(one.Agent is null ? "" : $" of {one.Agent}")} was cut off; see what "
                + "it left and decide with: git writeopt recover");
        }

        if (withCount && (cutOff.Count > 0 || status.Kept.Count > 0))
        {
            var standing = writer.Log(new LogQuery()).Count(t => t.Standing);
            Diagnostics.Note($"git writeopt: {StatusReport.Count(standing, "transaction")} standing, "
                + $"{cutOff.Count} cut off, {status.Kept.Count} kept; see: git writeopt status");
        }
    }
}
