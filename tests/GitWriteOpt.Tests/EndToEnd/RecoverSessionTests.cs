using System.Text.Json;
using GitWriteOpt.Tests.Sessions;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class RecoverSessionTests
{
    [Fact]
    public void Recover_names_the_sessions_that_were_cut_off_and_the_commands_that_decide()
    {
        using var agent = Died();

        var (exitCode, output, error) = Writeopt.Run(agent.Repository, "recover");

        exitCode.ShouldBe(0, error);
        output.ShouldContain($"{agent.Session.Id} was cut off: agent");
        output.ShouldContain("2 files: 1 added, 1 modified; by 1 tool, 1 session");
        output.ShouldContain($"git writeopt recover --session {agent.Session.Id} --to start");
        output.ShouldContain($"git writeopt recover --session {agent.Session.Id} --keep");
        Writeopt.Run(agent.Repository, "status").Output.ShouldContain($"git writeopt recover --session {agent.Session.Id}");
        Writeopt.Run(agent.Repository, "hook", "pre-commit").Error.ShouldContain("was cut off");
    }

    [Fact]
    public void With_json_the_answer_has_the_sessions_how_far_they_got_and_the_choices()
    {
        using var agent = Died();

        using var answer = JsonDocument.Parse(Writeopt.Run(agent.Repository, "recover", "--dry-run", "--json").Output);

        answer.RootElement.GetProperty("state").GetString().ShouldBe("clean");
        answer.RootElement.GetProperty("recovered").GetArrayLength().ShouldBe(0);
        var session = answer.RootElement.GetProperty("sessions")[0];
        session.GetProperty("state").GetString().ShouldBe("abandoned");
        session.GetProperty("turns").GetInt32().ShouldBe(1);
        session.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString() + " " + f.GetProperty("by").GetString())
            .ShouldBe(["a.txt tool", "half.txt session"]);
        session.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("choice").GetString())
            .ShouldBe(["start", "checkpoint", "paths", "keep", "diff"]);
    }

    [Fact]
    public void It_is_brought_back_by_flags_and_not_offered_again()
    {
        using var agent = Died();
        var before = agent.Repository.State();
        Writeopt.Run(agent.Repository, "recover", "--session", agent.Session.Id, "--to", "start", "--dry-run").Output
            .ShouldContain("Would recover");
        agent.Repository.State().ShouldBe(before);

        using var answer = JsonDocument.Parse(
            Writeopt.Run(agent.Repository, "recover", "--session", agent.Session.Id, "--to", "start", "--json").Output);

        answer.RootElement.GetProperty("state").GetString().ShouldBe("recovered");
        answer.RootElement.GetProperty("sessions")[0].GetProperty("outcome").GetProperty("files").GetArrayLength().ShouldBe(2);
        agent.Repository.Read("a.txt").ShouldBe("a\n");
        agent.Repository.Exists("half.txt").ShouldBeFalse();
        Writeopt.Run(agent.Repository, "recover").Output.ShouldContain("Nothing had to be recovered");
        Writeopt.Run(agent.Repository, "undo").ExitCode.ShouldBe(0);
        agent.Repository.State().ShouldBe(before);
    }

    [Fact]
    public void Keeping_ends_it_and_changes_nothing()
    {
        using var agent = Died();
        var before = agent.Repository.State();

        Writeopt.Run(agent.Repository, "recover", "--session", agent.Session.Id, "--keep").Output.ShouldContain("is kept");

        agent.Repository.State().ShouldBe(before);
        Writeopt.Run(agent.Repository, "status", "--json").Output.ShouldContain("\"sessions\":[]");
    }

    [Theory]
    [InlineData("--keep")]
    [InlineData("--to", "start")]
    [InlineData("--session", "x", "--to", "start", "--keep")]
    [InlineData("--session", "nothing", "--keep")]
    public void What_does_not_fit_together_is_a_usage_error(params string[] arguments)
    {
        using var agent = Died();

        Writeopt.Run(agent.Repository, ["recover", .. arguments]).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Sessions_and_checkpoints_are_shown_compared_and_told()
    {
        using var agent = Died();
        Writeopt.Run(agent.Repository, "recover");
        var id = agent.Session.Id;

        Writeopt.Run(agent.Repository, "show", id).Output.ShouldContain("after-tool Write");
        Writeopt.Run(agent.Repository, "diff", id).Output.ShouldContain("+half");
        Writeopt.Run(agent.Repository, "diff", id, "--", "a.txt").Output.ShouldNotContain("half");
        using var log = JsonDocument.Parse(Writeopt.Run(agent.Repository, "log", "--session", id, "--json").Output);
        var events = log.RootElement.EnumerateArray().ToList();
        var (start, last) = (events[0].GetProperty("checkpoint").GetString()!, events[^1].GetProperty("checkpoint").GetString()!);
        events.ShouldAllBe(e => e.GetProperty("session").GetString() == id && e.GetProperty("standing").GetBoolean());
        Writeopt.Run(agent.Repository, "show", last).Output.ShouldContain("+half");
        Writeopt.Run(agent.Repository, "diff", start, last).Output.ShouldBe(Writeopt.Run(agent.Repository, "diff", id).Output);
        Writeopt.Run(agent.Repository, "log", "--session", id, "-n", "1").Output.ShouldContain("session 1  standing");
        Writeopt.Run(agent.Repository, "log", "--graph").Output.ShouldContain($"session {id} begins: agent");
    }

    private static AgentPlay Died()
    {
        var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Prompt("go");
        agent.Tool("Write", () => agent.Write("a.txt", "agent\n"), "a.txt");
        agent.Begin("Bash");
        agent.Write("half.txt", "half\n");
        agent.Die();
        return agent;
    }
}
