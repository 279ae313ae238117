using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Templates.Exports;
using GitWriteOpt.Planning;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Patterns.Templates;

public sealed class TemplateTests
{
    private static readonly Dictionary<string, string> Refund = new() { ["name"] = "refundNote", ["date"] = "2026-05-06" };

    [Theory]
    [InlineData("")]
    [InlineData("--object-format=sha256")]
    public void Files_that_are_made_in_one_shape_become_a_template_that_makes_the_next(string format)
    {
        using var repository = Shop.Make(format);
        var template = Learn(repository);
        template.Name.ShouldBe("handler");
        template.State.ShouldBe(Template.Active);
        template.Parameters.Select(p => p.Kind).ShouldBe(["name", "date"]);
        template.Instances.Count.ShouldBe(4);
        using var writer = Writer.Open(repository.Root);
        writer.Apply(Batch(Refund), new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        repository.Read("src/RefundNoteHandler.cs").ShouldBe(Shop.Handler("RefundNote", "refund_note", "2026-05-06"));
        repository.Read("tests/RefundNoteHandlerTests.cs").ShouldBe(Shop.Tests("RefundNote", "refund_note"));
        repository.Read("src/Registry.cs").ShouldBe(Shop.Registry(["Invoice", "Order", "CreditNote", "Payment", "RefundNote"]));
    }

    [Fact]
    public void People_can_read_a_template_with_git()
    {
        using var repository = Shop.Make();
        Learn(repository);
        repository.Git("show", "refs/writeopt/patterns:templates/handler/files/src/{{name.pascal}}Handler.cs")
            .ShouldContain("public sealed class {{name.pascal}}Handler(I{{name.pascal}}Store store)");
        repository.Git("show", "refs/writeopt/patterns:templates/handler/template.json").ShouldContain("\"alphabetical\"");
    }

    [Fact]
    public void Two_templates_of_one_batch_add_both_their_lines()
    {
        using var repository = Shop.Make();
        Learn(repository);
        using var writer = Writer.Open(repository.Root);
        var batch = new Batch(null, [.. Batch(Refund).Operations, .. Batch(new() { ["name"] = "Basket", ["date"] = "2026-05-06" }).Operations]);
        writer.Apply(batch, new ApplyOptions()).State.ShouldBe(WriteState.Applied);
        repository.Read("src/Registry.cs").ShouldBe(Shop.Registry(["Basket", "Invoice", "Order", "CreditNote", "Payment", "RefundNote"]));
    }

    [Theory]
    [InlineData("handlr", "unknown-template", "handler")]
    [InlineData("handler", "missing-parameters", "git writeopt template new handler name=A date=...")]
    public void What_is_unknown_or_missing_is_told_with_what_there_is(string name, string code, string told)
    {
        using var repository = Shop.Make();
        Learn(repository);
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Apply(new Batch(null, [new Operation.Template(name, new Dictionary<string, string> { ["name"] = "A" })]), new ApplyOptions());
        outcome.State.ShouldBe(WriteState.Refused);
        outcome.Error!.Code.ShouldBe(code);
        $"{outcome.Error.Message} {outcome.Error.Suggestion}".ShouldContain(told);
    }

    [Fact]
    public void Where_the_anchor_is_gone_nothing_is_written()
    {
        using var repository = Shop.Make();
        Learn(repository);
        repository.Write("src/Registry.cs", "static class Registry;\n");
        using var writer = Writer.Open(repository.Root);
        var outcome = writer.Apply(Batch(Refund), new ApplyOptions());
        outcome.Error!.Code.ShouldBe("anchor-gone");
        repository.Exists("src/RefundNoteHandler.cs").ShouldBeFalse();
    }

    [Fact]
    public void A_file_that_is_there_is_not_overwritten()
    {
        using var repository = Shop.Make();
        Learn(repository);
        repository.Write("src/RefundNoteHandler.cs", "mine\n");
        using var writer = Writer.Open(repository.Root);
        writer.Apply(Batch(Refund), new ApplyOptions()).Error!.Code.ShouldBe("expectation-failed");
        repository.Read("src/RefundNoteHandler.cs").ShouldBe("mine\n");
    }

    [Fact]
    public void A_line_that_looks_like_a_secret_never_enters_a_template()
    {
        using var repository = TestRepository.Init();
        foreach (var name in new[] { "Order", "Invoice", "Payment" })
        {
            repository.Write($"src/{name}Client.py", $"class {name}Client:\n    name = \"{name}\"\n    api_key = \"k3yk3yk3yk3y\"\n");
            repository.Write($"tests/{name}ClientTest.py", $"test({name}Client)\n");
            repository.Commit(name);
        }

        using var learning = Learning.Open(repository.Root);
        learning.Learn();
        learning.Templates().ShouldHaveSingleItem().Files.ShouldAllBe(f => !f.Text.Contains("k3y"));
    }

    [Fact]
    public void An_exported_template_is_read_again_and_is_inert()
    {
        using var repository = Shop.Make();
        var template = Learn(repository);
        var exported = Learning.Export(template, ExportFormat.Native).ShouldHaveSingleItem();
        using var other = TestRepository.With(new Dictionary<string, string> { ["src/Registry.cs"] = Shop.Registry(["Order"]) });
        using var learning = Learning.Open(other.Root);
        var imported = learning.Import(System.Text.Encoding.UTF8.GetBytes(exported.Text));
        imported.State.ShouldBe(Template.Imported);
        imported.Files.ShouldBe(template.Files);
        using var writer = Writer.Open(other.Root);
        writer.Plan(new Batch(null, [new Operation.Write(GitWriteOpt.Paths.RepoPath.Parse("src/AHandler.cs"), Content.Of("class A;\n"))]), new ApplyOptions())
            .Warnings.ShouldBeEmpty();
        learning.DropTemplate("handler");
        learning.Templates().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/OrderHandler.cs", "tests/OrderHandlerTests.cs")]
    [InlineData("src/OrderHandler.cs", "src/InvoiceHandler.cs")]
    public void A_template_is_made_of_files_that_are_named(string first, string second)
    {
        using var repository = Shop.Make();
        using var learning = Learning.Open(repository.Root);
        var template = learning.Extract([(first, repository.Read(first)), (second, repository.Read(second))], "mine");
        template.Files.Select(f => f.Path).ShouldContain("src/{{name.pascal}}Handler.cs");
        learning.FindTemplate("mine").Files.ShouldBe(template.Files);
    }

    [Fact]
    public void Files_without_a_common_name_make_no_template()
    {
        using var repository = Shop.Make();
        using var learning = Learning.Open(repository.Root);
        Should.Throw<RefusedException>(() => learning.Extract([("a.txt", "a"), ("zoo/b.md", "b")], null)).Error.Code.ShouldBe("no-shape");
    }

    [Fact]
    public void A_plan_names_the_template_that_a_batch_follows_and_what_is_missing()
    {
        using var repository = Shop.Make();
        Learn(repository);
        using var writer = Writer.Open(repository.Root);
        var plan = writer.Plan(new Batch(null, [new Operation.Write(GitWriteOpt.Paths.RepoPath.Parse("src/RefundHandler.cs"),
            Content.Of(Shop.Handler("Refund", "refund", "2026-05-06")))]), new ApplyOptions());
        plan.Strategy.ShouldBe(WriteStrategy.Template);
        plan.Warnings.ShouldHaveSingleItem().ShouldContain("tests/RefundHandlerTests.cs");
    }

    [Fact]
    public void The_first_new_file_tells_the_others()
    {
        using var repository = Shop.Make();
        using var learning = Learning.Open(repository.Root);
        learning.Learn();
        var file = learning.SuggestFiles([("src/RefundHandler.cs", Shop.Handler("Refund", "refund", "2026-05-06"))])[0];
        file.Path.ShouldBe("tests/RefundHandlerTests.cs");
        file.Content.ShouldBe(Shop.Tests("Refund", "refund"));
        file.Template.ShouldBe("handler");
    }

    [Fact]
    public void A_skeleton_of_documentation_that_history_teaches_is_offered_beside_new_code()
    {
        using var repository = TestRepository.Init();
        foreach (var name in new[] { "invoice", "order", "payment", "voucher" })
        {
            repository.Write($"src/{name}.py", Code(name));
            repository.Write($"docs/{name}.md", Document(name));
            repository.Commit($"Add {name}");
        }

        using var learning = Learning.Open(repository.Root);
        learning.Learn();
        var offered = learning.SuggestFiles([("src/refund.py", Code("refund"))]).Single(f => f.Path == "docs/refund.md");
        offered.Content.ShouldBe(Document("refund"));
        GitWriteOpt.Paths.WorkflowSteps.Of(offered.Path).ShouldBe(GitWriteOpt.Paths.WorkflowStep.Documentation);

        static string Code(string name) => $"def make_{name}(store):\n    return store.make(\"{name}\")\n";
        static string Document(string name) => $"# {name}\n\nMade by `make_{name}`.\n\n## Usage\n\nCall `make_{name}` with a store.\n\n## Errors\n\nNone.\n";
    }

    [Fact]
    public void What_templates_wrote_and_is_left_is_measured()
    {
        using var repository = Shop.Make();
        Learn(repository);
        using var writer = Writer.Open(repository.Root);
        writer.Apply(Batch(Refund), new ApplyOptions());
        repository.Commit("as it was made");
        using var learning = Learning.Open(repository.Root);
        learning.Survived("handler").ShouldBe(1);
        repository.Write("src/RefundNoteHandler.cs", "something else\n");
        repository.Commit("by hand");
        learning.Survived("handler")!.Value.ShouldBeLessThan(1);
    }

    private static Batch Batch(Dictionary<string, string> given) =>
        new($"{Planner.TemplateMessage}handler: ", [new Operation.Template("handler", given)]) { Format = Planner.TemplateFormat };

    private static Template Learn(TestRepository repository)
    {
        using var learning = Learning.Open(repository.Root);
        learning.Learn();
        return learning.Templates().ShouldHaveSingleItem();
    }
}
