using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GitWriteOpt.Cli.Commands;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Prints answers as JSON: one document and a line end; indented for people, on one line for programs.</summary>
internal static class JsonReport
{
    /// <summary>Prints an answer.</summary>
    public static void Print<T>(Invocation invocation, T answer, JsonTypeInfo<T> type)
    {
        var output = invocation.Screen.Raw();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions
        {
            // The output is never put into HTML; control characters are escaped by this encoder too.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = invocation.Screen.IsTerminal,
        }))
        {
            JsonSerializer.Serialize(writer, answer, type);
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
