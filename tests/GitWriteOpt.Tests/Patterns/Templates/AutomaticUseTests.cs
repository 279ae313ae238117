using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Patterns.Templates;

public sealed class AutomaticUseTests
{
    [Fact]
    public void A_batch_that_follows_a_template_is_recognised_when_it_is_applied_and_told_what_is_missing()
    {
        using var repository = Shop.Make();
        Learn(repository);
        using var writer = Writer.Open(repository.Root);
        var whole = Batch(("src/RefundHandler.cs", Shop.Handler("Refund", "refund", "2026-05-06")), ("tests/RefundHandlerTests.cs", Shop.Tests("Refund", "refund")));
        writer.Plan(whole, new ApplyOptions()).Warnings.ShouldContain(w => w.Contains("follows the template \"handler\" (name=Refund)"));
        var applied = writer.Apply(whole, new ApplyOptions { Durability = Durability.None });
        applied.Warnings.ShouldBeEmpty();
        repository.Git("log", "-1", "--format=%(trailers:key=Writeopt-Strategy,valueonly)", applied.Ref!).ShouldBe("template");
        repository.Git("log", "-1", "--format=%(trailers:key=Writeopt-Groups,valueonly)", applied.Ref!).ShouldBe("1 2 0");
        writer.Apply(Batch(("src/BasketHandler.cs", "namespace Other;\n")), new ApplyOptions { Durability = Durability.None }).Warnings.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(w => w.ShouldContain("deviates in src/BasketHandler.cs"), w => w.ShouldContain("would make tests/BasketHandlerTests.cs too"));
        writer.Apply(Batch(("src/other.txt", "x\n")), new ApplyOptions { Durability = Durability.None }).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void Three_new_files_of_one_shape_become_a_template_when_the_batch_is_done()
    {
        using var repository = Shop.Make();
        Learn(repository);
        var found = new List<string>();
        using var writer = Writer.Open(repository.Root);
        writer.ShapeFound = found.Add;
        writer.Apply(Batch(("docs/a.md", "a\n"), ("docs/b.md", "b\n"), ("docs/c.md", "c\n")), new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        found.ShouldBeEmpty("a file's name alone is no shape");
        var batch = Batch([.. new[] { "Order", "Invoice", "Payment" }.SelectMany(n => new[]
        {
            ($"web/{n}Page.ts", $"export class {n}Page {{\n  title = \"{n}\";\n}}\n"), ($"web/{n}Page.css", $".{n} {{\n}}\n"),
        })]);
        var outcome = writer.Apply(batch, new ApplyOptions());
        found.ShouldBe([outcome.Transaction!]);
        using var learning = Learning.Open(repository.Root);
        var template = learning.ExtractNew(outcome.After!).ShouldHaveSingleItem();
        template.Files.Select(f => f.Path).ShouldBe(["web/{{name.pascal}}Page.css", "web/{{name.pascal}}Page.ts"]);
        (template.Source, template.Instances.Count).ShouldBe((Template.OfTransaction, 3));
        learning.ExtractNew(outcome.After!).ShouldBeEmpty("it is there already");
        learning.DropTemplate(template.Name);
        learning.ExtractNew(outcome.After!).ShouldBeEmpty("it was dropped");

        repository.Git("config", "writeopt.learn", "off");
        found.Clear();
        using var silent = Writer.Open(repository.Root);
        silent.ShapeFound = found.Add;
        silent.Apply(Batch([.. new[] { "Ann", "Bob", "Carl" }.Select(n => ($"web/{n}Menu.ts", "x\n"))]), new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        found.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_dropped_is_not_mined_again_until_that_is_asked_for()
    {
        using var repository = Shop.Make();
        Learn(repository);
        using var learning = Learning.Open(repository.Root);
        learning.DropTemplate("handler");
        learning.Learn(full: true);
        learning.Templates().ShouldBeEmpty();
        learning.Learn(full: true, forgetDropped: true);
        learning.Templates().ShouldHaveSingleItem().Name.ShouldBe("handler");
        learning.DropTemplate("handler");
        learning.Extract([("src/OrderHandler.cs", repository.Read("src/OrderHandler.cs")), ("src/InvoiceHandler.cs", repository.Read("src/InvoiceHandler.cs"))], "mine");
        learning.Learn(full: true);
        learning.Templates().Select(t => t.Name).ShouldContain("handler", "what is extracted by hand is wanted again");
    }

    [Fact]
    public void A_plan_names_what_history_says_is_missing_and_which_figures_decided()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["b.c"] = "b\n" });
        for (var i = 0; i < 6; i++)
        {
            repository.Write("a.c", $"{i}\n");
            repository.Write("a.h", $"{i}\n");
            repository.Commit("both");
        }

        using var writer = Writer.Open(repository.Root);
        var batch = Batch(("a.c", "new\n"));
        writer.Plan(batch, new ApplyOptions()).Decisions.ShouldNotContain(d => d.Subject == "companions");
        Learn(repository);
        writer.Plan(batch, new ApplyOptions()).Decisions.ShouldContain(d => d.Subject == "companions" && d.Text.Contains("\"a.h\""));
        writer.Plan(batch, new ApplyOptions()).Decisions.ShouldContain(d => d.Rule == "side-by-side" && d.Text.Contains("from 8 files on"));
        repository.Git("config", "writeopt.learn", "false");
        using var silent = Writer.Open(repository.Root);
        silent.Plan(batch, new ApplyOptions()).Decisions.ShouldNotContain(d => d.Subject == "companions");
    }

    [Fact]
    public void A_replay_says_which_kinds_are_worth_something()
    {
        var groups = Enumerable.Range(0, 12).Select(i => Commit($"Page{(char)('A' + i)}x")).ToList();
        var figures = NewFileReplay.Of(groups, _ => "one\ntwo\nthree\nfour\nfive\n");
        figures[0].ShouldSatisfyAllConditions(f => f.State.ShouldBe(KindFigures.On), f => f.Held.ShouldBe(f.Said));
        figures[1].State.ShouldBe(KindFigures.On);
        NewFileReplay.Of(groups.GetRange(0, 2), _ => null)[0].State.ShouldBe(KindFigures.Untested);

        LearnedCommit Commit(string name)
        {
            AddedFile[] added = [.. new[] { $"web/{name}View.ts", $"web/{name}View.css" }.Select(p => new AddedFile(p, ObjectStore(p)))];
            return new LearnedCommit(name, 1, [.. added.Select(f => new LearnedChange('A', f.Path))]) { Group = new AddedGroup(name, 1, added, []) };
        }

        static GitWriteOpt.ObjectStore.ObjectId ObjectStore(string path) =>
            GitWriteOpt.ObjectStore.ObjectHash.OfBlob(Content.Of(path), GitWriteOpt.ObjectStore.ObjectFormat.Sha1);
    }

    private static Batch Batch(params (string Path, string Text)[] files) =>
        new(null, [.. files.Select(f => new Operation.Write(RepoPath.Parse(f.Path), Content.Of(f.Text)))]);

    private static void Learn(TestRepository repository)
    {
        using var learning = Learning.Open(repository.Root);
        learning.Learn();
    }
}
