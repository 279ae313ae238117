using GitWriteOpt.Crashes.PowerCuts;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Tests.Crashes;

/// <summary>Made-up traces: a right one, and the same with one thing left out or moved.</summary>
public sealed class OrderCheckerTests
{
    private const string Git = "/r/.git";
    private const string Pack = Git + "/objects/pack/p.pack";
    private const string Journal = Git + "/refs/writeopt/pending/1";

    [Theory]
    [InlineData(NameOrder.Any)]
    [InlineData(NameOrder.Kept)]
    public void The_right_order_is_right(NameOrder order) => Check(Right(), order: order).ShouldBeEmpty();

    [Fact]
    public void A_journal_before_the_bytes_of_its_objects_is_caught() =>
        Check(Without("sync pack")).ShouldContain(v => v.Contains("the journal ref before the bytes of " + Pack));

    [Fact]
    public void A_journal_before_the_name_of_its_objects_is_caught_where_names_have_no_order()
    {
        Check(Without("sync pack directory")).ShouldContain(v => v.Contains("the journal ref before the name " + Pack));
        Check(Without("sync pack directory"), order: NameOrder.Kept)
            .ShouldNotContain(v => v.Contains("the journal ref"));
    }

    [Theory]
    [InlineData("sync journal", "before the bytes of " + Journal)]
    [InlineData("sync journal directory", "before the name " + Journal)]
    [InlineData("sync witness", "before the bytes of " + Git + "/writeopt/open/1")]
    [InlineData("sync witness directory", "before the name " + Git + "/writeopt/open/1")]
    [InlineData("sync temp", "whose bytes are not durable")]
    [InlineData("name journal", "a swap has no journal ref yet")]
    [InlineData("make witness", "a swap has no witness yet")]
    public void A_swap_before_its_journal_or_its_bytes_is_caught(string left, string expected) =>
        Check(Without(left)).ShouldContain(v => v.Contains(expected));

    [Fact]
    public void A_token_whose_bytes_are_not_durable_is_caught()
    {
        List<(string Step, TracedCall Call)> steps =
        [
            ("make", Call("openat", CallClass.Create, Git + "/writeopt/worktree.new")),
            ("write", Call("write", CallClass.Write, Git + "/writeopt/worktree.new")),
            ("sync", Call("fsync", CallClass.Sync, Git + "/writeopt/worktree.new")),
            ("name", Call("rename", CallClass.Rename, Git + "/writeopt/worktree.new", Git + "/writeopt/worktree")),
        ];
        Check(steps).ShouldBeEmpty();
        Check(steps.Where(s => s.Step != "sync")).ShouldBe(["the worktree's token before its bytes are durable"]);
    }

    [Fact]
    public void A_swap_that_comes_before_its_journal_ref_is_caught() =>
        Check(Moved("name journal", after: "swap")).ShouldContain("a swap has no journal ref yet");

    [Fact]
    public void A_commit_point_before_its_swaps_is_caught_unless_only_a_batch_was_promised()
    {
        Check(Without("sync worktree")).ShouldContain(v => v.Contains("the commit point before the name /r/a"));
        Check(Without("sync worktree"), Promise.Batch).ShouldBeEmpty();
    }

    [Fact]
    public void A_directory_that_goes_takes_along_the_names_in_it_and_must_itself_be_durable()
    {
        List<(string Step, TracedCall Call)> steps =
        [
            .. Right().TakeWhile(s => s.Step != "sync worktree"),
            ("take", Call("renameat2", CallClass.Rename, "/r/d/f", Git + "/writeopt/stage/1/1")),
            ("rmdir", Call("unlinkat", CallClass.Remove, "/r/d")),
            .. Right().SkipWhile(s => s.Step != "sync worktree"),
        ];
        Check(steps).ShouldBeEmpty();
        Check(steps.Where(s => s.Step != "sync worktree")).ShouldContain("the commit point before the name /r/d is durable");
    }

    [Fact]
    public void An_index_that_is_replaced_counts_as_a_swap() =>
        Check([.. Right().Where(s => !s.Step.Contains("journal") && s.Step != "swap"), ("index", Call("rename",
            CallClass.Rename, Git + "/index.lock", Git + "/index"))]).ShouldContain("a swap has no journal ref yet");

    [Fact]
    public void One_sync_of_the_file_system_stands_for_all() =>
        Check(
        [
            .. Right().Where(s => !s.Step.StartsWith("sync", StringComparison.Ordinal)).SelectMany(s =>
                s.Step is "name pack" or "swap" or "commit" ? new[] { ("all", Call("syncfs", CallClass.Sync, "/r")), s } : [s]),
        ], order: NameOrder.Kept).ShouldBeEmpty();

    [Fact]
    public void A_call_that_failed_makes_nothing_durable() =>
        Check(Right().Select(s => s.Step == "sync pack" ? (s.Step, s.Call with { Result = -5 }) : s)).ShouldNotBeEmpty();

    private static List<(string Step, TracedCall Call)> Right() =>
    [
        ("make pack", Call("openat", CallClass.Create, Git + "/writeopt/tmp_pack")),
        ("write pack", Call("write", CallClass.Write, Git + "/writeopt/tmp_pack")),
        ("sync pack", Call("fsync", CallClass.Sync, Git + "/writeopt/tmp_pack")),
        ("name pack", Call("rename", CallClass.Rename, Git + "/writeopt/tmp_pack", Pack)),
        ("sync pack directory", Call("fsync", CallClass.Sync, Git + "/objects/pack")),
        ("make temp", Call("openat", CallClass.Create, Git + "/writeopt/stage/1/0")),
        ("write temp", Call("write", CallClass.Write, Git + "/writeopt/stage/1/0")),
        ("sync temp", Call("fsync", CallClass.Sync, Git + "/writeopt/stage/1/0")),
        ("make witness", Call("openat", CallClass.Create, Git + "/writeopt/open/1")),
        ("write witness", Call("write", CallClass.Write, Git + "/writeopt/open/1")),
        ("sync witness", Call("fsync", CallClass.Sync, Git + "/writeopt/open/1")),
        ("sync witness directory", Call("fsync", CallClass.Sync, Git + "/writeopt/open")),
        ("make journal", Call("openat", CallClass.Create, Journal + ".lock")),
        ("write journal", Call("write", CallClass.Write, Journal + ".lock")),
        ("sync journal", Call("fsync", CallClass.Sync, Journal + ".lock")),
        ("name journal", Call("rename", CallClass.Rename, Journal + ".lock", Journal)),
        ("sync journal directory", Call("fsync", CallClass.Sync, Git + "/refs/writeopt/pending")),
        ("swap", Call("renameat2", CallClass.Rename, Git + "/writeopt/stage/1/0", "/r/a") with { Flags = 2 }),
        ("sync worktree", Call("fsync", CallClass.Sync, "/r")),
        ("commit", Call("rename", CallClass.Rename, Git + "/refs/writeopt/tx/1.lock", Git + "/refs/writeopt/tx/1")),
    ];

    private static IEnumerable<(string Step, TracedCall Call)> Without(string step) => Right().Where(s => s.Step != step);

    private static List<(string Step, TracedCall Call)> Moved(string step, string after)
    {
        var all = Without(step).ToList();
        all.Insert(all.FindIndex(s => s.Step == after) + 1, Right().Single(s => s.Step == step));
        return all;
    }

    private static TracedCall Call(string name, CallClass kind, params string[] paths) =>
        new(0, name, kind, paths, 0, 0) { Result = 0 };

    private static List<string> Check(IEnumerable<(string Step, TracedCall Call)> calls, Promise promise = Promise.Full,
        NameOrder order = NameOrder.Any) =>
        [.. new OrderChecker("/r", Git, promise, order).Check(calls.Select(c => c.Call)).Select(v => v.What)];
}
