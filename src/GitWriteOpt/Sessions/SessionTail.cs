using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>Calls of tools that had begun and not ended when their session was cut off.</summary>
/// <param name="Paths">The paths that they said they write; empty where one of them may have written anything.</param>
public sealed record OpenCalls(IReadOnlyList<string> Paths);

/// <summary>What changed after the newest checkpoint of a session whose owner is gone.</summary>
internal static class SessionTail
{
    /// <summary>The checkpoint that closes it: that of a tool which was running, else one that only says what was found.</summary>
    /// <param name="tip">The newest checkpoint.</param>
    /// <param name="calls">The calls that had not ended; null where none is known.</param>
    internal static CheckpointRequest Request(Checkpoint tip, OpenCalls? calls)
    {
        var running = calls is not null || tip.Reason == CheckpointReason.BeforeTool;
        return new CheckpointRequest(running ? CheckpointReason.AfterTool : CheckpointReason.Found,
            running ? "Cut off while a tool ran" : "Found without its owner")
        {
            Tool = tip.Reason == CheckpointReason.BeforeTool ? tip.Tool : null,
            Declared = calls?.Paths ?? [],
            OnlyIfChanged = true,
            Durable = true,
        };
    }

    /// <summary>The checkpoints with the one that would be taken now, and the trees to read them by; nothing is written.</summary>
    internal static (IReadOnlyList<Checkpoint> Chain, ObjectStore.TreeStore? Trees) Foresee(
        TransactionContext context, IReadOnlyList<Checkpoint> chain, OpenCalls? calls)
    {
        var tip = chain[^1];
        var survey = new Snapshots(context).Look(pack: null);
        if (survey.Tree == tip.Snapshot.Tree)
        {
            return (chain, null);
        }

        var request = Request(tip, calls);
        var now = tip with
        {
            Snapshot = tip.Snapshot with
            {
                Id = ObjectStore.TransactionId.New(context.Time, tip.Snapshot.Id),
                Tree = survey.Tree,
                IndexTree = survey.IndexTree,
                Subject = request.Message,
                Time = context.Time.GetUtcNow(),
                LeftOut = survey.LeftOut,
                Nested = survey.Nested,
                Private = survey.Private,
                UsualPermissions = survey.UsualPermissions,
                OddPermissions = survey.OddPermissions.ToDictionary(o => o.Path, o => o.Permissions, StringComparer.Ordinal),
            },
            Earlier = tip.Snapshot.Commit,
            Reason = request.Reason,
            Tool = request.Tool,
            Declared = request.Declared,
        };
        return ([.. chain, now], survey.Trees);
    }
}
