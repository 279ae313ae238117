using GitWriteOpt.Errors;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Tests.Validation;

/// <summary>Where validation stands in a batch's way, and where it does not.</summary>
public sealed class ValidatedApplyTests
{
    private const string Broken = """{"op":"write","path":"a.json","content":"{\n  \"a\": ]\n}\n"}""";
    private const string Good = """{"op":"write","path":"b.json","content":"{}\n"}""";

    [Fact]
    public void A_batch_with_an_error_is_refused_with_its_place_and_nothing_is_written()
    {
        using var repository = Repository();
        var before = repository.State();

        var outcome = repository.Apply(Broken + "\n" + Good);

        (outcome.State, outcome.Error!.Code, outcome.Error.Category).ShouldBe((WriteState.Refused, "json-syntax", ErrorCategory.Format));
        (outcome.Error.Path, outcome.Error.Line).ShouldBe(("a.json", 2));
        outcome.Error.Message.ShouldStartWith("\"a.json\" line 2, column ");
        outcome.Findings.Single().Severity.ShouldBe(CheckSeverity.Error);
        repository.State().ShouldBe(before);
        Writeopt.Run(repository, "log").Output.ShouldBeEmpty();
    }

    [Fact]
    public void A_dry_run_is_refused_for_the_same_reason()
    {
        using var repository = Repository();
        repository.Apply(Broken, new ApplyOptions { DryRun = true }).Error!.Code.ShouldBe("json-syntax");
    }

    [Fact]
    public void No_validate_writes_it_all_the_same()
    {
        using var repository = Repository();
        repository.Applied(Broken, new ApplyOptions { NoValidate = true });
        repository.Read("a.json").ShouldContain("]");
    }

    [Theory]
    [InlineData("warn", 1)]
    [InlineData("off", 0)]
    public void A_rule_is_a_warning_or_off_where_the_configuration_says_so(string setting, int findings)
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.check.json-syntax", setting);

        var outcome = repository.Applied(Broken);

        outcome.Findings.Count.ShouldBe(findings);
        outcome.Warnings.Count(w => w.Contains("[json-syntax]")).ShouldBe(findings);
    }

    [Fact]
    public void What_was_broken_before_may_stay_broken_with_a_warning()
    {
        using var repository = Repository();
        repository.Write("a.json", "{ broken");

        var outcome = repository.Applied(Broken);

        outcome.Findings.Single().ShouldSatisfyAllConditions(f => f.WasThere.ShouldBeTrue(),
            f => f.Severity.ShouldBe(CheckSeverity.Warning));
    }

    [Fact]
    public void A_moved_file_is_compared_with_what_it_was()
    {
        using var repository = Repository();
        repository.Write("a.json", "{ broken");
        repository.Applied("""{"op":"move","from":"a.json","to":"c.json"}""").Findings.Single().WasThere.ShouldBeTrue();
    }

    [Fact]
    public void In_part_the_groups_without_errors_are_written()
    {
        using var repository = Repository();

        var outcome = repository.Apply(Broken + "\n" + Good, new ApplyOptions { Partial = true });

        outcome.State.ShouldBe(WriteState.Partial);
        outcome.Skipped.Single().Error.Code.ShouldBe("json-syntax");
        repository.Read("b.json").ShouldBe("{}\n");
        File.Exists(repository.At("a.json")).ShouldBeFalse();
    }

    [Fact]
    public void What_was_validated_before_is_known_to_the_next_batch_and_the_plan_says_so()
    {
        using var repository = Repository();
        repository.Applied(Good);
        repository.Applied("""{"op":"delete","path":"b.json"}""");

        File.WriteAllText(repository.Outside("batch"), Good);
        Writeopt.Run(repository, "plan", repository.Outside("batch")).Output
            .ShouldContain("**Validation Caching:** 1 file validated, 1 of them known already");
    }

    [Fact]
    public void The_first_group_that_breaks_is_told_first()
    {
        using var repository = Repository();

        var outcome = repository.Apply("""{"op":"write","path":"z/a.ndjson","content":"{ z"}""" + "\n" + """{"op":"write","path":"a/b.ndjson","content":"{ a"}"""
            + "\n" + """{"op":"write","path":"a/c.txt","content":"c\n"}""");

        outcome.Error!.Path.ShouldBe("a/b.ndjson");
        outcome.Error.Message.ShouldContain("in group 1 of 2");
        outcome.MoreErrors.Single().Message.ShouldContain("in group 2 of 2");
    }

    [Fact]
    public void A_setting_that_is_no_severity_is_an_error_that_names_it()
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.check.json-syntax", "loud");
        Should.Throw<UsageException>(() => repository.Apply(Broken)).Error.Message.ShouldContain("loud");
    }

    private static TestRepository Repository() => TestRepository.With(new Dictionary<string, string> { ["x.txt"] = "x\n" });
}
