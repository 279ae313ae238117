using System.Text;

namespace GitWriteOpt.Dependencies.Manifests;

/// <summary>
/// As much of TOML as manifests of packages need: tables, their keys, plain strings, lists of strings. Whether the file is
/// good TOML is for validation to say; what is not understood here is not there.
/// </summary>
internal sealed class TomlText
{
    private readonly List<(string Table, string Key, string Value)> _entries = [];

    /// <summary>Every table that has a name or an entry.</summary>
    public IEnumerable<string> Tables => _tables;

    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);

    /// <summary>Reads it; null bytes are an empty document.</summary>
    public static TomlText Of(ReadOnlyMemory<byte>? bytes)
    {
        var toml = new TomlText();
        var (table, key, value, depth) = ("", (string?)null, new StringBuilder(), 0);
        foreach (var raw in Encoding.UTF8.GetString((bytes ?? default).Span).Split('\n'))
        {
            var line = WithoutComment(raw).Trim();
            if (key is not null)
            {
                value.Append(' ').Append(line);
                depth += Depth(line);
            }
            else if (line.StartsWith('[') && line.EndsWith(']'))
            {
                table = string.Join('.', line.Trim('[', ']').Split('.').Select(p => p.Trim().Trim('"', '\'')));
                toml._tables.Add(table);
            }
            else if (line.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
            {
                key = line[..equals].Trim().Trim('"', '\'');
                value.Clear().Append(line[(equals + 1)..].Trim());
                depth = Depth(line[(equals + 1)..]);
            }

            if (key is not null && depth <= 0)
            {
                toml._entries.Add((table, key, value.ToString()));
                key = null;
            }
        }

        return toml;
    }

    /// <summary>A key's plain string; null where it has none.</summary>
    public string? Value(string table, string key) => _entries.Where(e => e.Table == table && e.Key == key)
        .Select(e => e.Value.Trim('"', '\'')).FirstOrDefault();

    /// <summary>The keys of a table with their values as they are written.</summary>
    public IEnumerable<(string Key, string Value)> In(string table) =>
        _entries.Where(e => e.Table == table).Select(e => (e.Key, e.Value));

    /// <summary>The strings of a list.</summary>
    public IEnumerable<string> List(string table, string key) => In(table).Where(e => e.Key == key)
        .SelectMany(e => Strings(e.Value));

    /// <summary>The quoted strings in a value.</summary>
    public static IEnumerable<string> Strings(string value)
    {
        for (var at = value.AsSpan().IndexOfAny('"', '\''); at >= 0;)
        {
            var end = value.IndexOf(value[at], at + 1);
            if (end < 0)
            {
                yield break;
            }

            yield return value[(at + 1)..end];
            var next = value.AsSpan(end + 1).IndexOfAny('"', '\'');
            at = next < 0 ? -1 : end + 1 + next;
        }
    }

    private static int Depth(string text)
    {
        var (depth, quote) = (0, '\0');
        foreach (var c in text)
        {
            quote = quote != '\0' ? (c == quote ? '\0' : quote) : c is '"' or '\'' ? c : quote;
            depth += quote != '\0' ? 0 : c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
        }

        return depth;
    }

    private static string WithoutComment(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            quote = quote != '\0' ? (line[i] == quote ? '\0' : quote) : line[i] is '"' or '\'' ? line[i] : quote;
            if (line[i] == '#' && quote == '\0')
            {
                return line[..i];
            }
        }

        return line;
    }
}
