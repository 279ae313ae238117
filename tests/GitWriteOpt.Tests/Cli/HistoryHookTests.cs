using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Cli;

/// <summary>What is told after a merge, a rebase or a checkout, and what is learned.</summary>
public sealed class HistoryHookTests
{
    [Fact]
    public void A_merge_over_a_transaction_and_an_open_session_names_both()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "1\n2\n3\n4\n5\n", ["b.txt"] = "1\n" });
        using var writer = Writer.Open(repository.Root);
        var session = writer.StartSession("s", "claude", Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "start"));
        repository.Git("branch", "other");
        var applied = writer.Apply(new Batch("Count", [new Operation.Write(RepoPath.Parse("a.txt"), Content.Of("one\n2\n3\n4\n5\n"))]), new ApplyOptions());
        writer.Checkpoint(session.Id, new CheckpointRequest(CheckpointReason.Asked, "written"));
        repository.Commit("count");
        repository.Git("checkout", "-q", "other");
        repository.Write("a.txt", "1\n2\n3\n4\nfive\n");
        repository.Commit("theirs");
        repository.Git("checkout", "-q", "main");
        repository.Git("merge", "-q", "--no-edit", "other");

        var changed = writer.ChangedBetween("ORIG_HEAD", "HEAD");
        changed.ShouldBe(["a.txt"]);
        var touched = writer.TouchedBy(changed);
        touched.Select(t => (t.Id, t.IsSession)).ShouldBe([(session.Id, true), (applied.Transaction!, false)]);
        touched[1].Objection.ShouldBeNull("undoing merges with what came in");
        writer.TouchedBy(["b.txt"]).ShouldBeEmpty();
        writer.ChangedBetween(new string('0', 40), "HEAD").ShouldBeEmpty();

        var (exitCode, _, error) = Writeopt.Run(repository, "hook", "post-merge", "0");
        (exitCode, error.Contains("what was merged touches 1 file of the open session", StringComparison.Ordinal)).ShouldBe((0, true), error);
        error.ShouldContain($"of the transaction {applied.Transaction} - Count: a.txt");
        Writeopt.Run(repository, "hook", "post-checkout", "HEAD", "HEAD", "1").Error.ShouldBeEmpty();
        Writeopt.Run(repository, "hook", "post-rewrite", "amend").Error.ShouldBeEmpty();
    }

    [Fact]
    public void Learning_is_left_to_the_background_the_first_time_and_done_at_once_later()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "1\n" });
        repository.Git("config", "writeopt.learn.auto", "true");
        using var writer = Writer.Open(repository.Root);
        var started = new List<string>();
        var hook = new HistoryHook(writer) { Background = command => started.Add(string.Join(' ', command)), Limit = TimeSpan.FromMinutes(2) };
        hook.Run(HookShim.PostMerge, ["0"]);
        started.ShouldBe(["learn --quiet"]);

        using (var learning = Learning.Open(repository.Root))
        {
            learning.Learn();
        }

        repository.Write("a.txt", "2\n");
        var tip = repository.Commit("second");
        hook.Run(HookShim.PostMerge, ["0"]);
        started.Count.ShouldBe(1);
        repository.Git("show", "refs/writeopt/patterns:state.json").ShouldContain(tip);
    }

    [Fact]
    public void A_file_that_a_newer_template_makes_differently_is_told_unless_it_has_gone_its_own_way()
    {
        const string path = "src/{{name.pascal}}.cs";
        Template Version(int version, string text) => new("thing", version, Template.Active, "history",
            [new TemplateParameter("name", "name", [])], [new TemplateFile(path, text, 3)], [],
            [new TemplateInstance("1", "Order", ["src/Order.cs"]), new TemplateInstance("2", "Gift", ["src/Gift.cs"])], []);

        var files = new Dictionary<string, string>
        {
            ["src/Order.cs"] = "class Order\n{\n}\n",
            ["src/Gift.cs"] = "something else\n",
        };
        var (before, after) = (Version(1, "class {{name.pascal}}\n{\n}\n"), Version(2, "// {{name.pascal}}, sealed\nclass {{name.pascal}}\n{\n}\n"));
        TemplateDrift.Of([before], [after], files.GetValueOrDefault).ShouldBe([new DriftedFile("thing", "src/Order.cs", 1)]);
        TemplateDrift.Of([before], [before], files.GetValueOrDefault).ShouldBeEmpty();
        files["src/Order.cs"] = "// Order, sealed\nclass Order\n{\n}\n";
        TemplateDrift.Of([before], [after], files.GetValueOrDefault).ShouldBeEmpty();
    }
}
