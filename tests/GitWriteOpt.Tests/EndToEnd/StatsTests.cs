using System.Text.Json;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class StatsTests
{
    [Fact]
    public void Figures_are_printed_as_a_table_as_JSON_and_as_a_page()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        for (var i = 0; i < 10; i++)
        {
            repository.Applied($$"""{"operations":[{"op":"write","path":"a.txt","content":"{{i}}"},{"op":"write","path":"<b>.txt","content":"{{i}}"}]}""");
        }

        var (exitCode, output, error) = Writeopt.Run(repository, "stats");
        (exitCode, error).ShouldBe((0, ""));
        output.ShouldContain("10 transactions, 10 recorded commands");
        output.ShouldContain("Write batching rate  100 %  20\n");
        output.ShouldContain("Time saved  not measured  git writeopt stats --calibrate");
        output.ShouldNotContain("\u001b");

        using var json = JsonDocument.Parse(Writeopt.Run(repository, "stats", "--json", "--html", "page.html").Output);
        var figure = json.RootElement.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("name").GetString() == "batching-rate");
        (figure.GetProperty("value").GetDouble(), figure.GetProperty("measured").GetBoolean()).ShouldBe((1, true));
        figure.GetProperty("trend").GetProperty("points").GetArrayLength().ShouldBe(2);
        json.RootElement.GetProperty("calibration").ValueKind.ShouldBe(JsonValueKind.Null);
        var page = repository.Read("page.html");
        page.ShouldContain("<svg");
        page.ShouldContain("not measured");
        page.ShouldNotContain("://");
        repository.Write("mine.html", "mine");
        Writeopt.Run(repository, "stats", "--html", "mine.html").ExitCode.ShouldBe(2);
    }
}
