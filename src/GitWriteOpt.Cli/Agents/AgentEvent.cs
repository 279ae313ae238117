using System.Text.Json;

namespace GitWriteOpt.Cli.Agents;

/// <summary>The moments of an agent's work that concern us.</summary>
internal enum AgentMoment
{
    /// <summary>None of them.</summary>
    Other,

    /// <summary>A session begins or goes on.</summary>
    SessionStart,

    /// <summary>A person has sent a prompt.</summary>
    Prompt,

    /// <summary>A tool is about to run.</summary>
    BeforeTool,

    /// <summary>A tool has run.</summary>
    AfterTool,

    /// <summary>The agent has answered.</summary>
    Stop,

    /// <summary>The session ends.</summary>
    SessionEnd,
}

/// <summary>What a host told its hook.</summary>
/// <param name="Moment">When.</param>
/// <param name="Name">The host's own name for it.</param>
/// <param name="Session">The host's id of the session.</param>
/// <param name="Directory">Where the agent works, absolute.</param>
internal sealed record AgentEvent(AgentMoment Moment, string Name, string Session, string Directory)
{
    /// <summary>The tool, or null.</summary>
    public string? Tool { get; init; }

    /// <summary>The tool's input, or null.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>The host's id of this call of the tool, or null.</summary>
    public string? Call { get; init; }
}

/// <summary>What a hook answers.</summary>
/// <param name="Denial">Why the tool must not run; null where it may.</param>
/// <param name="Context">What the model should know; null for nothing.</param>
internal sealed record AgentAnswer(string? Denial = null, string? Context = null);
