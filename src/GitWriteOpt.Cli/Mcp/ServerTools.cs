using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GitWriteOpt.Batches;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Operations;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Mcp;

/// <summary>
/// The tools. None takes force, leaves a check out or runs a command; a rollback takes back what this server's session
/// wrote and nothing else.
/// </summary>
internal static class ServerTools
{
    private const int DefaultLogLength = 20;

    /// <summary>All tools.</summary>
    internal static IReadOnlyList<ToolDefinition> All { get; } =
    [
        new("writeopt_plan", "Plan a batch of writes", "Decides what a batch of file writes would do: strategy, risk, order, "
            + "groups. Changes nothing.", ToolSchemas.Plan, ToolSchemas.PlanAnswer, Plan) { ReadOnly = true },
        new("writeopt_apply", "Apply a batch of writes", "Writes, edits, moves and deletes any number of files as one "
            + "transaction: all or nothing, backed up, undone by writeopt_rollback. The same id again answers what was done "
            + "and does nothing.", ToolSchemas.Apply, ToolSchemas.Outcome, Apply) { Idempotent = true },
        new("writeopt_rollback", "Undo a transaction", "Undoes a transaction that was made through this server (without an id: "
            + "the newest), keeping what others changed since.", ToolSchemas.Rollback, ToolSchemas.Outcome, Rollback),
        new("writeopt_status", "Show what is pending", "What was cut off, rescued, kept and recorded.", ToolSchemas.None,
            ToolSchemas.Status, Status) { ReadOnly = true },
        new("writeopt_log", "List transactions", "Transactions, newest first.", ToolSchemas.Log, ToolSchemas.LogAnswer, Log)
        { ReadOnly = true },
        new("writeopt_recover", "Recover after a crash", "Brings transactions that were cut off to an end: each all or nothing.",
            ToolSchemas.None, ToolSchemas.Recovery, Recover) { Idempotent = true },
    ];

    private static ToolAnswer Plan(ToolCallContext call)
    {
        call.AllowOnly("repository", "batch", "format", "message");
        using var writer = call.Open();
        var plan = writer.Plan(Read(call, writer), new ApplyOptions { DryRun = true, Session = call.Session, Message = call.Text("message") });
        return new ToolAnswer(Json(PlanAnswer.Of(plan), AnswerJson.Default.PlanAnswer), false);
    }

    private static ToolAnswer Apply(ToolCallContext call)
    {
        call.AllowOnly("repository", "batch", "format", "message", "id");
        using var writer = call.Open();
        var done = new DoneRequests(writer.Layout.GitDirectory, call.Session);
        var id = call.Needed("id");
        if (done.Find(id) is { } transaction)
        {
            var summary = writer.Find(transaction);
            return Outcome(new WriteOutcome
            {
                State = WriteState.Unchanged,
                Transaction = summary.Transaction,
                Ref = summary.Ref,
                Before = summary.Backup,
                After = summary.Commit,
                Message = summary.Message,
                Files = writer.Files(summary),
            });
        }

        var outcome = writer.Apply(Read(call, writer), new ApplyOptions
        {
            Session = call.Session,
            Message = call.Text("message"),
            Progress = (_, files, all) => call.Progress?.Invoke(files, all),
        });
        if (outcome is { State: WriteState.Applied, Transaction: { } made })
        {
            done.Note(id, made);
        }

        return Outcome(outcome);
    }

    private static ToolAnswer Rollback(ToolCallContext call)
    {
        call.AllowOnly("repository", "transaction");
        using var writer = call.Open();
        var own = writer.Log(new LogQuery(Session: call.Session)).Where(t => t is { Standing: true, Kind: TransactionKind.Apply });
        var chosen = call.Text("transaction") is { } id
            ? writer.Find(id) is { } found && found.Session == call.Session ? found : null : own.FirstOrDefault();
        return chosen is null
            ? throw Commands.UsageErrors.Of("not-of-this-session", "no transaction of that name was made through this server",
                "a person can undo any: git writeopt undo <id>")
            : Outcome(writer.Rollback(new RollbackRequest { Transaction = chosen.Transaction, Session = null }));
    }

    private static ToolAnswer Status(ToolCallContext call)
    {
        call.AllowOnly("repository");
        using var writer = call.Open();
        var status = writer.Status();
        var answer = StatusAnswer.Of(status, writer.OpenSessions());
        return new ToolAnswer(Json(answer with
        {
            Pending = [.. answer.Pending.Select(p => p with { Message = "" })],
            Sessions = [.. answer.Sessions.Select(s => s with { Message = "" })],
            Newest = status.Newest is { } newest ? ForModel(newest, call.Session) : null,
        }, AnswerJson.Default.StatusAnswer), false);
    }

    private static ToolAnswer Log(ToolCallContext call)
    {
        call.AllowOnly("repository", "limit");
        using var writer = call.Open();
        IReadOnlyList<LogEntryAnswer> log =
            [.. writer.Log(new LogQuery(call.Number("limit") ?? DefaultLogLength)).Select(t => ForModel(t, call.Session))];
        return new ToolAnswer(Json(new LogDocument(log), AnswerJson.Default.LogDocument), false);
    }

    private static ToolAnswer Recover(ToolCallContext call)
    {
        call.AllowOnly("repository");
        using var writer = call.Open();
        var outcome = writer.Recover(new RecoverRequest());
        return new ToolAnswer(Json(RecoveryAnswer.Of(outcome), AnswerJson.Default.RecoveryAnswer),
            outcome.State == RecoveryState.Attention);
    }

    // A model is told paths, ids and counts; what others wrote as messages is text that could give it orders.
    private static LogEntryAnswer ForModel(TransactionSummary transaction, string session) =>
        LogEntryAnswer.Of(transaction) is var entry && transaction.Session == session ? entry : entry with { Message = "" };

    private static Batch Read(ToolCallContext call, Writer writer)
    {
        var format = call.Text("format") is { } name
            ? Enum.GetValues<BatchFormat>().Where(f => Spelling.Of(f) == name).Cast<BatchFormat?>().FirstOrDefault()
                ?? throw Commands.UsageErrors.Of("unknown-format", $"there is no format \"{name}\"")
            : BatchFormat.Auto;
        return BatchReader.Read(call.Batch(), format, new BatchContext(writer.Layout.WorktreeRoot, writer.Layout.WorktreeRoot));
    }

    private static ToolAnswer Outcome(WriteOutcome outcome) => new(
        Json(OutcomeAnswer.Of(outcome), AnswerJson.Default.OutcomeAnswer),
        outcome.State is not (WriteState.Applied or WriteState.Unchanged or WriteState.Planned));

    private static JsonElement Json<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(answer, type);
}
