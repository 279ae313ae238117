using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>A key that an object has twice: readers keep one of them, and not all the same one.</summary>
internal sealed class DuplicateKeys() : StateRule(new RuleInfo("duplicate-key", ErrorCategory.Format, CheckSeverity.Warning,
    "a key that an object of JSON has twice"))
{
    private const int Most = 10;

    /// <inheritdoc/>
    public override bool EachByItself => true;

    /// <inheritdoc/>
    public override bool Covers(RepoPath path) => JsonNames.Of(path) is not null;

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(RepoPath path, ReadOnlyMemory<byte> bytes)
    {
        if (FileNature.IsBinary(bytes.Span) || FileNature.IsWide(bytes.Span))
        {
            return [];
        }

        var found = new List<Sighting>();
        try
        {
            InJson(path, bytes.Span, found);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // Not readable, or a key is not UTF-8: the rules of syntax and encoding say so.
            return [];
        }

        return found;
    }

    private static void InJson(RepoPath path, ReadOnlySpan<byte> bytes, List<Sighting> found)
    {
        var text = TextPosition.Trim(bytes);
        var reader = new Utf8JsonReader(text, JsonReading.Options(lenient: true));
        var objects = new Stack<HashSet<string>?>();
        while (reader.Read() && found.Count < Most)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push(null);
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    break;
                case JsonTokenType.PropertyName:
                    var keys = objects.Pop() ?? new HashSet<string>(StringComparer.Ordinal);
                    objects.Push(keys);
                    var key = reader.GetString()!;
                    if (!keys.Add(key))
                    {
                        var (line, column) = TextPosition.Of(text, (int)reader.TokenStartIndex);
                        found.Add(Found(path, key, line, column));
                    }

                    break;
            }
        }
    }

    private static Sighting Found(RepoPath path, string key, int line, int column) =>
        new(path, $"the key \"{(key.Length > 60 ? key[..60] + "..." : key)}\" is there twice in one object; readers keep one of them", line, column)
        {
            Suggestion = "keep the one that is meant",
        };
}
