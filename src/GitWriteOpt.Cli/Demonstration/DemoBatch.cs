using System.Globalization;
using System.Text.Json;

namespace GitWriteOpt.Cli.Demonstration;

/// <summary>The batches of the demonstration.</summary>
internal static class DemoBatch
{
    private const string Folder = "big";

    /// <summary>An edit, a new file and a deletion.</summary>
    public static void WriteSmall(string file) => File.WriteAllText(file, """
        {"message": "Greet the world", "operations": [
          {"op": "edit", "path": "greeting.txt", "edits": [{"old": "hello", "new": "hello, world"}]},
          {"op": "write", "path": "src/new.txt", "content": "new\n", "expect": "absent"},
          {"op": "delete", "path": "obsolete.txt"}
        ]}
        """);

    /// <summary>So many new files in one folder.</summary>
    public static void WriteBig(string file, int count)
    {
        using var stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("message", "Many files");
        writer.WriteStartArray("operations");
        for (var i = 0; i < count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("op", "write");
            writer.WriteString("path", string.Create(CultureInfo.InvariantCulture, $"{Folder}/{i:D6}.txt"));
            writer.WriteString("content", string.Create(CultureInfo.InvariantCulture, $"file {i}\n"));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>How many files the big batch has.</summary>
    public static int CountInBatch(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.GetProperty("operations").GetArrayLength();
    }

    /// <summary>How many of them are in the worktree.</summary>
    public static int CountWritten(ScratchRepository scratch) => Written(scratch).Count();

    /// <summary>Whether the first of them is.</summary>
    public static bool HasBegun(ScratchRepository scratch) => Written(scratch).Any();

    private static IEnumerable<string> Written(ScratchRepository scratch) =>
        Directory.Exists(scratch.At(Folder)) ? Directory.EnumerateFiles(scratch.At(Folder), "*.txt") : [];
}
