using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning;

/// <summary>An operation as a line of the native format, to be put into a batch as it is.</summary>
public static class OperationText
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line, without its end.</summary>
    /// <param name="operation">An edit, or a write of text.</param>
    /// <exception cref="ArgumentException">It is another operation: nothing of ours proposes one.</exception>
    public static string Of(Operation operation)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            switch (operation)
            {
                case Operation.Edit edit:
                    json.WriteString("op", "edit");
                    json.WriteString("path", edit.Path.Value);
                    json.WriteStartArray("edits");
                    foreach (var replacement in edit.Replacements)
                    {
                        json.WriteStartObject();
                        json.WriteString("old", replacement.Old);
                        json.WriteString("new", replacement.New);
                        json.WriteBoolean("all", replacement.All);
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                    break;
                case Operation.Write write:
                    json.WriteString("op", "write");
                    json.WriteString("path", write.Path.Value);
                    json.WriteString("content", write.Content.ToMemory().Span);
                    break;
                default:
                    throw new ArgumentException($"{operation.GetType().Name} has no line of its own here", nameof(operation));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
