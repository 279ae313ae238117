using GitWriteOpt.Metrics;
using GitWriteOpt.Sessions;
using GitWriteOpt.Statistics;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Statistics;

public sealed class FigureTests
{
    [Fact]
    public void What_was_not_measured_has_no_value_and_says_what_would_measure_it()
    {
        using var repository = TestRepository.Init();
        using var writer = Writer.Open(repository.Root);
        var report = writer.Figures(new FigureRequest());
        report.Transactions.ShouldBe(0);
        report.Figures.Count.ShouldBe(FigureTable.Rows.Count);
        report.Figures.Select(f => f.Name).ShouldBeUnique();
        report.Figures.ShouldAllBe(f => f.Value == null && f.Of == 0 && f.NotMeasured != null && f.Trend.Count == 0);
    }

    [Fact]
    public void Each_figure_follows_from_what_was_done()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n", ["src/order.cs"] = "class Order;\n" });
        repository.Applied("""{"operations":[{"op":"write","path":"a.txt","content":"b\n"}]}""");
        repository.Applied("""
            {"operations":[{"op":"write","path":"src/order.cs","content":"class Order2;\n"},{"op":"write","path":"tests/OrderTests.cs","content":"class OrderTests;\n"},
             {"op":"write","path":"data.json","content":"{}\n"}]}
            """);
        repository.Apply("""{"operations":[{"op":"write","path":"b.json","content":"{\n"}]}""").State.ShouldBe(WriteState.Refused);
        repository.Apply("""{"operations":[{"op":"edit","path":"a.txt","edits":[{"old":"zzz","new":"y"}]}]}""").State.ShouldBe(WriteState.Refused);
        repository.Applied("""{"operations":[{"op":"write","path":"b.json","content":"{}\n"}]}""");
        repository.Apply("""{"operations":[{"op":"write","path":"c.txt","content":"c"}]}""", new ApplyOptions { DryRun = true });
        using var writer = Writer.Open(repository.Root);
        writer.Rollback(new RollbackRequest()).State.ShouldBe(WriteState.Applied);
        writer.Redo(null, Durability.Full).State.ShouldBe(WriteState.Applied);

        var report = writer.Figures(new FigureRequest());
        (report.Transactions, report.Commands).ShouldBe((5, 7));
        Value(report, "batching-rate").ShouldBe(3 / 5.0);
        Value(report, "template-usage").ShouldBe(0);
        Value(report, "rollback-success").ShouldBe(1);
        Value(report, "integrity").ShouldBe(0);
        Value(report, "error-recovery").ShouldBe(1);
        Value(report, "errors-before").ShouldBe(2);
        Value(report, "errors-after").ShouldBe(0);
        Value(report, "tests-with-code").ShouldBe(1 / 3.0);
        Value(report, "validation-coverage")!.Value.ShouldBeInRange(0.4, 1);
        Value(report, "time-saved").ShouldBeNull();
        report.Figures.Single(f => f.Name == "batching-rate").Trend.ShouldHaveSingleItem().Value.ShouldBe(3 / 5.0);

        writer.Figures(new FigureRequest("1 hour ago")).Transactions.ShouldBe(5);
    }

    [Fact]
    public void What_a_commit_tells_of_its_plan_is_ordinary_trailers()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        using (var writer = Writer.Open(repository.Root))
        {
            writer.StartSession("work", null, Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "begin") { Step = "testing" })
                .Step.ShouldBe("testing");
        }

        var applied = repository.Applied("""{"operations":[{"op":"write","path":"b/c.json","content":"{}"},{"op":"write","path":"tests/b_test.py","content":"x = 1\n"}]}""",
            new ApplyOptions { Session = "work" });
        var trailers = repository.Git("log", "-1", "--format=%(trailers:only)", applied.Ref!).Split('\n');
        trailers.ShouldContain("Writeopt-Step: testing");
        trailers.ShouldContain("Writeopt-Steps: 1 1 0");
        trailers.ShouldContain(t => t.StartsWith("Writeopt-Validated: 2 ", StringComparison.Ordinal));
        trailers.ShouldContain(t => t.StartsWith("Writeopt-Decision: strategy: ", StringComparison.Ordinal));
        trailers.ShouldContain(t => t.StartsWith("Writeopt-Decision: group: ", StringComparison.Ordinal));
        trailers.ShouldContain(t => t.StartsWith("Writeopt-Optimisation: one-transaction: 2 files", StringComparison.Ordinal));
        using var reader = Writer.Open(repository.Root);
        var summary = reader.Find("@");
        (summary.Step, summary.Validated).ShouldBe(("testing", 2));
        summary.StepFiles.ShouldBe([1, 1, 0]);
    }

    [Fact]
    public void Transactions_of_many_weeks_are_added_up_week_by_week()
    {
        using var repository = TestRepository.Init();
        const int count = 2000;
        PastTransactions.Make(repository, [.. Enumerable.Range(1 - count, count).Select(i => DateTimeOffset.UtcNow.AddMinutes(i * 60))]);
        using var writer = Writer.Open(repository.Root);
        var report = writer.Figures(new FigureRequest());
        (report.Transactions, report.TrendBy).ShouldBe((count, "week"));
        var trend = report.Figures.Single(f => f.Name == "batching-rate").Trend;
        trend.Count.ShouldBeInRange(12, 14);
        writer.Figures(new FigureRequest("10 days ago")).Transactions.ShouldBeInRange(239, 241);
        trend.ShouldAllBe(p => p.Value == 0 && p.From.UtcDateTime.DayOfWeek == DayOfWeek.Monday);
        report.Figures.Single(f => f.Name == "validation-coverage").Value.ShouldBeNull("older commits do not tell");
    }

    [Fact]
    public void A_calibration_is_measured_beside_the_repository_and_gives_time_and_calls_and_syncs_their_values()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        var before = repository.State();
        using var writer = Writer.Open(repository.Root);
        var measured = writer.Calibrate(files: 4, rounds: 1);
        repository.State().ShouldBe(before);
        Directory.GetDirectories(repository.At(".git/writeopt"), "calibration*").ShouldBeEmpty();
        measured.Levels.Select(l => l.Durability).ShouldBe([Durability.Full, Durability.Batch, Durability.None]);
        measured.Levels.ShouldAllBe(l => l.Single.Milliseconds > 0 && l.Batch.Milliseconds > 0);
        measured.At(Durability.None)!.Single.Syncs.ShouldBeLessThanOrEqualTo(measured.At(Durability.Full)!.Single.Syncs);

        repository.Applied("""{"operations":[{"op":"write","path":"a.txt","content":"1"},{"op":"write","path":"b.txt","content":"2"},{"op":"write","path":"c.txt","content":"3"}]}""");
        var report = writer.Figures(new FigureRequest());
        report.Calibration!.Files.ShouldBe(4);
        foreach (var name in new[] { "time-saved", "syncs-saved", "system-calls-saved" })
        {
            report.Figures.Single(f => f.Name == name).Of.ShouldBe(1, name);
        }

        var recorded = FigureLog.All(repository.At(".git/writeopt/figures")).Single();
        var level = report.Calibration.At(Durability.Full)!;
        Value(report, "time-saved")!.Value.ShouldBe((3 * level.Single.Milliseconds) - recorded.Writing, 0.01);
    }

    [Fact]
    public void What_became_of_suggestions_is_a_figure_and_each_kind_has_its_row()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        repository.Write(".git/writeopt/suggestions", $$"""
            {"path":"a.h","answer":"taken","given":["a.c"],"head":"1","at":{{now}}}
            {"path":"b.h","answer":"ignored","given":["b.c"],"head":"1"}
            {"path":"c.h","answer":"shown","given":["c.c"],"head":"1","at":{{now}}}
            {"path":"t","answer":"declined","given":[],"head":"1","kind":"template-path","at":{{now}}}

            """);
        using var writer = Writer.Open(repository.Root);
        var report = writer.Figures(new FigureRequest());
        (Value(report, "suggestions-taken"), report.Figures.Single(f => f.Name == "suggestions-taken").Of).ShouldBe((1.0 / 3, 3));
        report.Suggestions.Select(s => (s.Kind, s.Replayed, s.Answered!.Shown, s.Answered.Taken, s.Answered.Ignored, s.Answered.Declined))
            .ShouldBe([("co-change", null, 3, 1, 1, 0), ("template-path", null, 1, 0, 0, 1)]);
        Value(writer.Figures(new FigureRequest("1 day ago")), "suggestions-taken").ShouldBe(0.5, "what has no time is not of the last day");
    }

    [Fact]
    public void The_README_defines_each_figure_as_it_is_computed()
    {
        var text = File.ReadAllText(Path.Combine(Cli.SourceTree.Root, "README.md"));
        foreach (var row in FigureTable.Rows)
        {
            text.ShouldContain($"| {row.Title} (`{row.Name}`) | {row.Unit} | {row.Formula} |");
        }
    }

    private static double? Value(FigureReport report, string name) => report.Figures.Single(f => f.Name == name).Value;
}
