using GitWriteOpt.Metrics;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;
using static GitWriteOpt.Tests.Planning.OperationTests;
using static GitWriteOpt.Tests.Planning.PlanningWorld;

namespace GitWriteOpt.Tests.Planning;

public sealed class PlannerTests
{
    private static readonly ApplyOptions Partial = new() { Partial = true };

    [Fact]
    public void A_file_becomes_a_directory_its_deletion_first()
    {
        using var world = With(("a", "1"));
        var plan = world.Plan(Write("a/b", "2"), Write("0", "x"), Delete("a"));
        Touched(plan).ShouldBe(["a", "0", "a/b"]);
        plan.DirectoriesToMake.Select(d => d.Value).ShouldBe(["a"]);
    }

    [Fact]
    public void A_directory_becomes_a_file_its_files_first()
    {
        using var world = With(("d/x", "1"), ("d/e/y", "2"));
        Touched(world.Plan(Write("d", "file"), Delete("d/x"), Delete("d/e/y"))).ShouldBe(["d/e/y", "d/x", "d"]);
        var plan = world.Plan(Delete("d", recursive: true), Write("d", "file"), Write("0", ""));
        Touched(plan).ShouldBe(["d/e/y", "d/x", "0", "d"]);
        plan.DirectoriesToRemove.Select(d => d.Path.Value).ShouldBe(["d/e", "d"]);
    }

    [Fact]
    public void A_file_in_a_directorys_place_is_refused_and_the_reverse()
    {
        using var world = With(("f", "1"), ("d/x", "1"), ("d/y", "1"));
        Refused(() => world.Plan(Write("f/g", "2"))).Code.ShouldBe("file-in-the-way");
        Refused(() => world.Plan(Write("d", "2"), Delete("d/x"))).Code.ShouldBe("directory-in-the-way");
        Refused(() => world.Plan(Write("n", "2"), Write("n/m", "3"))).Code.ShouldBe("file-in-the-way");
    }

    [Fact]
    public void A_link_that_the_batch_removes_may_become_a_directory()
    {
        using var world = With(("real/x", "1"));
        File.CreateSymbolicLink(world.Repository.At("l"), "real");
        Touched(world.Plan(Delete("l"), Write("l/x", "2"))).ShouldBe(["l", "l/x"]);
    }

    [Fact]
    public void Emptied_directories_go_upwards_and_those_that_get_files_stay()
    {
        using var world = With(("a/b/c/f", "1"), ("k/f", "1"));
        var plan = world.Plan(Delete("a/b/c/f"), Delete("k/f"), Write("k/g", "1"));
        plan.DirectoriesToRemove.Select(d => (d.Path.Value, d.Permissions)).ShouldBe([("a/b/c", 0x1ed), ("a/b", 0x1ed), ("a", 0x1ed)]);
    }

    [Fact]
    public void An_empty_directory_that_is_filled_is_named()
    {
        using var world = With();
        Directory.CreateDirectory(world.Repository.At("e"));
        world.Plan(Write("e/n/x", "1")).DirectoriesFilled.Select(d => d.Path.Value).ShouldBe(["e"]);
    }

    [Fact]
    public void Dependencies_come_before_dependants_and_imported_files_go_last()
    {
        using var world = With(("o/a.py", "1"), ("o/b.py", "from .a import x\n"));
        var plan = world.Plan(Write("a.ts", "import { b } from './z/b.js';\n"), Write("z/b.ts", "export {}"), Write("c.h", ""),
            Write("a.c", "#include \"c.h\"\n"), Write("README.md", "[see](docs/x.md#y)"), Write("docs/x.md", ""), Delete("o", true));
        Touched(plan).ShouldBe(["docs/x.md", "README.md", "c.h", "a.c", "z/b.ts", "a.ts", "o/b.py", "o/a.py"]);
        plan.Groups.Count(g => g.Reason == GroupReason.Dependency).ShouldBe(4);
    }

    [Fact]
    public void A_cycle_of_imports_is_ordered_by_path()
    {
        using var world = With();
        Touched(world.Plan(Write("a.py", "import b\n"), Write("b.py", "import a\n"), Write("c.py", "import a\n")))
            .ShouldBe(["b.py", "a.py", "c.py"]);
    }

    [Fact]
    public void Partial_leaves_out_what_fails_with_all_that_belongs_to_it()
    {
        using var world = With(("a", "1"), ("b.py", "import c\n"), ("c.py", "x\n"));
        var plan = world.Plan(Partial, Write("a", "2"), Edit("a", "nowhere", "x"), Edit("c.py", "nowhere", "y"),
            Write("b.py", "import c\nz\n"), Write("free", "ok"));
        Touched(plan).ShouldBe(["free"]);
        plan.Skipped.Select(s => (s.Path.Value, s.Error.Code)).ShouldBe(
            [("a", "text-not-found"), ("b.py", "skipped-together"), ("c.py", "text-not-found")], ignoreOrder: true);
    }

    [Fact]
    public void Partial_with_nothing_left_is_refused()
    {
        using var world = With(("a", "1"));
        Refused(() => world.Plan(Partial, Edit("a", "x", "y"))).Code.ShouldBe("text-not-found");
    }

    [Fact]
    public void Partial_leaves_out_what_stands_in_the_way()
    {
        using var world = With(("f", "1"));
        var plan = world.Plan(Partial, Write("f/x", "1"), Write("f/y", "1"), Write("g", "1"));
        Touched(plan).ShouldBe(["g"]);
        plan.Skipped.Count.ShouldBe(2);
    }

    [Fact]
    public void A_read_only_file_is_not_written_but_may_be_deleted()
    {
        using var world = With(("a", "1"));
        world.SetMode("a", 0x100);
        Refused(() => world.Plan(Write("a", "2"))).Code.ShouldBe("read-only-file");
        world.Plan(Delete("a")).Changes.Count.ShouldBe(1);
    }

    [Fact]
    public void A_read_only_directory_and_a_full_disk_are_refused_up_front()
    {
        using var world = With(("d/a", "1"));
        var context = world.Context;
        world.Context = context with { CanWriteIn = d => d?.Value != "d" };
        Refused(() => world.Plan(Write("d/n/x", "1"))).Code.ShouldBe("read-only-directory");
        world.Context = context with { FreeBytes = () => 100 };
        Refused(() => world.Plan(Write("d/n/x", "1"))).Code.ShouldBe("no-space");
    }

    [Theory]
    [InlineData("readme.md", "README.md", "case alone")]
    [InlineData("\u00e9.txt", "e\u0301.txt", "normalisation")]
    public void Colliding_names_are_refused_where_case_is_ignored_and_warned_of_elsewhere(string there, string added, string reason)
    {
        using var world = With((there, "1"));
        world.Plan(Write(added, "2")).Warnings.ShouldHaveSingleItem().ShouldContain(reason);
        world.Plan(Write("n/" + there, "1"), Write("n/" + added, "2")).Warnings.ShouldHaveSingleItem();
        world.Context = world.Context with { IgnoreCase = true };
        Refused(() => world.Plan(Write(added, "2"))).Code.ShouldBe("path-collision");
    }

    [Fact]
    public void A_rename_in_case_alone_is_two_steps_where_case_is_ignored()
    {
        using var world = With(("readme", "1"));
        var read = world.Context.Read;
        world.Context = world.Context with { IgnoreCase = true, Read = p => read(P(p.Value.ToLowerInvariant())) };
        var plan = world.Plan(Move("readme", "README"));
        plan.Changes.Select(c => (c.Path.Value, c.Kind)).ShouldBe([("readme", ChangeKind.Deleted), ("README", ChangeKind.Renamed)]);
    }

    [Fact]
    public void A_special_file_is_refused_and_a_hard_link_warned_of()
    {
        using var world = With(("a", "1"));
        var read = world.Context.Read;
        world.Context = world.Context with { Read = p => (read(p).Found with { Links = 2 }, read(p).State) };
        world.Plan(Write("a", "2")).Warnings.ShouldHaveSingleItem().ShouldContain("hard links");
        world.Context = world.Context with { Read = p => (Fingerprint.Absent with { Kind = FileKind.Special }, PathState.Nothing) };
        Refused(() => world.Plan(Write("a", "2"))).Code.ShouldBe("special-file");
    }

    [Fact]
    public void A_small_change_in_a_large_file_is_incremental()
    {
        using var world = With(("big.txt", new string('x', 70_000) + "needle" + new string('y', 70_000)));
        var plan = world.Plan(Edit("big.txt", "needle", "pin"));
        (plan.Strategy, plan.Groups.Single().Reason).ShouldBe((WriteStrategy.Incremental, GroupReason.Incremental));
    }

    [Fact]
    public void Decisions_name_the_rows_that_fired_and_answer_five_questions()
    {
        using var world = With(("a.json", "{}"));
        world.Context = world.Context with { IsDirty = _ => true, ImportersOf = _ => [P("outside.ts")] };
        var plan = world.Plan(Delete("a.json"));
        plan.Risk.ShouldBe(WriteRisk.High);
        plan.Decisions.Where(d => d.Subject == "risk").Select(d => d.Rule)
            .ShouldBe(["deletes-uncommitted", "deletes-imported", "deletions", "configuration"]);
        plan.Decisions.Where(d => d.Subject == "a.json").Select(d => d.Rule)
            .ShouldBe(["batched", "pattern", "rollback", "depends-on", "validated"]);
        plan.Dependencies.Select(d => d.Value).ShouldBe(["outside.ts"]);
    }

    [Fact]
    public void The_estimate_follows_recorded_figures()
    {
        RecordedFigure[] figures = [.. Enumerable.Range(1, 8).Select(i =>
            new RecordedFigure(i * 10, i * i * 100_000L, 20 + (i * 10 * 2) + (i * i * 100_000 / 1e6)))];
        var model = EstimateModel.From(figures);
        model.Seconds(100, 1_000_000).ShouldBe(0.221, tolerance: 1e-4);
        EstimateModel.From([.. figures, new RecordedFigure(10, 100_000, 9000)]).Seconds(100, 1_000_000)
            .ShouldBe(0.221, tolerance: 0.05, "one batch that met a busy disk");
        EstimateModel.From(figures[..3]).ShouldBe(EstimateModel.Default);
        EstimateModel.From([.. Enumerable.Repeat(new RecordedFigure(1, 10, 50), 6)]).Seconds(1, 10).ShouldBe(0.05, 1e-6);
        // 2 ms a file here: staging side by side pays early; where nothing is recorded it is as ever.
        EstimateModel.From(figures).FilesForBatch.ShouldBe(4);
        EstimateModel.From([]).FilesForBatch.ShouldBe(StrategyTable.FilesForBatch);
    }

    [Fact]
    public void Ten_thousand_writes_are_planned_in_several_groups()
    {
        using var world = With();
        var plan = world.Plan([.. Enumerable.Range(0, 10_000).Select(i => Write($"d{i % 100}/f{i}.txt", "content " + i) with
        {
            Expect = new GitWriteOpt.Operations.Expectation.Absent(),
        })]);
        (plan.Changes.Count, plan.Groups.Count, plan.Strategy).ShouldBe((10_000, 100, WriteStrategy.Batch));
        plan.Decisions.Count.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void The_document_has_the_sections_that_the_owner_asked_for()
    {
        using var world = With(("a.txt", "1"));
        var plan = world.Plan(Write("a.txt", "2"), Write("b.txt", "3"));
        var document = PlanDocument.Markdown(plan, "0123456789abcdef");
        document.Split('\n').Where(l => l.StartsWith('#')).ShouldBe(["## Write Plan: test", "### Operations Summary",
            "### Execution Sequence", "### Rollback Strategy", "### Performance Optimizations"]);
        document.ShouldContain("1. **Pre-validation:** ");
        document.ShouldContain("`git writeopt rollback 0123456789abcdef`");
        PlanDocument.Sequence(plan).Count.ShouldBe(5);
    }
}
