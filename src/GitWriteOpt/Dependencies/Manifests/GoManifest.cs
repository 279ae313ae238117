using System.Text;

namespace GitWriteOpt.Dependencies.Manifests;

/// <summary>The modules that the nearest go.mod requires or replaces.</summary>
internal static class GoManifest
{
    /// <summary>The modules for files of a folder; null where there is no go.mod.</summary>
    public static Manifest? For(string folder, FileView view) => view.Nearest(folder, "go.mod") is { } path
        ? new Manifest(path, Lines(view.Read(path)).Select(line => line.Split(' ')[0].Trim('"')).ToHashSet(StringComparer.Ordinal)) : null;

    /// <summary>The part of a go.mod that go.sum follows.</summary>
    public static string Locked(ReadOnlyMemory<byte>? bytes) => string.Join('\n', Lines(bytes).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(ReadOnlyMemory<byte>? bytes)
    {
        var block = "";
        foreach (var raw in Encoding.UTF8.GetString((bytes ?? default).Span).Split('\n'))
        {
            var line = raw.Split("//")[0].Trim();
            var verb = line.Split(' ', '(', '\t')[0];
            if (line == ")")
            {
                block = "";
            }
            else if (line.EndsWith('('))
            {
                block = verb;
            }
            else if (block is "require" or "replace" && line.Length > 0)
            {
                yield return line;
            }
            else if (verb is "require" or "replace")
            {
                yield return line[verb.Length..].Trim();
            }
        }
    }
}
