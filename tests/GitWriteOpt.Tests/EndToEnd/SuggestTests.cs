using System.Text.Json;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class SuggestTests
{
    [Fact]
    public void The_stream_answers_a_line_a_question_and_goes_on_after_a_bad_one()
    {
        using var repository = Coupled();
        var (exitCode, output, _) = Writeopt.Feed(repository,
            "{\"id\":\"q\",\"changed\":[\"a.c\"]}\nnonsense\n[]\n{\"id\":{\"n\":2},\"added\":[{\"path\":\"c.c\",\"content\":\"\"}]}\n",
            "suggest", "--ndjson");
        exitCode.ShouldBe(0);
        var answers = output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        answers.Count.ShouldBe(4);
        answers[0].GetProperty("id").GetString().ShouldBe("q");
        answers[0].GetProperty("files").GetArrayLength().ShouldBe(0);
        var first = answers[0].GetProperty("suggest")[0];
        first.GetProperty("path").GetString().ShouldBe("a.h");
        first.GetProperty("support").GetInt32().ShouldBe(5);
        first.GetProperty("confidence").GetDouble().ShouldBeInRange(0, 1);
        first.GetProperty("reason").GetString()!.ShouldContain(repository.Git("rev-parse", "--short=12", "HEAD"));
        answers[1].GetProperty("error").GetProperty("code").GetString().ShouldBe("bad-question");
        answers[2].GetProperty("error").GetProperty("category").GetString().ShouldBe("usage");
        answers[3].GetProperty("id").GetProperty("n").GetInt32().ShouldBe(2);
    }

    [Fact]
    public void Without_paths_the_worktree_is_asked_about_and_with_staged_the_index()
    {
        using var repository = Coupled();
        repository.Write("a.c", "changed\n");
        Writeopt.Run(repository, "suggest").Output.ShouldStartWith("a.h");
        Json(repository, "suggest", "--json", "--staged").GetProperty("changed").GetArrayLength().ShouldBe(0);
        repository.Git("add", "a.c");
        Json(repository, "suggest", "--json", "--staged").GetProperty("suggest")[0].GetProperty("path").GetString().ShouldBe("a.h");
    }

    [Fact]
    public void Learn_says_what_it_did()
    {
        using var repository = Coupled();
        var first = Json(repository, "learn", "--json");
        (first.GetProperty("state").GetString(), first.GetProperty("commits").GetInt32()).ShouldBe(("learned", 6));
        Json(repository, "learn", "--json").GetProperty("state").GetString().ShouldBe("unchanged");
        Json(repository, "learn", "--evaluate", "--json").GetProperty("replays").GetArrayLength().ShouldBe(2);
    }

    private static JsonElement Json(TestRepository repository, params string[] arguments)
    {
        var (exitCode, output, error) = Writeopt.Run(repository, arguments);
        exitCode.ShouldBe(0, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static TestRepository Coupled([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(new Dictionary<string, string> { ["b.c"] = "b\n" }, "", test);
        for (var i = 0; i < 5; i++)
        {
            repository.Write("a.c", $"int a = {i};\n");
            repository.Write("a.h", $"extern int a; // {i}\n");
            repository.Commit($"change {i}");
        }

        return repository;
    }
}
