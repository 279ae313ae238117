using System.Text.Json;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

/// <summary>Input that cannot be used, by exit code and answer; nothing is written by any of it.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("{\"operations\": [\n  {\"op\": }\n]}", 2, 10)]
    [InlineData("{\"op\":\"delete\",\"path\":\"f.txt\"}\n{\"op\":\"delete\" \"path\":\"g\"}", 2, 16)]
    [InlineData("{\"operations\": [", 1, null)]
    public void What_is_no_json_has_its_line_and_column(string batch, int line, int? column)
    {
        var error = Refused(2, batch);
        error.GetProperty("line").GetInt32().ShouldBe(line);
        if (column is { } at)
        {
            error.GetProperty("column").GetInt32().ShouldBe(at);
        }
    }

    [Theory]
    [InlineData("{\"operations\": [", "the JSON is malformed: it ends before all that was opened is closed")]
    [InlineData("{\"operations\": [],}", "the JSON is malformed: a comma stands behind the last element")]
    [InlineData("{\"message\": \"x", "the JSON is malformed: it ends within a string")]
    public void What_is_no_json_is_told_without_the_words_of_a_reader_s_options(string batch, string message) =>
        Refused(2, batch).GetProperty("message").GetString()!.ShouldStartWith(message + " (line 1, ");

    [Theory]
    [InlineData("""{"op":"explode","path":"f.txt"}""", "explode")]
    [InlineData("""{"op":"write","path":"f.txt"}""", "content")]
    [InlineData("""{"op":"write","content":"x"}""", "path")]
    [InlineData("""{"op":"write","path":"f.txt","content":7}""", "content")]
    [InlineData("""{"op":"write","path":"f.txt","content":"x","mode":"777"}""", "mode")]
    [InlineData("""{"op":"write","path":"f.txt","content":"%","encoding":"base64"}""", "base64")]
    [InlineData("""{"op":"edit","path":"f.txt","edits":{"old":"a","new":"b"}}""", "edits")]
    [InlineData("""{"op":"insert","path":"f.txt","line":"one","text":"x"}""", "line")]
    [InlineData("""{"op":"move","from":"f.txt"}""", "to")]
    [InlineData("""{"op":"delete","path":"f.txt","expect":"maybe"}""", "expect")]
    [InlineData("""{"operations":7}""", "operations")]
    [InlineData("""[1,2]""", "")]
    [InlineData("just words", "")]
    [InlineData("", "")]
    public void What_is_not_understood_is_named_with_exit_code_2(string batch, string named) =>
        Refused(2, batch).GetProperty("message").GetString()!.ShouldContain(named);

    [Theory]
    [InlineData("f.txt\n<<<<<<< SEARCH\nfirst\n", "malformed-block", 2)]
    [InlineData("{\"documentChanges\":[\n{\"kind\":\"frob\",\"uri\":\"f.txt\"}]}", "unknown-operation", 2)]
    [InlineData("{\"runs\":[{\"results\":[{\"fixes\":[{\"artifactChanges\":[\n{}]}]}]}]}", "missing-field", 2)]
    [InlineData("[{\"file\":\"f.txt\",\"range\":{\"byteOffset\":{\"start\":0,\"end\":1}},\n\"text\":7,\"replacement\":\"\"}]", "wrong-type", 2)]
    [InlineData("{\"uri\":\"f.txt\",\"rewritten_source\":\"x\"}\n{\"uri\":", "malformed-json", 2)]
    [InlineData("{\"type\":\"user\",\"uuid\":\"u\"}\n[7]", "wrong-type", 2)]
    [InlineData("{\"name\":\"NotebookEdit\",\n\"input\":{\"notebook_path\":\"n.ipynb\",\"cell_id\":\"a\",\"cell_number\":0,\"new_source\":\"\"}}", "exclusive-fields", 2)]
    [InlineData("{\"name\":\"Frobnicate\",\"input\":{}}", "unknown-tool", 1)]
    public void Every_format_that_is_damaged_has_its_line_with_exit_code_2(string batch, string code, int line)
    {
        var error = Refused(2, batch);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("line").GetInt32().ShouldBe(line);
        error.GetProperty("column").GetInt32().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Text_that_is_not_there_comes_with_the_nearest_lines()
    {
        var error = Refused(1, """{"op":"edit","path":"f.txt","edits":[{"old":"the quick brown fax","new":"x"}]}""");
        error.GetProperty("code").GetString().ShouldBe("text-not-found");
        $"{error.GetProperty("message")} {error.GetProperty("suggestion")}".ShouldContain("line 2");
    }

    [Fact]
    public void Text_that_is_there_twice_comes_with_its_lines()
    {
        var error = Refused(1, """{"op":"edit","path":"f.txt","edits":[{"old":"twice","new":"x"}]}""");
        $"{error.GetProperty("message")}".ShouldContain("3");
        $"{error.GetProperty("message")}".ShouldContain("5");
    }

    [Theory]
    [InlineData("""{"op":"write","path":"f.txt","content":"x","expect":"absent"}""", "expectation-failed")]
    [InlineData("""{"op":"delete","path":"g.txt","expect":"present"}""", "expectation-failed")]
    [InlineData("""{"op":"write","path":"f.txt","content":"x","expect":"0123456789012345678901234567890123456789"}""", "expectation-failed")]
    [InlineData("""{"op":"delete","path":"nowhere.txt"}""", "file-not-found")]
    [InlineData("""{"op":"move","from":"nowhere.txt","to":"x"}""", "file-not-found")]
    [InlineData("""{"op":"patch","diff":"--- a/f.txt\n+++ b/f.txt\n@@ -1 +1 @@\n-absent\n+x\n"}""", "patch-does-not-apply")]
    public void What_does_not_fit_what_is_there_is_refused_with_exit_code_1(string batch, string code) =>
        Refused(1, batch).GetProperty("code").GetString().ShouldBe(code);

    [Fact]
    public void A_bare_repository_is_exit_code_2()
    {
        using var repository = Repository();
        repository.Git("clone", "-q", "--bare", repository.Root, repository.Outside("bare.git"));
        var (exitCode, output, _) = Writeopt.Feed(repository, """{"op":"write","path":"x","content":""}""",
            "-C", repository.Outside("bare.git"), "apply", "--json");
        exitCode.ShouldBe(2);
        JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe("bare-repository");
    }

    [Fact]
    public void A_repository_of_somebody_else_is_exit_code_2_until_git_is_told_to_trust_it()
    {
        Assert.SkipUnless(Confined.IsRoot, "only root can give a repository away");
        using var repository = Repository();
        const string batch = """{"op":"write","path":"x","content":"1"}""";
        TestRepository.Run(repository.Root, "chown", ["-R", "12345:12345", repository.Root]);
        try
        {
            var (exitCode, output, _) = Writeopt.Feed(repository, batch, "apply", "--json");
            exitCode.ShouldBe(2);
            JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("code").GetString()
                .ShouldBe("dubious-ownership");
            repository.Exists("x").ShouldBeFalse();
            TestRepository.RunAny(repository.Root, Writeopt.Binary, ["apply"], batch, new Dictionary<string, string?>
            {
                ["GIT_CONFIG_COUNT"] = "1",
                ["GIT_CONFIG_KEY_0"] = "safe.directory",
                ["GIT_CONFIG_VALUE_0"] = "*",
            }).ExitCode.ShouldBe(0);
            repository.Read("x").ShouldBe("1");
        }
        finally
        {
            TestRepository.Run(repository.Root, "chown", ["-R", "0:0", repository.Root]);
        }
    }

    [Fact]
    public void GIT_DIR_and_GIT_WORK_TREE_of_the_caller_are_honoured()
    {
        using var repository = Repository();
        var elsewhere = Directory.CreateDirectory(repository.Outside("tree")).FullName;
        var environment = new Dictionary<string, string?>
        {
            ["GIT_DIR"] = repository.At(".git"),
            ["GIT_WORK_TREE"] = elsewhere,
        };
        var before = repository.State();
        var apply = TestRepository.RunAny(elsewhere, Writeopt.Binary, ["apply", "--stage"],
            """{"op":"write","path":"deep/x.txt","content":"1\n"}""", environment);
        apply.ExitCode.ShouldBe(0, apply.Error);
        File.ReadAllText(elsewhere + "/deep/x.txt").ShouldBe("1\n");
        repository.State().ShouldBe(before);
        repository.Git("ls-files", "deep").ShouldBe("deep/x.txt");
        TestRepository.RunAny(elsewhere, Writeopt.Binary, ["undo"], null, environment).ExitCode.ShouldBe(0);
        Directory.EnumerateFileSystemEntries(elsewhere).ShouldBeEmpty();
        repository.Git("ls-files", "deep").ShouldBeEmpty();
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string>
        {
            ["f.txt"] = "first\nthe quick brown fox\ntwice\nfourth\ntwice\n",
        }, "", test);

    private static JsonElement Refused(int code, string batch)
    {
        using var repository = Repository();
        var before = repository.State();
        var (exitCode, output, error) = Writeopt.Feed(repository, batch, "apply", "--json");
        exitCode.ShouldBe(code, output + error);
        repository.State().ShouldBe(before);
        repository.Git("for-each-ref", "--format=%(refname:lstrip=2)", "refs/writeopt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldAllBe(name => code == 1 && name.StartsWith("kept/", StringComparison.Ordinal), "it is kept, and nothing else");
        return JsonDocument.Parse(output).RootElement.GetProperty("error").Clone();
    }
}
