using System.CommandLine;
using GitWriteOpt.Cli.Pages;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Commands;

/// <summary><c>git writeopt session</c>: stretches of work between two snapshots.</summary>
internal static class SessionCommand
{
    /// <summary>Declares it.</summary>
    public static Command Build(Invocation invocation)
    {
        var nul = NulList.Option("ids");
        var list = new Command("list", "List the sessions, newest first") { nul };
        list.SetAction(parsed => parsed.GetValue(nul) && !invocation.Json
            ? NulList.Print(invocation.Open().Sessions().Select(s => s.Id), invocation) : List(invocation));
        var command = new Command("session", "Begin, mark, end, list, show or report stretches of an agent's work")
        {
            Start(invocation), Checkpoint(invocation), End(invocation, "end", aborted: false),
            End(invocation, "abort", aborted: true), list, Show(invocation), Report(invocation),
        };
        command.SetAction(_ => List(invocation));
        return command;
    }

    private static Command Start(Invocation invocation)
    {
        var owner = new Option<int?>("--owner-pid")
        {
            Description = "The process that the session lives and dies with (else the one that runs this)",
            HelpName = "pid",
        };
        var agent = new Option<string?>("--agent") { Description = "Which agent works in it", HelpName = "name" };
        var name = new Option<string?>("--name") { Description = "A name of the caller's for it", HelpName = "name" };
        var step = SharedArguments.Step();
        var message = Message();
        var command = new Command("start", "Begin a session with a snapshot; prints its id") { owner, agent, name, step, message };
        command.SetAction(parsed =>
        {
            var session = invocation.Open().StartSession(parsed.GetValue(name), parsed.GetValue(agent), parsed.GetValue(owner),
                new CheckpointRequest(CheckpointReason.Start, parsed.GetValue(message) ?? "Session started")
                {
                    Durable = true,
                    Step = parsed.GetValue(step),
                });
            SessionReport.Started(session, invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Checkpoint(Invocation invocation)
    {
        var id = Id();
        var message = Message();
        var command = new Command("checkpoint", "Take a snapshot in a session") { id, message };
        command.SetAction(parsed =>
        {
            var (session, _) = invocation.Open().Checkpoint(Chosen(parsed.GetValue(id)),
                new CheckpointRequest(CheckpointReason.Asked, parsed.GetValue(message) ?? "Checkpoint") { Durable = true });
            SessionReport.Said("Checkpoint of", session, invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command End(Invocation invocation, string name, bool aborted)
    {
        var id = Id();
        var message = Message();
        var command = new Command(name, aborted ? "Give a session up; its work stays until it is rolled back" : "End a session")
        {
            id, message,
        };
        command.SetAction(parsed =>
        {
            var session = invocation.Open().EndSession(Chosen(parsed.GetValue(id)), aborted,
                new CheckpointRequest(CheckpointReason.End, parsed.GetValue(message) ?? (aborted ? "Session aborted" : "Session ended"))
                {
                    Durable = true,
                });
            SessionReport.Said(aborted ? "Aborted" : "Ended", session, invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Invocation invocation)
    {
        var id = Id();
        var command = new Command("show", "Tell a session: its checkpoints, what was written before each, and by what") { id };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var session = writer.FindSession(Chosen(parsed.GetValue(id)));
            SessionReport.Show(session, writer.Steps(session), invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Report(Invocation invocation)
    {
        var id = Id();
        var html = new Option<string>("--html") { Description = "Write the page to this file", HelpName = "file", Required = true };
        var force = new Option<bool>("--force") { Description = "Replace the file, whatever it is" };
        var command = new Command("report", "Write a session as one self-contained page: timeline, files, diffs, figures") { id, html, force };
        command.SetAction(parsed =>
        {
            var writer = invocation.Open();
            var session = writer.FindSession(Chosen(parsed.GetValue(id)));
            var file = Path.GetFullPath(Path.Combine(invocation.Directory, parsed.GetValue(html)!));
            PageFile.Write(file, new SessionPage(writer, session).Render, parsed.GetValue(force));
            SessionReport.Reported(session, file, invocation);
            return ExitCode.Done;
        });
        return command;
    }

    private static int List(Invocation invocation)
    {
        SessionReport.List(invocation.Open().Sessions(), invocation);
        return ExitCode.Done;
    }

    private static string? Chosen(string? given) => given ?? SessionOfEnvironment.Current();

    private static Argument<string?> Id() => new("session")
    {
        Description = "Its id, a unique prefix or suffix, or its name; else WRITEOPT_SESSION, else the only one that is open",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static Option<string?> Message() => new("--message", "-m") { Description = "One line about it", HelpName = "text" };
}
