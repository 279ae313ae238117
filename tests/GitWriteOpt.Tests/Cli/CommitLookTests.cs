using System.Text;
using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Tests.Patterns.Templates;

namespace GitWriteOpt.Tests.Cli;

/// <summary>What the pre-commit hook finds that could be better.</summary>
public sealed class CommitLookTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    [Fact]
    public void A_companion_that_such_commits_always_had_is_missed_and_offered_where_it_is_changed()
    {
        using var repository = Coupled();
        Learn(repository);
        repository.Write("go.mod", "module x // now\n");
        repository.Git("add", "go.mod");
        var missing = Find(repository).Single(o => o.Text.Contains("go.sum", StringComparison.Ordinal));
        (missing.Text.StartsWith("go.sum is not changed: changed in ", StringComparison.Ordinal), missing.Offer).ShouldBe((true, null), missing.Text);

        repository.Write("go.sum", "now\n");
        var offer = Find(repository).Single().Offer.ShouldBeOfType<Offer.Stage>();
        offer.Paths.ShouldBe(["go.sum"]);
        using var writer = Writer.Open(repository.Root);
        writer.StageAsTheyAre(offer.Paths).ShouldBe(["go.sum"]);
        repository.Git("status", "--porcelain").ShouldBe("M  go.mod\nM  go.sum");
        Find(repository).ShouldBeEmpty();
    }

    [Fact]
    public void A_companion_that_the_amended_commit_has_already_is_not_missed()
    {
        using var repository = Coupled();
        Learn(repository);
        repository.Write("go.mod", "module x // amended\n");
        repository.Git("add", "go.mod");
        using var writer = Writer.Open(repository.Root);
        writer.ChangedByHead().Order().ShouldBe(["go.mod", "go.sum"]);
        Find(repository, amended: writer.ChangedByHead()).ShouldBeEmpty();
    }

    [Fact]
    public void A_template_that_was_begun_offers_its_rest_with_what_the_files_that_are_there_say()
    {
        using var repository = Shop.Make();
        Learn(repository);
        repository.Write("src/RefundNoteHandler.cs", Shop.Handler("RefundNote", "refund_note", "2026-05-06"));
        repository.Git("add", "-A");
        var found = Find(repository).Single();
        found.Text.ShouldBe("the template \"handler\" is begun for RefundNote; it also makes tests/RefundNoteHandlerTests.cs");
        using var writer = Writer.Open(repository.Root);
        writer.Apply(found.Offer.ShouldBeOfType<Offer.Write>().Batch, new ApplyOptions { Stage = true }).State.ShouldBe(WriteState.Applied);
        repository.Read("tests/RefundNoteHandlerTests.cs").ShouldBe(Shop.Tests("RefundNote", "refund_note"));
        repository.Read("src/Registry.cs").ShouldContain("Add<RefundNoteHandler>();");
        Find(repository).ShouldBeEmpty();
    }

    [Fact]
    public void Three_new_files_of_one_shape_can_become_a_template_and_three_that_only_lie_together_cannot()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "1\n" });
        foreach (var (pascal, snake) in new[] { ("Invoice", "invoice"), ("Order", "order"), ("CreditNote", "credit_note") })
        {
            repository.Write($"src/{pascal}Handler.cs", Shop.Handler(pascal, snake, "2026-01-02"));
            repository.Write($"docs/{snake}.md", $"{pascal} is something else.\nIt has {pascal.Length} words.\n{new string('x', pascal.Length)}\n");
        }

        repository.Git("add", "-A");
        var found = Find(repository).Single();
        found.Text.ShouldStartWith("3 new files are of one shape: src/");
        using var learning = Learning.Open(repository.Root);
        learning.Extract(found.Offer.ShouldBeOfType<Offer.Extract>().Files, null).Name.ShouldBe("handler");
        Find(repository).ShouldBeEmpty("it is known now");
    }

    [Fact]
    public void Configuration_that_is_left_behind_and_writes_that_could_have_been_one_batch_are_told()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["src/a.c"] = "1\n",
            ["src/settings.json"] = "{}\n",
            ["other/settings.json"] = "{}\n",
        });
        using var writer = Writer.Open(repository.Root);
        foreach (var name in new[] { "x", "y", "z" })
        {
            writer.Apply(new Batch(null, [new Operation.Write(RepoPath.Parse($"src/{name}.c"), Content.Of("1\n"))]),
                new ApplyOptions { Durability = Durability.None });
        }

        repository.Git("add", "-A");
        repository.Write("src/settings.json", "{ }\n");
        repository.Write("other/settings.json", "{ }\n");
        var found = Find(repository);
        found.Select(o => o.Text).ShouldBe(
        [
            "configuration is changed and not staged: src/settings.json",
            "3 transactions wrote 3 files of this commit one after the other; one batch is one transaction and one undo",
        ]);
        found[1].Writes.ShouldBe(2);

        writer.SavingOf(2).ShouldBeNull("three transactions are no evidence");
        File.AppendAllText(repository.At(".git/writeopt/figures"), string.Concat(Enumerable.Range(1, 20).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i} {i * i * 1000} {10 + i + (i * i * 0.001)} Full\n"))));
        var saving = writer.SavingOf(2).ShouldNotBeNull();
        saving.Milliseconds.ShouldBe(20, 0.5, "a transaction took 10 ms before its first file");
        saving.Transactions.ShouldBe(20);
    }

    [Theory]
    [InlineData(true, "git", "commit", "--amend", "-m", "x")]
    [InlineData(false, "git", "commit", "-m", "x", "--", "--amend")]
    [InlineData(false, "git", "commit")]
    public void Amending_is_seen_in_gits_arguments(bool amends, params string[] words) => CommitInMaking.IsAmending(words).ShouldBe(amends);

    private static List<Opportunity> Find(TestRepository repository, IReadOnlyList<string>? amended = null)
    {
        using var writer = Writer.Open(repository.Root);
        using var learning = writer.OpenLearning();
        learning.KeepsNothing = true;
        var ready = Task.FromResult(learning);
        return new CommitLook(writer, writer.Staged(), amended ?? []).Find(ready, Long);
    }

    private static void Learn(TestRepository repository)
    {
        using var learning = Learning.Open(repository.Root);
        learning.Learn();
    }

    // Enough commits for a calibration that holds: go.sum goes with go.mod, always; the others go with nothing.
    private static TestRepository Coupled([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.Init("", test);
        var stream = new StringBuilder();
        for (var i = 0; i < 400; i++)
        {
            stream.Append($"commit refs/heads/main\ncommitter A <a@example.com> {1_700_000_000 + (i * 60)} +0000\ndata 1\nc\n");
            File($"src/{i % 37}.go", i);
            if (i % 2 == 1)
            {
                File("go.mod", i);
                File("go.sum", i);
            }
        }

        stream.Append("commit refs/heads/main\ncommitter A <a@example.com> 1800000000 +0000\ndata 1\nc\n");
        File("go.mod", 1000);
        File("go.sum", 1000);
        TestRepository.RunAny(repository.Root, "git", ["fast-import", "--quiet"], stream.ToString()).ExitCode.ShouldBe(0);
        repository.Git("reset", "-q", "--hard", "main");
        return repository;

        void File(string path, int i) => stream.Append($"M 100644 inline {path}\ndata {i.ToString().Length + 1}\n{i}\n\n");
    }
}
