using System.Text.Json;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Cli.Agents;

/// <summary>What a call of a tool may write, as far as its input tells.</summary>
internal abstract record ToolFootprint
{
    private ToolFootprint()
    {
    }

    /// <summary>It writes nothing.</summary>
    /// <param name="Read">The file that it reads, where it reads one.</param>
    internal sealed record None(RepoPath? Read) : ToolFootprint;

    /// <summary>It writes these paths and no others.</summary>
    /// <param name="Paths">The paths.</param>
    /// <param name="Batch">The writes themselves.</param>
    internal sealed record These(IReadOnlyList<RepoPath> Paths, Batch Batch) : ToolFootprint;

    /// <summary>It may write anything: a shell, or a tool that we do not know.</summary>
    internal sealed record Anything : ToolFootprint;

    /// <summary>Of a call.</summary>
    internal static ToolFootprint Of(AgentEvent told, string worktreeRoot)
    {
        if (told.Tool is not { } tool || told.Input is not { } input)
        {
            return new Anything();
        }

        try
        {
            var batch = BatchReader.Read(Call(tool, input), BatchFormat.Tools, new BatchContext(worktreeRoot, told.Directory));
            return WrittenPaths.Of(batch) is { Count: > 0 } paths ? new These(paths, batch) : new None(ReadBy(input, worktreeRoot));
        }
        catch (WriteException)
        {
            // A shell, a tool of another server, a path outside: whatever it is, what changed is seen afterwards.
            return new Anything();
        }
    }

    private static byte[] Call(string tool, JsonElement input)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("tool_name", tool);
            writer.WritePropertyName("tool_input");
            input.WriteTo(writer);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static RepoPath? ReadBy(JsonElement input, string worktreeRoot)
    {
        foreach (var name in new[] { "file_path", "filePath", "path", "absolute_path" })
        {
            if (input.ValueKind == JsonValueKind.Object && input.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } path)
            {
                try
                {
                    return RepoPath.Parse(path, worktreeRoot);
                }
                catch (RefusedException)
                {
                    return null; // outside the worktree: not ours to watch
                }
            }
        }

        return null;
    }
}
