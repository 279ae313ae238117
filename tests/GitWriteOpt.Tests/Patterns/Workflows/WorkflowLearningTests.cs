using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Workflows;
using GitWriteOpt.Tests.EndToEnd;

namespace GitWriteOpt.Tests.Patterns.Workflows;

public sealed class WorkflowLearningTests
{
    [Fact]
    public void What_was_learned_is_listed_run_exported_and_comes_next()
    {
        using var repository = Histories.Repository(Histories.Handlers(30));
        using var learning = Learning.Open(repository.Root);
        var outcome = learning.Learn();
        outcome.Kinds.Select(k => k.Kind).ShouldBe([KindFigures.CoChange, KindFigures.TemplatePath, KindFigures.TemplateContent, KindFigures.Workflow]);
        outcome.Kinds[^1].State.ShouldBe(KindFigures.On);
        var workflow = learning.Workflows().Offered.First(w => w.Steps[0].Template == "handler");
        repository.Git("show", "refs/writeopt/patterns:workflows/offered.jsonl").ShouldContain("\"change\":\"template\"");
        Should.Throw<RefusedException>(() => learning.FindWorkflow(workflow.Name + "x")).Error.Suggestion!.ShouldContain(workflow.Name);
        learning.Export(workflow, WorkflowExportFormat.Skill).ShouldContain("`git writeopt template new handler name=...`");

        repository.Write("src/handlers/NewHandler.cs", "x\n");
        learning.NextSteps(["src/handlers/NewHandler.cs"]).ShouldContain(n => n.Next.Roles[0].Path == "CHANGELOG.md");
        foreach (var one in learning.Workflows().Offered)
        {
            learning.DeclineWorkflow(one.Name).ShouldBeTrue();
        }

        learning.NextSteps(["src/handlers/NewHandler.cs"]).ShouldBeEmpty();
        learning.DeclineWorkflow("nonsense").ShouldBeFalse();

        var (exitCode, output, error) = Writeopt.Run(repository, "workflow", "run", workflow.Name, "name=Refund", "--json");
        exitCode.ShouldBe(0, output + error);
        var answer = JsonDocument.Parse(output).RootElement;
        answer.GetProperty("files")[0].GetProperty("path").GetString().ShouldBe("src/handlers/RefundHandler.cs");
        answer.GetProperty("remaining")[0].GetProperty("step").GetInt32().ShouldBe(2);
        repository.Read("src/handlers/RefundHandler.cs").ShouldContain("class RefundHandler(IRefundStore store)");
        Writeopt.Run(repository, "workflow", "run", workflow.Name, "nme=Refund", "--json").Output.ShouldContain("unknown-parameter");
        Writeopt.Run(repository, "workflow", "list").Output.ShouldContain("sequences that were found held");
    }

    [Fact]
    public void Where_nothing_repeats_it_is_said_that_nothing_is_offered()
    {
        using var repository = Histories.Repository([("ann", 'M', "a.txt"), ("ann", 'M', "b.txt")]);
        using var learning = Learning.Open(repository.Root);
        learning.Learn().Kinds[^1].State.ShouldBe(KindFigures.Untested);
        learning.Workflows().ShouldSatisfyAllConditions(f => f.Offered.ShouldBeEmpty(), f => f.Candidates.ShouldBe(0));
        learning.NextSteps(["a.txt"]).ShouldBeEmpty();
    }
}
