using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GitWriteOpt.Batches;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Operations;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Mcp;

/// <summary>
/// The tools; a new one is a line in <see cref="All"/>, schemas, and a method. None takes force, leaves a check out or runs
/// a command; a rollback takes back what this server's session wrote and nothing else.
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
            + "transaction: all or nothing, backed up, undone by writeopt_rollback. The same id with the same batch again "
            + "answers with the same transaction and does nothing.", ToolSchemas.Apply, ToolSchemas.Outcome, Apply) { Idempotent = true },
        new("writeopt_rollback", "Undo a transaction", "Undoes a transaction that was made through this server (without an id: "
            + "the newest), keeping what others changed since.", ToolSchemas.Rollback, ToolSchemas.Outcome, Rollback),
        new("writeopt_status", "Show what is pending", "What was cut off, rescued, kept and recorded.", ToolSchemas.None,
            ToolSchemas.Status, Status) { ReadOnly = true },
        new("writeopt_log", "List transactions", "Transactions, newest first.", ToolSchemas.Log, ToolSchemas.LogAnswer, Log)
        { ReadOnly = true },
        new("writeopt_recover", "Recover after a crash", "Brings transactions that were cut off to an end: each all or nothing.",
            ToolSchemas.None, ToolSchemas.Recovery, Recover) { Idempotent = true },
        new("writeopt_suggest", "Suggest what is missing", "Ranks files that are usually changed together with these (without "
            + "paths: with what is changed now), learned from the history.", ToolSchemas.Suggest, ToolSchemas.Suggestions,
            LearnedTools.Suggest) { ReadOnly = true },
        new("writeopt_template", "List or use templates", "Without a name: the templates that the history taught. With one: "
            + "makes its files as one transaction, undone by writeopt_rollback; the same id again does nothing.",
            ToolSchemas.Template, ToolSchemas.Templates, LearnedTools.Template) { Idempotent = true },
    ];

    private static ToolAnswer Plan(ToolCallContext call)
    {
        call.AllowOnly("repository", "batch", "format", "message");
        using var writer = call.Open();
        var plan = writer.Plan(Read(call, writer), new ApplyOptions
        {
            DryRun = true,
            Session = call.Server.Name,
            Message = call.Text("message"),
        });
        var answer = Json(ForModel.Of(PlanAnswer.Of(plan)), AnswerJson.Default.PlanAnswer);
        call.Server.NewestPlan = answer;
        return new ToolAnswer(answer, false);
    }

    private static ToolAnswer Apply(ToolCallContext call)
    {
        call.AllowOnly("repository", "batch", "format", "message", "id");
        var request = call.Request();
        using var writer = call.Open();
        return Outcome(writer.Apply(Read(call, writer), new ApplyOptions
        {
            Session = call.Server.Name,
            Message = call.Text("message"),
            Request = request,
            Requests = call.Server.RequestsOf(writer.Layout.WorktreeRoot),
            Progress = call.Progress,
        }));
    }

    private static ToolAnswer Rollback(ToolCallContext call)
    {
        call.AllowOnly("repository", "transaction");
        using var writer = call.Open();
        var own = writer.Log(new LogQuery(Session: call.Server.Name))
            .Where(t => t is { Standing: true, Kind: TransactionKind.Apply });
        var chosen = call.Text("transaction") is { } id
            ? writer.Find(id) is { } found && found.Session == call.Server.Name ? found : null : own.FirstOrDefault();
        writer.Progress = call.Progress;
        return chosen is null
            ? throw UsageErrors.Of("not-of-this-session", "no transaction of that name was made through this server",
                "a person can undo any: git writeopt undo <id>")
            : Outcome(writer.Rollback(new RollbackRequest { Transaction = chosen.Transaction }));
    }

    private static ToolAnswer Status(ToolCallContext call)
    {
        call.AllowOnly("repository");
        using var writer = call.Open();
        var status = writer.Status();
        return new ToolAnswer(Json(ForModel.Of(StatusAnswer.Of(status, writer.OpenSessions())) with
        {
            Newest = status.Newest is { } newest ? ForModel.Of(newest) : null,
        }, AnswerJson.Default.StatusAnswer), false);
    }

    private static ToolAnswer Log(ToolCallContext call)
    {
        call.AllowOnly("repository", "limit");
        using var writer = call.Open();
        return new ToolAnswer(Json(new LogDocument([.. writer.Log(new LogQuery(call.Number("limit") ?? DefaultLogLength)).Select(ForModel.Of)]),
            McpJson.Default.LogDocument), false);
    }

    private static ToolAnswer Recover(ToolCallContext call)
    {
        call.AllowOnly("repository");
        using var writer = call.Open();
        var outcome = writer.Recover(new RecoverRequest());
        return new ToolAnswer(Json(ForModel.Of(RecoveryAnswer.Of(outcome, [])), AnswerJson.Default.RecoveryAnswer),
            outcome.State == RecoveryState.Attention);
    }

    // A batch of a model holds all that it writes: other files of the machine are none of its business.
    private static Batch Read(ToolCallContext call, Writer writer) => BatchReader.Read(call.Batch(), call.Format(),
        new BatchContext(writer.Layout.WorktreeRoot, writer.Layout.WorktreeRoot) { TakesSources = false });

    private static ToolAnswer Outcome(WriteOutcome outcome) => new(
        Json(OutcomeAnswer.Of(ForModel.Of(outcome)), AnswerJson.Default.OutcomeAnswer),
        outcome.State is not (WriteState.Applied or WriteState.Unchanged or WriteState.Planned));

    private static JsonElement Json<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(answer, type);
}
