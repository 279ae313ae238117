using System.Text;
using System.Text.Json;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Tests.Cli;

public sealed class AnswerTests
{
    [Fact]
    public void An_outcome_has_every_field_of_the_contract()
    {
        var outcome = new WriteOutcome
        {
            State = WriteState.RolledBack,
            Files = [new WrittenFile("b", ChangeKind.Renamed, "a", 3, "beef")],
            Timings = new Dictionary<string, double> { ["plan"] = 1.5 },
            Error = new WriteError(ErrorCategory.Conflict, "text-not-found", "no") { Path = "b", Line = 3, Column = 4 },
        };
        var json = Parse(JsonSerializer.Serialize(OutcomeAnswer.Of(outcome), AnswerJson.Default.OutcomeAnswer));
        foreach (var name in (string[])["state", "transaction", "ref", "before", "after", "files", "skipped", "warnings",
            "timings", "error"])
        {
            json.TryGetProperty(name, out _).ShouldBeTrue(name);
        }

        json.GetProperty("state").GetString().ShouldBe("rolled-back");
        json.GetProperty("transaction").ValueKind.ShouldBe(JsonValueKind.Null);
        json.GetProperty("timings").GetProperty("plan").GetDouble().ShouldBe(1.5);
        json.GetProperty("files")[0].GetRawText().ShouldBe(
            """{"path":"b","change":"renamed","bytes":3,"blob":"beef","from":"a"}""");
        json.GetProperty("error").GetRawText().ShouldBe("""
            {"category":"conflict","code":"text-not-found","path":"b","message":"no","suggestion":null,"line":3,"column":4}
            """);
    }

    [Fact]
    public void A_plan_has_every_field_of_the_contract()
    {
        var plan = new WritePlan { Message = "m", Changes = [], Risk = WriteRisk.Medium, EstimatedSeconds = 0.5 };
        var json = Parse(JsonSerializer.Serialize(PlanAnswer.Of(plan), AnswerJson.Default.PlanAnswer));
        json.EnumerateObject().Select(p => p.Name).Take(10).ShouldBe(["operation", "files", "strategy", "estimatedSeconds",
            "risk", "sequence", "rollback", "dependencies", "groups", "decisions"]);
        json.GetProperty("risk").GetString().ShouldBe("medium");
    }

    [Theory]
    [InlineData(WriteState.Applied, 0)]
    [InlineData(WriteState.Unchanged, 0)]
    [InlineData(WriteState.Planned, 0)]
    [InlineData(WriteState.Refused, 1)]
    [InlineData(WriteState.RolledBack, 3)]
    [InlineData(WriteState.Attention, 4)]
    [InlineData(WriteState.Partial, 5)]
    public void Every_state_has_its_exit_code(WriteState state, int code) => ExitCode.Of(state).ShouldBe(code);

    [Fact]
    public void An_error_names_its_place_once()
    {
        Diagnostics.Sentence(new WriteError(ErrorCategory.Usage, "x", "an unknown field") { Path = "b.json", Line = 3, Column = 7 })
            .ShouldBe("b.json: an unknown field (line 3, column 7)");
        Diagnostics.Sentence(new WriteError(ErrorCategory.Usage, "x", "a.txt, line 3: no") { Path = "a.txt", Line = 3 })
            .ShouldBe("a.txt, line 3: no");
    }

    [Fact]
    public void A_table_is_plain_lines_where_nobody_but_a_program_reads()
    {
        using var output = new MemoryStream();
        using (var screen = new Screen(output, isTerminal: false, () => throw new InvalidOperationException("not asked")))
        {
            screen.Table(["id", "name"], [["1", new Piece("a\u001b\nb", Tone.Added)], ["2", ""]]);
            screen.Line("x ", new Piece("y", Tone.Deleted));
            screen.Finish();
        }

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe("1  a\\033 b\n2\nx y\n");
    }

    [Fact]
    public void On_a_terminal_lines_are_coloured_and_never_wrapped()
    {
        using var output = new MemoryStream();
        var path = new string('p', 500);
        using (var screen = new Screen(output, isTerminal: true, () => true))
        {
            screen.Line(new Piece(path, Tone.Added));
            screen.Finish();
        }

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe($"\u001b[32m{path}\u001b[0m\n");
    }

    [Fact]
    public void On_a_terminal_a_table_has_a_heading_and_aligned_columns_and_no_control_characters_of_its_cells()
    {
        using var output = new MemoryStream();
        using (var screen = new Screen(output, isTerminal: true, () => false))
        {
            screen.Table(["id", "message"], [["1", "[red]a[/]\u001b[31m"], ["22", "b"]]);
            screen.Finish();
        }

        Encoding.UTF8.GetString(output.ToArray()).Split('\n').Select(l => l.TrimEnd())
            .ShouldBe(["id  message", "1   [red]a[/]\\033[31m", "22  b", ""]);
    }

    [Fact]
    public void On_a_narrow_terminal_a_table_is_neither_cut_nor_wrapped_and_has_no_empty_columns()
    {
        using var output = new MemoryStream();
        var path = new string('p', 300);
        using (var screen = new Screen(output, isTerminal: true, () => false))
        {
            screen.Table(["path", "session", "", "message"], [[path, "", "日本", "one two"], ["a", "", "b", ""]]);
            screen.Table(["nothing", "here"], []);
            screen.Finish();
        }

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe(
            $"path{new string(' ', 304)}message\n{path}  日本  one two\na{new string(' ', 301)}b\n");
    }

    [Fact]
    public void A_coloured_cell_is_as_wide_as_its_text()
    {
        using var output = new MemoryStream();
        using (var screen = new Screen(output, isTerminal: true, () => true))
        {
            screen.Table(["a", "b"], [[new Piece("x", Tone.Added), "y"], ["zzz", "w"]]);
            screen.Finish();
        }

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe(
            "\u001b[2ma\u001b[0m    \u001b[2mb\u001b[0m\n\u001b[32mx\u001b[0m    y\nzzz  w\n");
    }

    private static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;
}
