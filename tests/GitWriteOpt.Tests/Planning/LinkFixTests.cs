using System.Text.Json;
using GitWriteOpt.Planning;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Planning;

public sealed class LinkFixTests
{
    private const string Readme = """
        # Shop

        See [the order](src/order.cs#L3 "title"), ![logo](<img/a b.png>), `src/order.cs` and <a href="src/order.cs">it</a>.
        [all](./src/order.cs) [root](/src/order.cs) [other](src/other.cs) [web](https://x.org/src/order.cs) [gone](src/none.cs)

        ```
        [in code](src/order.cs)
        ```

        [ref]: src/order.cs
        """;

    [Fact]
    public void A_move_is_offered_with_the_exact_operation_that_mends_the_links_and_fix_links_applies_it()
    {
        using var repository = Shop();
        const string batch = """{"operations":[{"op":"move","from":"src/order.cs","to":"lib/sales/order.cs"},{"op":"move","from":"docs/guide.md","to":"guide.md"}]}""";
        using var writer = Writer.Open(repository.Root);
        var plan = writer.Plan(repository.Batch(batch));
        plan.LinkFixes.Select(f => (f.Path.Value, f.Links)).ShouldBe([("README.md", 6), ("guide.md", 3)]);
        plan.Warnings.Count(w => w.Contains("--fix-links", StringComparison.Ordinal)).ShouldBe(2);

        // What the plan offers, added to the batch by hand, and what the option does are the same.
        var lines = string.Join(',', plan.LinkFixes.Select(f => OperationText.Of(f.Operation)));
        lines.Split(',').Length.ShouldBeGreaterThan(2);
        using var offered = JsonDocument.Parse($"[{lines}]");
        repository.Applied(batch[..^2] + "," + lines + "]}");
        var byHand = repository.State();
        writer.Rollback(new() { Transaction = "@" }).State.ShouldBe(WriteState.Applied);
        var outcome = repository.Applied(batch, new ApplyOptions { FixLinks = true });
        repository.State().ShouldBe(byHand);
        outcome.Files.Count.ShouldBe(5);

        repository.Read("README.md").ShouldBe(Readme.Replace("src/order.cs#L3", "lib/sales/order.cs#L3", StringComparison.Ordinal)
            .Replace("`src/order.cs`", "`lib/sales/order.cs`", StringComparison.Ordinal)
            .Replace("\"src/order.cs\"", "\"lib/sales/order.cs\"", StringComparison.Ordinal)
            .Replace("./src/order.cs", "./lib/sales/order.cs", StringComparison.Ordinal)
            .Replace("(/src/order.cs", "(/lib/sales/order.cs", StringComparison.Ordinal)
            .Replace("[ref]: src/order.cs", "[ref]: lib/sales/order.cs", StringComparison.Ordinal));
        repository.Read("guide.md").ShouldBe("[order](lib/sales/order.cs) [other](src/other.cs) [readme](README.md) [top](#top)\n");
        repository.Read("docs/untouched.md").ShouldBe("[x](../src/other.cs)\n");
    }

    [Fact]
    public void A_folder_that_moves_as_a_whole_takes_links_to_it_along_and_names_that_change_places_do_not_catch_one_another()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["old/one/a.txt"] = "a\n",
            ["old/one/b.txt"] = "b\n",
            ["keep.txt"] = "k\n",
            ["doc.md"] = "[folder](old/one/) [a](old/one/a.txt) [sp](old/one/b%2Etxt)\n",
        });
        repository.Applied("""{"operations":[{"op":"move","from":"old/one","to":"new place/one"}]}""", new ApplyOptions { FixLinks = true });
        repository.Read("doc.md").ShouldBe("[folder](new%20place/one/) [a](new%20place/one/a.txt) [sp](new%20place/one/b.txt)\n");

        repository.Write("swap.md", "[p](p.txt) [q](q.txt)\n");
        repository.Write("p.txt", "p\n");
        repository.Write("q.txt", "q\n");
        repository.Commit("more");
        repository.Applied("""{"operations":[{"op":"move","from":"q.txt","to":"r.txt"},{"op":"move","from":"p.txt","to":"q.txt"}]}""",
            new ApplyOptions { FixLinks = true }).Files.Select(f => f.Path).ShouldContain("r.txt");
        repository.Read("swap.md").ShouldContain("[q](");
    }

    [Fact]
    public void Links_that_the_batch_has_mended_itself_are_left_alone()
    {
        using var repository = Shop();
        using var writer = Writer.Open(repository.Root);
        var plan = writer.Plan(repository.Batch("""
            {"operations":[{"op":"move","from":"src/other.cs","to":"lib/other.cs"},
             {"op":"edit","path":"README.md","edits":[{"old":"(src/other.cs)","new":"(lib/other.cs)"}]},
             {"op":"write","path":"docs/guide.md","content":"nothing\n"},{"op":"write","path":"docs/untouched.md","content":"[x](../lib/other.cs)\n"}]}
            """));
        plan.LinkFixes.ShouldBeEmpty();
        writer.Plan(repository.Batch("""{"operations":[{"op":"write","path":"src/other.cs","content":"class Another;\n"}]}""")).LinkFixes.ShouldBeEmpty();
    }

    private static TestRepository Shop([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string>
        {
            ["README.md"] = Readme,
            ["src/order.cs"] = "class Order;\n",
            ["src/other.cs"] = "class Other;\n",
            ["img/a b.png"] = "png",
            ["docs/guide.md"] = "[order](../src/order.cs) [other](../src/other.cs) [readme](../README.md) [top](#top)\n",
            ["docs/untouched.md"] = "[x](../src/other.cs)\n",
        }, test: test);
}
