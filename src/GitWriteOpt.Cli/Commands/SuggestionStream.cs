using System.Text.Encodings.Web;
using System.Text.Json;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// <c>suggest --ndjson</c>: a question a line, an answer a line in the same order (CONTRACT), for as long as standard
/// input lasts. A line that cannot be read is answered with an <c>error</c>, and the next one is read.
/// </summary>
internal static class SuggestionStream
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers until the input ends; the result is the exit code.</summary>
    public static int Run(Learning learning, Invocation invocation)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        var output = invocation.Screen.Raw();
        var warned = false;
        while (input.ReadLine() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            using (var writer = new Utf8JsonWriter(output, Readable))
            {
                Answer(line, learning, writer);
            }

            output.WriteByte((byte)'\n');
            output.Flush();
            if (!warned && learning.Warnings.Count > 0)
            {
                warned = true;
                Diagnostics.Warnings(learning.Warnings, invocation);
            }
        }

        return ExitCode.Done;
    }

    private static void Answer(string line, Learning learning, Utf8JsonWriter writer)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var changed = Paths(document.RootElement);
            Write(writer, document.RootElement.TryGetProperty("id", out var id) ? id : null, learning.Suggest(changed),
                learning.SuggestFiles(Added(document.RootElement)), null);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            Write(writer, null, [], [], new WriteError(ErrorCategory.Usage, "bad-question",
                $"the line is not a question: {cause.Message}")
            {
                Suggestion = """{"id":1,"changed":["<path>"]}""",
            });
        }
    }

    private static List<string> Paths(JsonElement question)
    {
        List<string> paths = question.TryGetProperty("changed", out var changed)
            ? [.. changed.EnumerateArray().Select(path => path.GetString()).OfType<string>()] : [];
        if (question.TryGetProperty("added", out var added))
        {
            // What goes with new files of their kind; the new files themselves are answered in "files".
            paths.AddRange(added.EnumerateArray().Select(file => file.GetProperty("path").GetString()).OfType<string>());
        }

        return paths;
    }

    private static List<(string Path, string Content)> Added(JsonElement question) => question.TryGetProperty("added", out var added)
        ? [.. added.EnumerateArray().Select(file => (file.GetProperty("path").GetString() ?? "",
            file.TryGetProperty("content", out var content) ? content.GetString() ?? "" : "")).Where(file => file.Item1.Length > 0)]
        : [];

    private static void Write(Utf8JsonWriter writer, JsonElement? id, IReadOnlyList<Suggestion> suggestions,
        IReadOnlyList<SuggestedFile> files, WriteError? error)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("id");
        if (id is { } given)
        {
            given.WriteTo(writer);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteStartArray("suggest");
        foreach (var suggestion in suggestions)
        {
            writer.WriteStartObject();
            writer.WriteString("path", suggestion.Path);
            writer.WriteNumber("confidence", suggestion.Confidence);
            writer.WriteNumber("support", suggestion.Support);
            writer.WriteString("reason", suggestion.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("files");
        foreach (var file in files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteString("content", file.Content);
            writer.WriteNumber("confidence", file.Confidence);
            writer.WriteString("template", file.Template);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (error is not null)
        {
            writer.WritePropertyName("error");
            JsonSerializer.Serialize(writer, ErrorAnswer.Of(error)!, AnswerJson.Default.ErrorAnswer);
        }

        writer.WriteEndObject();
    }
}
