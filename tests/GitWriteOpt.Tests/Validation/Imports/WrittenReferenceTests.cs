using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Tests.Validation.Imports;

/// <summary>References are looked at again when a batch is written: others may have changed what is around it.</summary>
public sealed class WrittenReferenceTests
{
    private const string Importer = """{"op":"write","path":"src/new.ts","content":"import './b'\n"}""";
    private const string Deletion = """{"op":"delete","path":"src/b.ts"}""";

    [Fact]
    public void An_import_whose_target_vanishes_while_the_batch_is_written_rolls_it_back_and_keeps_it()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);

        var outcome = writer.Apply(repository.Batch(Importer), Meanwhile(() => File.Delete(repository.At("src/b.ts"))));

        (outcome.State, outcome.Error!.Code, outcome.Error.Category, outcome.Error.Path).ShouldBe(
            (WriteState.RolledBack, "import-missing", ErrorCategory.Dependency, "src/new.ts"));
        outcome.Error.Message.ShouldContain("while the batch was written");
        outcome.Findings.ShouldHaveSingleItem().Severity.ShouldBe(CheckSeverity.Error);
        repository.Exists("src/new.ts").ShouldBeFalse();
        writer.Log(new()).ShouldBeEmpty();
        repository.Write("src/b.ts", "export {}\n");
        writer.Resume(outcome.Ref!.Split('/')[^1], new ApplyOptions()).State.ShouldBe(WriteState.Applied);
    }

    [Fact]
    public void An_importer_that_appears_of_a_file_that_goes_brings_that_file_back()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);

        var outcome = writer.Apply(repository.Batch(Deletion), Meanwhile(() => repository.Write("src/other.ts", "import './b'\n")));

        (outcome.State, outcome.Error!.Code, outcome.Error.Path).ShouldBe((WriteState.RolledBack, "imported-deleted", "src/b.ts"));
        repository.Read("src/b.ts").ShouldBe("export {}\n");
        repository.Read("src/other.ts").ShouldBe("import './b'\n", "what others wrote stays");
    }

    [Theory]
    [InlineData("import-missing", false)]
    [InlineData(null, true)]
    public void Where_the_rule_only_warns_or_nothing_is_validated_nothing_is_taken_back(string? warns, bool noValidate)
    {
        using var repository = Repository();
        if (warns is not null)
        {
            repository.Git("config", $"writeopt.check.{warns}", "warn");
        }

        using var writer = Writer.Open(repository.Root);
        writer.Apply(repository.Batch(Importer), Meanwhile(() => File.Delete(repository.At("src/b.ts"))) with { NoValidate = noValidate })
            .State.ShouldBe(WriteState.Applied);
    }

    [Fact]
    public void What_others_break_elsewhere_is_not_the_batchs_doing()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        writer.Apply(repository.Batch(Importer.Replace("'./b'", "'./other'")), Meanwhile(() =>
        {
            repository.Write("src/a.ts", "import './nowhere'\n");
            File.Delete(repository.At("src/b.ts"));
        })).State.ShouldBe(WriteState.Applied);
    }

    private static ApplyOptions Meanwhile(Action others) => new()
    {
        Progress = (phase, done, all) =>
        {
            if (phase == "swap" && done == all)
            {
                others();
            }
        },
    };

    private static TestRepository Repository() => TestRepository.With(new Dictionary<string, string>
    {
        ["src/b.ts"] = "export {}\n", ["src/other.ts"] = "// nothing\n", ["src/a.ts"] = "// nothing\n",
    });
}
