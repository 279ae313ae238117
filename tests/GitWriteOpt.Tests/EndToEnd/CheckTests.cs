using System.Text.Json;
using System.Text.RegularExpressions;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Cli;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Tests.Validation;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary><c>git writeopt check</c>, run as a process.</summary>
public sealed partial class CheckTests
{
    [Fact]
    public void Findings_are_printed_as_compilers_print_them_and_errors_make_the_exit_code_1()
    {
        using var repository = Broken();
        var answer = Writeopt.Run(repository, "check");
        answer.ExitCode.ShouldBe(1, answer.Error);
        answer.Output.ShouldContain("new.json:1:2: error: expected JSON: ");
        answer.Output.ShouldContain("[json-syntax]\n");
        answer.Output.ShouldEndWith("Checked 1 file: 1 error, 0 warnings\n");
        Writeopt.Run(repository, "check", "good.json").ShouldBe((0, "Checked 1 file: all is well\n", ""));
    }

    [Fact]
    public void Its_JSON_has_the_fields_that_are_promised()
    {
        using var repository = Broken();
        foreach (var arguments in new string[][] { ["check", "--json"], ["check", "--format", "json"] })
        {
            var answer = Writeopt.Run(repository, arguments);
            answer.ExitCode.ShouldBe(1);
            using var document = JsonDocument.Parse(answer.Output);
            var finding = document.RootElement.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();
            finding.GetProperty("path").GetString().ShouldBe("new.json");
            finding.GetProperty("line").GetInt32().ShouldBe(1);
            finding.GetProperty("severity").GetString().ShouldBe("error");
            finding.GetProperty("category").GetString().ShouldBe("format");
            finding.GetProperty("rule").GetString().ShouldBe("json-syntax");
            finding.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
            document.RootElement.GetProperty("checked").GetInt32().ShouldBe(1);
            document.RootElement.GetProperty("cached").GetInt32().ShouldBe(arguments[1] == "--json" ? 0 : 1);
        }
    }

    [Fact]
    public void Its_SARIF_has_what_the_schema_requires()
    {
        using var repository = Broken();
        repository.Write("a #b.json", "[");
        var answer = Writeopt.Run(repository, "check", "--format", "sarif");
        answer.ExitCode.ShouldBe(1);
        using var document = JsonDocument.Parse(answer.Output);
        document.RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        var run = document.RootElement.GetProperty("runs").EnumerateArray().ShouldHaveSingleItem();
        var rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        rules.Select(r => r.GetProperty("id").GetString()).Take(RuleTable.All.Count).ShouldBe(RuleTable.All.Select(r => r.Name));
        var results = run.GetProperty("results").EnumerateArray().ToList();
        results.Count.ShouldBe(2);
        foreach (var result in results)
        {
            rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString().ShouldBe(result.GetProperty("ruleId").GetString());
            result.GetProperty("level").GetString().ShouldBe("error");
            result.GetProperty("message").GetProperty("text").GetString().ShouldNotBeNullOrEmpty();
        }

        var location = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        location.GetProperty("artifactLocation").GetProperty("uri").GetString().ShouldBe("a%20%23b.json");
        location.GetProperty("region").GetProperty("startLine").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void The_index_is_checked_against_HEAD_whatever_the_worktree_has()
    {
        using var repository = Broken();
        repository.Git("add", "new.json");
        repository.Write("new.json", "{}");
        repository.Git("rm", "-q", "--cached", "good.json");
        repository.Git("update-index", "--add", "--cacheinfo", $"160000,{repository.Git("rev-parse", "HEAD")},module");
        Looking.Check(repository, new CheckRequest.Staged()).ShouldBe(["new.json:1:2 Error json-syntax"]);
        Writeopt.Run(repository, "check", "--staged").ExitCode.ShouldBe(1);
        Writeopt.Run(repository, "check").ShouldBe((0, "Checked 2 files: all is well\n", ""));
    }

    [Fact]
    public void A_batch_is_checked_and_not_written()
    {
        using var repository = Broken();
        var before = repository.State();
        const string batch = """{"operations":[{"op":"write","path":"good.json","content":"{"},{"op":"move","from":"old.json","to":"moved.json"},{"op":"delete","path":"new.json"}]}""";
        var answer = Writeopt.Feed(repository, batch, "check", "--batch", "-", "--json");
        answer.ExitCode.ShouldBe(1, answer.Error);
        using var document = JsonDocument.Parse(answer.Output);
        document.RootElement.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("rule").GetString() == "json-syntax")
            .Select(f => $"{f.GetProperty("path").GetString()} {f.GetProperty("severity").GetString()}").ShouldBe(["good.json error", "moved.json warning"]);
        repository.State().ShouldBe(before);
    }

    [Theory]
    [InlineData("--object-format=sha1")]
    [InlineData("--object-format=sha256")]
    public void Links_deleted_files_nested_repositories_and_ignored_files_are_passed_over(string format)
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["gone.json"] = "{}",
            ["sub/a.json"] = "{}",
            [".gitignore"] = "ignored/\n",
        }, format);
        File.Delete(repository.At("gone.json"));
        File.CreateSymbolicLink(repository.At("link.json"), "/nowhere");
        Directory.CreateSymbolicLink(repository.At("linked"), repository.At("sub"));
        repository.Write("ignored/a.json", "{");
        repository.Write("sub/b.json", "{");
        repository.Git("init", "-q", $"--object-format={format[16..]}", "nested");
        repository.Write("nested/a.json", "{");
        Looking.Check(repository).ShouldBe(["sub/b.json:1:2 Error json-syntax"]);
        Looking.Check(repository, new CheckRequest.Files([null])).ShouldBe(["sub/b.json:1:2 Error json-syntax"]);
        Looking.Check(repository, new CheckRequest.Files([RepoPath.Parse("gone.json")])).ShouldBeEmpty();
        Looking.Check(repository, new CheckRequest.Files([RepoPath.Parse("ignored/a.json")])).ShouldContain("ignored/a.json:1:2 Error json-syntax");
    }

    [Fact]
    public void Without_a_commit_and_in_a_sparse_checkout_it_works()
    {
        using var repository = TestRepository.Init();
        repository.Write("a/a.json", "{");
        repository.Write("b/b.json", "{}");
        Looking.Check(repository).ShouldBe(["a/a.json:1:2 Error json-syntax"]);
        repository.Commit("first");
        repository.Git("sparse-checkout", "set", "b");
        Looking.Check(repository).ShouldBeEmpty();
        repository.Write("b/b.json", "{");
        Looking.Check(repository, new CheckRequest.Files([null])).ShouldBe(["b/b.json:1:2 Error json-syntax"]);
    }

    [Fact]
    public void Paths_are_relative_to_where_it_runs_and_the_root_is_everything()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["sub/a.txt"] = "a\n" });
        repository.Write("sub/new.json", "{");
        repository.Write("top.json", "[");
        Writeopt.Run(repository, "-C", "sub", "check", "-q", "new.json").Output.ShouldStartWith("sub/new.json:1:2: error:");
        Writeopt.Run(repository, "-C", "sub", "check", "..").Output.ShouldContain("Checked 3 files: 2 errors");
        Writeopt.Run(repository, "check", "sub").Output.ShouldContain("Checked 2 files: 1 error");
        Writeopt.Run(repository, "check", "nowhere").ExitCode.ShouldBe(2);
        Writeopt.Run(repository, "check", "sub", "--staged").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void A_bare_repository_is_a_usage_error()
    {
        using var repository = TestRepository.Init("--bare");
        Writeopt.Run(repository, "check").ExitCode.ShouldBe(2);
    }

    [Fact]
    public void The_README_and_the_command_list_the_same_rules_and_defaults()
    {
        using var repository = TestRepository.Init();
        var listed = Writeopt.Run(repository, "check", "--rules").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(c => (c[0], c[1], c[2])).ToList();
        var written = Row().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "README.md")))
            .Select(m => (m.Groups["rule"].Value, m.Groups["default"].Value, m.Groups["text"].Value.Replace("`", "", StringComparison.Ordinal))).ToList();
        written.ShouldBe(listed);
        using var json = JsonDocument.Parse(Writeopt.Run(repository, "check", "--rules", "--json").Output);
        json.RootElement.EnumerateArray().Select(r => r.GetProperty("rule").GetString()).ShouldBe(listed.Select(l => l.Item1));
    }

    [Fact]
    public void Doctor_knows_every_setting_of_a_rule()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a"] = "a\n" });
        foreach (var rule in RuleTable.All)
        {
            repository.Git("config", RuleTable.Key(rule.Name), "warn");
        }

        Writeopt.Run(repository, "doctor").Output.ShouldNotContain("nothing reads");
    }

    private static TestRepository Broken()
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["good.json"] = "{}\n", ["old.json"] = "{" });
        repository.Write("new.json", "{");
        return repository;
    }

    [GeneratedRegex(@"^\| `(?<rule>[a-z-]+)` \| (?<default>error|warn|off) \| (?<text>.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
