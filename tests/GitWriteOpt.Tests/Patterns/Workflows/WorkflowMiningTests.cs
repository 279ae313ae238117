using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Workflows;

namespace GitWriteOpt.Tests.Patterns.Workflows;

public sealed class WorkflowMiningTests
{
    private static readonly StepShapes Shapes = new([]);

    [Fact]
    public void Steps_that_followed_one_another_in_old_and_new_commits_are_a_workflow()
    {
        var found = WorkflowMining.Of(Histories.Learned(Histories.Handlers(30)), Shapes);
        var workflow = found.Offered.ShouldHaveSingleItem();
        workflow.Name.ShouldBe("add-handlers-cs-then-change-changelog-md");
        workflow.Steps.Select(s => s.Roles[0].ToString()).ShouldBe(["add src/handlers/*.cs", "change CHANGELOG.md"]);
        workflow.Support.ShouldBe(24);
        workflow.Replayed.Chances.ShouldBe(6);
        workflow.Replayed.Precision.ShouldBe(1);
        workflow.Examples.Count.ShouldBe(3);
        workflow.Examples[0].Commits.Count.ShouldBe(2);
    }

    [Fact]
    public void What_no_longer_holds_in_newer_commits_is_found_and_not_offered()
    {
        List<(string, char, string)> commits = [.. Histories.Handlers(24)];
        commits.AddRange(Histories.Handlers(8).Where(c => c.Path != "CHANGELOG.md").Select(c => (c.Author, c.Kind, "new/" + c.Path)
            is var (author, kind, path) && kind == 'A' ? (author, kind, path[4..].Replace("Handler", "LateHandler", StringComparison.Ordinal)) : (c.Author, c.Kind, "new/" + c.Path)));
        var found = WorkflowMining.Of(Histories.Learned(commits), Shapes);
        found.Offered.ShouldBeEmpty();
        found.Candidates.ShouldBeGreaterThan(0);
        found.Held.ShouldBeLessThan(found.Chances);
    }

    [Fact]
    public void A_file_that_its_author_changes_all_the_time_follows_nothing()
    {
        var commits = new List<(string, char, string)>();
        for (var i = 0; i < 60; i++)
        {
            commits.Add(("ann", 'A', $"src/File{i}.cs"));
            commits.Add(("ann", 'M', "log.txt"));
        }

        WorkflowMining.Of(Histories.Learned(commits), Shapes).Offered.ShouldBeEmpty();
    }

    [Fact]
    public void What_another_person_does_next_is_no_step_and_neither_is_what_comes_weeks_later()
    {
        List<(string Author, char Kind, string Path)> commits = [.. Histories.Handlers(30)];
        var others = commits.Select(c => c.Path == "CHANGELOG.md" ? ("bob", c.Kind, c.Path) : c);
        WorkflowMining.Of(Histories.Learned(others), Shapes).Offered.ShouldBeEmpty();
        List<LearnedCommit> slow = [.. Histories.Learned(commits).Select((c, i) => c with { Time = i * 20L * 86400 })];
        WorkflowMining.Of(slow, Shapes).Offered.ShouldBeEmpty();
        WorkflowMining.Of([.. Histories.Learned(commits).Select(c => c with { Author = null })], Shapes).Candidates.ShouldBe(0);
    }

    [Fact]
    public void Chains_of_three_steps_are_one_workflow()
    {
        var commits = new List<(string, char, string)>();
        for (var round = 0; round < 30; round++)
        {
            commits.AddRange([("ann", 'A', $"db/migrate/{round}.rb"), ("ann", 'M', "db/schema.rb"), ("ann", 'M', "docs/tables.md")]);
            commits.AddRange(Enumerable.Range(0, 12).Select(i => ("ann", 'M', $"x{round}/{i}.txt")));
        }

        var workflow = WorkflowMining.Of(Histories.Learned(commits), Shapes).Offered.First(w => w.Steps.Count == 3);
        workflow.Steps.Select(s => s.Roles[0].Path).ShouldBe(["db/migrate/*.rb", "db/schema.rb", "docs/tables.md"]);
    }

    [Fact]
    public void The_evaluation_counts_in_commits_that_neither_found_nor_chose_them()
    {
        var commits = Histories.Learned(Histories.Handlers(40));
        var score = WorkflowMining.Score(commits.GetRange(0, 224), commits.GetRange(224, commits.Count - 224), Shapes);
        score.Offered.ShouldBe(1);
        score.Replayed.ShouldBe(new WorkflowReplay(8, 8));
        score.Holds.ShouldBeTrue();
        WorkflowMining.Score([], [], Shapes).Holds.ShouldBeFalse();
    }

    [Fact]
    public void Who_has_made_the_first_step_is_told_the_second_until_it_is_made_or_its_time_is_over()
    {
        var workflows = WorkflowMining.Of(Histories.Learned(Histories.Handlers(30)), Shapes).Offered;
        var recent = Histories.Learned([("ann", 'A', "src/handlers/NewHandler.cs")]);
        var next = WorkflowProgress.Of(workflows, recent, Shapes).ShouldHaveSingleItem();
        (next.Done, next.Next.Roles[0].Path, next.Confidence).ShouldBe((1, "CHANGELOG.md", 1));
        WorkflowProgress.Of(workflows, [.. recent, .. Histories.Learned([("ann", 'M', "CHANGELOG.md")])], Shapes).ShouldBeEmpty();
        var busy = Enumerable.Range(0, 4).Select(i => ("ann", 'M', $"y{i}/z.txt"));
        WorkflowProgress.Of(workflows, [.. recent, .. Histories.Learned(busy)], Shapes).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(WorkflowExportFormat.ClaudeAgent, "tools: Read, Write, Edit, Glob, Grep, Bash\n---\n")]
    [InlineData(WorkflowExportFormat.Skill, "---\nname: add-handlers-cs-then-change-changelog-md\ndescription: \"")]
    [InlineData(WorkflowExportFormat.AgentsMd, "## add-handlers-cs-then-change-changelog-md\n")]
    public void An_export_has_the_front_matter_that_its_host_reads_and_the_steps(WorkflowExportFormat format, string expected)
    {
        var workflow = WorkflowMining.Of(Histories.Learned(Histories.Handlers(30)), Shapes).Offered[0];
        var text = WorkflowExport.Of(workflow, format, _ => []);
        text.ShouldContain(expected);
        text.StartsWith("---\nname: ", StringComparison.Ordinal).ShouldBe(format != WorkflowExportFormat.AgentsMd);
        text.ShouldContain("1. Add `src/handlers/*.cs`.\n2. Change `CHANGELOG.md`.\n");
        text.ShouldContain("followed 6 of 6 times");
        workflow.Name.Length.ShouldBeLessThanOrEqualTo(64);
    }
}
