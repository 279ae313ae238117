using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Sessions;

/// <summary>Plays an agent whose process can be killed.</summary>
internal sealed class AgentPlay : IDisposable
{
    private readonly System.Diagnostics.Process _owner = System.Diagnostics.Process.Start("sleep", "600");

    public AgentPlay(TestRepository repository)
    {
        Repository = repository;
        Writer = Writer.Open(repository.Root);
        Session = Writer.StartSession("host-name", "agent", _owner.Id, new CheckpointRequest(CheckpointReason.Start, "start"));
    }

    public TestRepository Repository { get; }

    public Writer Writer { get; }

    public SessionSummary Session { get; private set; }

    /// <summary>A repository with these files, and an agent that began in it.</summary>
    public static AgentPlay In(params (string Path, string Content)[] files) => new(
        TestRepository.With(files.ToDictionary(f => f.Path, f => f.Content), test: "agent-play"));

    public static string Lines(params string[] lines) => string.Join("\n\n\n\n\n\n\n\n", lines) + "\n";

    public void Prompt(string text) => Writer.Checkpoint(Session.Id, new CheckpointRequest(CheckpointReason.Prompt, text));

    public void Tool(string tool, Action write, params string[] declared)
    {
        Begin(tool);
        write();
        Writer.Checkpoint(Session.Id, new CheckpointRequest(CheckpointReason.AfterTool, "After " + tool)
        {
            Tool = tool,
            Declared = declared,
            OnlyIfChanged = true,
        });
    }

    public void Begin(string tool) => Writer.Checkpoint(Session.Id, new CheckpointRequest(CheckpointReason.BeforeTool, "Before " + tool)
    {
        Tool = tool,
    });

    public void Write(string path, string content) => Repository.Write(path, content);

    public void Die()
    {
        _owner.Kill();
        _owner.WaitForExit();
        Refresh();
    }

    public void Refresh() => Session = Writer.FindSession(Session.Id);

    public WriteOutcome Recover(string? to, Func<SessionRecoveryRequest, SessionRecoveryRequest>? more = null)
    {
        var request = new SessionRecoveryRequest { Session = Session.Id, To = to };
        return Writer.RecoverSession(more is null ? request : more(request));
    }

    public void Dispose()
    {
        _owner.Kill();
        _owner.Dispose();
        Writer.Dispose();
        Repository.Dispose();
    }
}
