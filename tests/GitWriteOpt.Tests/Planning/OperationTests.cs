using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;
using static GitWriteOpt.Tests.Planning.PlanningWorld;

namespace GitWriteOpt.Tests.Planning;

public sealed class OperationTests
{
    [Fact]
    public void A_write_of_a_new_file_makes_its_directories_and_says_what_was_there()
    {
        using var world = With();
        var plan = world.Plan(Write("a/b/c.txt", "hello\n"));
        plan.Changes.ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Added);
        plan.DirectoriesToMake.Select(d => d.Value).ShouldBe(["a", "a/b"]);
    }

    [Fact]
    public void A_write_of_what_is_there_already_is_no_change()
    {
        using var world = With(("a.txt", "same\n"));
        world.Plan(Write("a.txt", "same\n")).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_write_keeps_the_executable_bit_unless_it_is_given()
    {
        using var world = With(("a.sh", "old\n"));
        world.SetMode("a.sh", 0x1ed);
        var kept = (PathState.File)world.Plan(Write("a.sh", "new\n")).Changes.Single().After;
        (kept.Executable, kept.Permissions).ShouldBe((true, 0x1ed));
        var given = world.Plan(new Operation.Write(P("a.sh"), Content.Of("old\n"), false)).Changes.Single();
        ((PathState.File)given.After).Permissions.ShouldBe(0x1a4);
        given.Kind.ShouldBe(ChangeKind.Mode);
    }

    [Fact]
    public void Operations_are_taken_in_order_each_on_the_result_of_those_before()
    {
        using var world = With();
        var plan = world.Plan(Write("a.txt", "one\n"), Edit("a.txt", "one", "two"), Move("a.txt", "b.txt"), Edit("b.txt", "two", "three"));
        Touched(plan).ShouldBe(["b.txt"]);
        After(plan, "b.txt").ShouldBe("three\n");
        plan.Changes.Single().Kind.ShouldBe(ChangeKind.Added);
    }

    [Fact]
    public void An_edit_under_the_old_name_after_a_move_is_refused_and_names_the_new_one()
    {
        using var world = With(("a.txt", "one\n"));
        var error = Refused(() => world.Plan(Move("a.txt", "b.txt"), Edit("a.txt", "one", "two")));
        error.Code.ShouldBe("file-not-found");
        error.Message.ShouldContain("operation 2");
        error.Suggestion!.ShouldContain("b.txt");
    }

    [Fact]
    public void A_move_through_several_names_is_a_rename_of_the_first()
    {
        using var world = With(("a.txt", "one\n"));
        var plan = world.Plan(Move("a.txt", "b.txt"), Move("b.txt", "c.txt"));
        plan.Changes.Single(c => c.Path.Value == "c.txt").RenamedFrom!.Value.ShouldBe("a.txt");
        plan.Changes.Single(c => c.Path.Value == "c.txt").Kind.ShouldBe(ChangeKind.Renamed);
    }

    [Fact]
    public void A_move_onto_a_file_is_refused_unless_it_may_overwrite()
    {
        using var world = With(("a", "1"), ("b", "2"));
        Refused(() => world.Plan(Move("a", "b"))).Code.ShouldBe("already-exists");
        After(world.Plan(new Operation.Move(P("a"), P("b"), Overwrite: true)), "b").ShouldBe("1");
    }

    [Fact]
    public void A_directory_moves_with_all_its_files_and_goes()
    {
        using var world = With(("d/a", "1"), ("d/e/b", "2"));
        Directory.CreateDirectory(world.Repository.At("d/empty"));
        var plan = world.Plan(Move("d", "x/y"));
        Touched(plan).Order().ShouldBe(["d/a", "d/e/b", "x/y/a", "x/y/e/b"]);
        plan.DirectoriesToRemove.Select(d => d.Path.Value).ShouldBe(["d/e", "d/empty", "d"]);
        plan.DirectoriesToMake.Select(d => d.Value).ShouldBe(["x", "x/y", "x/y/e", "x/y/empty"]);
    }

    [Fact]
    public void A_directory_cannot_be_moved_into_itself()
    {
        using var world = With(("d/a", "1"));
        Refused(() => world.Plan(Move("d", "d/x"))).Code.ShouldBe("move-into-itself");
    }

    [Fact]
    public void A_directory_is_deleted_only_recursively()
    {
        using var world = With(("d/a", "1"), ("d/b/c", "2"));
        Refused(() => world.Plan(Delete("d"))).Code.ShouldBe("is-a-directory");
        var plan = world.Plan(Delete("d", recursive: true));
        Touched(plan).ShouldBe(["d/a", "d/b/c"]);
        plan.DirectoriesToRemove.Select(d => d.Path.Value).ShouldBe(["d/b", "d"]);
    }

    [Fact]
    public void A_directory_that_the_batch_itself_made_can_be_moved_and_deleted()
    {
        using var world = With();
        Touched(world.Plan(Write("d/a", "1"), Move("d", "e"))).ShouldBe(["e/a"]);
        world.Plan(Write("d/a", "1"), Delete("d", recursive: true)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_nested_repository_is_never_deleted_or_moved_I5()
    {
        using var world = With(("d/a", "1"));
        TestRepositoryInside(world, "d/inner");
        Refused(() => world.Plan(Delete("d", recursive: true))).Code.ShouldBe("nested-repository");
        Refused(() => world.Plan(Move("d", "e"))).Code.ShouldBe("nested-repository");
        Directory.Delete(world.Repository.At("d/inner"), recursive: true);
    }

    [Fact]
    public void A_copy_takes_the_mode_along()
    {
        using var world = With(("a.sh", "1"));
        var plan = world.Plan(new Operation.ChangeMode(P("a.sh"), true), new Operation.Copy(P("a.sh"), P("b.sh")));
        ((PathState.File)plan.Changes.Single(c => c.Path.Value == "b.sh").After).Executable.ShouldBeTrue();
        plan.Changes.Single(c => c.Path.Value == "a.sh").Kind.ShouldBe(ChangeKind.Mode);
    }

    [Fact]
    public void A_link_replaces_a_file_and_its_text_is_not_edited()
    {
        using var world = With(("l", "text"));
        var link = new Operation.Link(P("l"), "target");
        world.Plan(link).Changes.Single().Kind.ShouldBe(ChangeKind.Type);
        Refused(() => world.Plan(link, Edit("l", "a", "b"))).Code.ShouldBe("not-a-file");
    }

    [Fact]
    public void A_template_that_was_not_learned_is_refused()
    {
        using var world = With();
        Refused(() => world.Plan(new Operation.Template("handler", new Dictionary<string, string>()))).Code.ShouldBe("unknown-template");
    }

    [Fact]
    public void A_patch_may_swap_two_files_since_its_old_names_mean_the_state_before()
    {
        using var world = With(("a", "1"), ("b", "2"));
        world.Context = world.Context with
        {
            ApplyDiff = (_, before) => new Dictionary<RepoPath, PathState> { [P("a")] = before[P("b")], [P("b")] = before[P("a")] },
        };
        var plan = world.Plan(new Operation.Patch(Array.Empty<byte>(),
            [new(PatchKind.Rename, P("a"), P("b"), 1), new(PatchKind.Rename, P("b"), P("a"), 3)]));
        (After(plan, "a"), After(plan, "b")).ShouldBe(("2", "1"));
    }

    [Fact]
    public void A_patch_that_makes_a_file_that_is_there_is_refused()
    {
        using var world = With(("a", "1"));
        Refused(() => world.Plan(new Operation.Patch(Array.Empty<byte>(), [new(PatchKind.Create, P("a"), P("a"), 1)])))
            .Code.ShouldBe("already-exists");
    }

    [Fact]
    public void A_context_edit_edits_and_moves_over_its_destination()
    {
        using var world = With(("a", "one\ntwo\n"), ("b", "old\n"));
        var plan = world.Plan(new Operation.ContextEdit(P("a"), [new ContextChunk(null, ["two"], ["three"], false)], P("b")));
        (After(plan, "a"), After(plan, "b")).ShouldBe((null, "one\nthree\n"));
    }

    [Fact]
    public void An_edit_that_changes_nothing_is_a_warning()
    {
        using var world = With(("a", "one\n"));
        var plan = world.Plan(Edit("a", "one", "one"));
        plan.Changes.ShouldBeEmpty();
        plan.Warnings.ShouldHaveSingleItem().ShouldContain("changes nothing");
    }

    internal static WriteError Refused(Action action) => Should.Throw<RefusedException>(action).Error;

    private static void TestRepositoryInside(PlanningWorld world, string path)
    {
        Directory.CreateDirectory(world.Repository.At(path));
        Fixtures.TestRepository.Run(world.Repository.At(path), "git", ["init", "-q"]);
    }
}
