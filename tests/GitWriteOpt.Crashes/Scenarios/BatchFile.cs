using System.Text;
using System.Text.Json;

namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>A scenario's changes as a native batch.</summary>
internal static class BatchFile
{
    private const int LargestInline = 1 << 20;

    /// <summary>Writes it; large contents become files beside it, which it names.</summary>
    internal static void Write(string path, IReadOnlyList<Change> changes)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("message", "The scenario's change");
        json.WriteStartArray("operations");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            Write(json, change, path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Change change, string batch)
    {
        switch (change)
        {
            case Change.Write write:
                json.WriteString("op", "write");
                json.WriteString("path", write.Path);
                WriteContent(json, write.Content, batch);
                if (write.Executable)
                {
                    json.WriteString("mode", "100755");
                }

                break;
            case Change.Delete delete:
                json.WriteString("op", "delete");
                json.WriteString("path", delete.Path);
                break;
            case Change.Move move:
                json.WriteString("op", "move");
                json.WriteString("from", move.From);
                json.WriteString("to", move.To);
                break;
            case Change.MakeExecutable mode:
                json.WriteString("op", "chmod");
                json.WriteString("path", mode.Path);
                json.WriteBoolean("executable", true);
                break;
            case Change.Link link:
                json.WriteString("op", "symlink");
                json.WriteString("path", link.Path);
                json.WriteString("target", link.Target);
                break;
            default:
                throw new InvalidOperationException($"no such change: {change}");
        }
    }

    private static void WriteContent(Utf8JsonWriter json, byte[] content, string batch)
    {
        if (content.Length > LargestInline)
        {
            var source = $"{batch}.{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content))[..8]}";
            File.WriteAllBytes(source, content);
            json.WriteString("source", source);
        }
        else if (!content.Contains((byte)0))
        {
            json.WriteString("content", Encoding.UTF8.GetString(content));
        }
        else
        {
            json.WriteString("content", Convert.ToBase64String(content));
            json.WriteString("encoding", "base64");
        }
    }
}
