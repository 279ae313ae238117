using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace GitWriteOpt.Mcp;

/// <summary>A tool as the server offers it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For the model.</param>
/// <param name="Input">JSON Schema of the arguments.</param>
/// <param name="Output">JSON Schema of the structured answer: what is always there.</param>
/// <param name="Call">What it does.</param>
internal sealed record ToolDefinition(string Name, string Title, string Description, string Input, string Output,
    Func<ToolCallContext, ToolAnswer> Call)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether the same call again changes nothing more.</summary>
    public bool Idempotent { get; init; }

    /// <summary>As the protocol has it. None of them reaches beyond the repositories that the server was started for.</summary>
    internal Tool ToProtocol() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = Schema(Input),
        OutputSchema = Schema(Output),
        Annotations = new ToolAnnotations
        {
            Title = Title,
            ReadOnlyHint = ReadOnly,
            DestructiveHint = !ReadOnly,
            IdempotentHint = ReadOnly || Idempotent,
            OpenWorldHint = false,
        },
    };

    private static JsonElement Schema(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

/// <summary>What a tool answers: one of the JSON documents that the command of the same name prints.</summary>
/// <param name="Json">The document.</param>
/// <param name="IsError">Whether what was asked for was not done.</param>
internal sealed record ToolAnswer(JsonElement Json, bool IsError);
