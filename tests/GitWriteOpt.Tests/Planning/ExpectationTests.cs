using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using static GitWriteOpt.Tests.Planning.OperationTests;
using static GitWriteOpt.Tests.Planning.PlanningWorld;

namespace GitWriteOpt.Tests.Planning;

public sealed class ExpectationTests
{
    private static readonly ApplyOptions ThreeWay = new() { ThreeWay = true };

    [Fact]
    public void An_expectation_that_fails_names_expected_and_actual_as_git_hashes_them()
    {
        using var world = With(("a", "now\n"));
        var actual = world.Repository.Git("hash-object", "a");
        var error = Refused(() => world.Plan(Write("a", "x") with { Expect = new Expectation.Blob(new string('1', 40)) }));
        error.Code.ShouldBe("expectation-failed");
        error.Message.ShouldContain(new string('1', 40));
        error.Message.ShouldContain(actual);
        world.Plan(Write("a", "x") with { Expect = new Expectation.Blob(actual) }).Changes.Count.ShouldBe(1);
    }

    [Fact]
    public void Absent_and_present_are_asked_of_the_overlay()
    {
        using var world = With(("a", "1"), ("d/x", "1"));
        var absent = new Expectation.Absent();
        Refused(() => world.Plan(Write("a", "2") with { Expect = absent })).Code.ShouldBe("expectation-failed");
        Refused(() => world.Plan(Write("d", "2") with { Expect = absent })).Message.ShouldContain("a directory");
        Refused(() => world.Plan(Write("b", "2") with { Expect = new Expectation.Present() })).Code.ShouldBe("expectation-failed");
        world.Plan(Delete("a"), Write("a", "2") with { Expect = absent }).Changes.Count.ShouldBe(1);
    }

    [Fact]
    public void Force_ignores_expectations()
    {
        using var world = With(("a", "1"));
        world.Plan(new ApplyOptions { Force = true }, Write("a", "2") with { Expect = new Expectation.Absent() })
            .Changes.Count.ShouldBe(1);
    }

    [Fact]
    public void All_independent_errors_are_found_together_each_with_its_operation()
    {
        using var world = With(("a", "1"), ("b", "1"));
        var refusal = Should.Throw<RefusedException>(() => world.Plan(Edit("a", "x", "y"), Edit("a", "1", "2"), Write("c", "1"),
            Edit("b", "x", "y")));
        refusal.All.Select(e => e.Path).ShouldBe(["a", "b"]);
        refusal.All[1].Message.ShouldStartWith("operation 4 (edit \"b\")");
    }

    [Fact]
    public void Three_way_merges_what_the_operation_makes_of_the_expected_blob()
    {
        using var world = With(("a", "ours\n"));
        (string Ours, string Base, string Theirs)? seen = null;
        world.Context = world.Context with
        {
            ReadBlob = _ => Content.Of("base\n"),
            Merge = (ours, ancestor, theirs, _) =>
            {
                seen = (Text(ours), Text(ancestor), Text(theirs));
                return Content.Of("merged\n");
            },
        };
        var plan = world.Plan(ThreeWay, Edit("a", "base", "theirs") with { Expect = Blob });
        seen.ShouldBe(("ours\n", "base\n", "theirs\n"));
        After(plan, "a").ShouldBe("merged\n");
        plan.Changes.Single().Before.ShouldBeOfType<GitWriteOpt.Worktree.PathState.File>();
        plan.Warnings.ShouldHaveSingleItem().ShouldContain("merged");
    }

    [Fact]
    public void A_three_way_copy_merges_into_its_destination_and_leaves_its_source()
    {
        using var world = With(("a", "ours\n"));
        world.Context = world.Context with { ReadBlob = _ => Content.Of("base\n"), Merge = (_, _, _, _) => Content.Of("merged\n") };
        var plan = world.Plan(ThreeWay, new Operation.Copy(P("a"), P("b")) { Expect = Blob });
        (Touched(plan).ShouldHaveSingleItem(), After(plan, "b")).ShouldBe(("b", "merged\n"));
    }

    [Fact]
    public void A_three_way_conflict_is_refused_and_the_overlay_is_as_before()
    {
        using var world = With(("a", "ours\n"));
        world.Context = world.Context with { ReadBlob = _ => Content.Of("base\n") };
        Refused(() => world.Plan(ThreeWay, Edit("a", "base", "theirs") with { Expect = Blob })).Code.ShouldBe("merge-conflict");
        Refused(() => world.Plan(ThreeWay, Delete("a") with { Expect = Blob })).Code.ShouldBe("merge-conflict");
    }

    [Fact]
    public void Of_a_changed_file_that_is_to_be_deleted_the_favoured_side_stays()
    {
        using var world = With(("a", "ours\n"));
        world.Context = world.Context with { ReadBlob = _ => Content.Of("base\n") };
        world.Plan(ThreeWay with { Favor = MergeFavor.Ours }, Delete("a") with { Expect = Blob }).Changes.ShouldBeEmpty();
        After(world.Plan(ThreeWay with { Favor = MergeFavor.Theirs }, Delete("a") with { Expect = Blob }), "a").ShouldBeNull();
    }

    [Fact]
    public void Three_way_without_a_known_base_is_refused_as_without_it()
    {
        using var world = With(("a", "ours\n"));
        Refused(() => world.Plan(ThreeWay, Write("a", "x") with { Expect = Blob })).Code.ShouldBe("expectation-failed");
        Refused(() => world.Plan(ThreeWay, Write("a", "x") with { Expect = new Expectation.Absent() })).Code.ShouldBe("expectation-failed");
    }

    private static Expectation.Blob Blob => new(new string('2', 40));

    private static string Text(Content content) => Encoding.UTF8.GetString(content.ToMemory().Span);
}
