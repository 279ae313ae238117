using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Cli.Recovering;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Sessions;
using Spectre.Console.Testing;

namespace GitWriteOpt.Tests.Cli;

public sealed class RecoverMenuTests
{
    [Fact]
    public void Back_to_the_start_is_shown_confirmed_and_done()
    {
        using var agent = Died();
        using var console = Console(ConsoleKey.Enter);
        console.Input.PushTextWithEnter("y");

        Ask(agent, console).ShouldBe(0);

        console.Output.ShouldContain("modified a.txt");
        console.Output.ShouldContain("git writeopt undo");
        agent.Repository.Read("a.txt").ShouldBe("a\n");
        agent.Writer.OpenSessions().ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_confirmed_is_not_done_and_can_be_decided_later()
    {
        using var agent = Died();
        using var console = Console(ConsoleKey.Enter);
        console.Input.PushTextWithEnter("n");
        Down(console, 5);

        Ask(agent, console).ShouldBe(0);

        agent.Repository.Read("a.txt").ShouldBe("agent\n");
        agent.Writer.OpenSessions().ShouldHaveSingleItem();
    }

    [Fact]
    public void Some_files_alone_can_go_back()
    {
        using var agent = Died();
        using var console = Console();
        Down(console, 2);
        console.Input.PushKey(ConsoleKey.DownArrow);
        console.Input.PushKey(ConsoleKey.Spacebar);
        console.Input.PushKey(ConsoleKey.Enter);
        console.Input.PushTextWithEnter("y");

        Ask(agent, console).ShouldBe(0);

        agent.Repository.Read("a.txt").ShouldBe("agent\n");
        agent.Repository.Exists("b[red].txt").ShouldBeFalse();
    }

    [Fact]
    public void A_checkpoint_can_be_chosen_newest_first()
    {
        using var agent = Died();
        using var console = Console();
        Down(console, 1);
        Down(console, 1);
        console.Input.PushTextWithEnter("y");

        Ask(agent, console).ShouldBe(0);

        agent.Repository.Read("a.txt").ShouldBe("agent\n");
        agent.Repository.Exists("b[red].txt").ShouldBeFalse();
    }

    [Fact]
    public void Everything_can_be_kept()
    {
        using var agent = Died();
        using var console = Console();
        Down(console, 3);

        Ask(agent, console).ShouldBe(0);

        agent.Repository.Read("a.txt").ShouldBe("agent\n");
        agent.Writer.FindSession(agent.Session.Id).State.ShouldBe(SessionState.Ended);
    }

    private static TestConsole Console(params ConsoleKey[] keys)
    {
        var console = new TestConsole();
        console.Profile.Capabilities.Interactive = true;
        console.Profile.Capabilities.Ansi = true;
        foreach (var key in keys)
        {
            console.Input.PushKey(key);
        }

        return console;
    }

    private static void Down(TestConsole console, int times)
    {
        for (var i = 0; i < times; i++)
        {
            console.Input.PushKey(ConsoleKey.DownArrow);
        }

        console.Input.PushKey(ConsoleKey.Enter);
    }

    private static int Ask(AgentPlay agent, TestConsole console)
    {
        using var invocation = new Invocation();
        return new RecoverMenu(console, new RecoverDeeds(agent.Writer, invocation, _ => null)).Ask(agent.Writer.Account(agent.Session, null));
    }

    private static AgentPlay Died()
    {
        var agent = AgentPlay.In(("a.txt", "a\n"));
        agent.Prompt("go");
        agent.Tool("Write", () => agent.Write("a.txt", "agent\n"), "a.txt");
        agent.Tool("Write", () => agent.Write("b[red].txt", "agent\n"), "b[red].txt");
        agent.Die();
        return agent;
    }
}
