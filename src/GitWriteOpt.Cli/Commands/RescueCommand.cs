using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt rescue</c>: content that would otherwise have been lost.</summary>
internal static class RescueCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var nul = NulList.Option("ids");
        var list = new Command("list", "List what was rescued") { nul };
        list.SetAction(parsed => parsed.GetValue(nul) && !invocation.Json
            ? NulList.Print(invocation.Open().Rescues().Select(r => r.Id), invocation) : List(invocation));
        var command = new Command("rescue", "List, show, restore or drop content that would have been lost")
        {
            list,
            WithId("show", "Show what a rescue holds", id => Show(invocation, id)),
            WithId("restore", "Write rescued contents back, as a transaction [-- <path>...]", id =>
            {
                var writer = invocation.Open();
                var paths = invocation.Paths(writer).Select(p => p.Value).ToList();
                return OutcomeReport.Print(writer.RestoreRescue(id, paths), invocation, "Restored", "restore");
            }),
            WithId("drop", "Forget a rescue", id => Drop(invocation, id)),
        };
        command.SetAction(_ => List(invocation));
        return command;
    }

    private static Command WithId(string name, string description, Func<string, int> run)
    {
        var id = new Argument<string>("id") { Description = "The rescue, as the list names it" };
        var command = new Command(name, description) { id };
        command.SetAction(parsed => run(parsed.GetValue(id)!));
        return command;
    }

    private static int List(Invocation invocation)
    {
        RescueReport.List(invocation.Open().Rescues(), invocation);
        return ExitCode.Done;
    }

    private static int Show(Invocation invocation, string id)
    {
        var writer = invocation.Open();
        var rescue = Find(writer, id);
        if (invocation.Json)
        {
            JsonReport.Print(invocation, RescueAnswer.Of(rescue), AnswerJson.Default.RescueAnswer);
            return ExitCode.Done;
        }

        invocation.Screen.Page(invocation.Directory);
        RescueReport.Show(rescue, invocation.Screen);
        new GitDiff(writer.Layout, invocation.Screen).PrintWhole(rescue.Ref);
        return ExitCode.Done;
    }

    private static int Drop(Invocation invocation, string id)
    {
        var writer = invocation.Open();
        var rescue = Find(writer, id);
        writer.DropRescue(rescue.Id);
        if (invocation.Json)
        {
            JsonReport.Print(invocation, RescueAnswer.Of(rescue), AnswerJson.Default.RescueAnswer);
        }
        else if (!invocation.Quiet)
        {
            invocation.Screen.Line($"Dropped rescue {rescue.Id}");
        }

        return ExitCode.Done;
    }

    private static RescueSummary Find(Writer writer, string id)
    {
        var found = writer.Rescues().Where(r => r.Id == id || r.Ref == id
            || r.Id.StartsWith(id, StringComparison.Ordinal) || r.Id.EndsWith(id, StringComparison.Ordinal)).ToList();
        return found.Count == 1 ? found[0] : throw UsageErrors.Of(found.Count == 0 ? "no-such-rescue" : "ambiguous-id",
            found.Count == 0 ? $"there is no rescue \"{id}\"" : $"\"{id}\" stands for {found.Count} rescues",
            "see: git writeopt rescue list");
    }
}
