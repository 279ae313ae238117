using System.Text;
using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>A key that an object has twice: readers keep one of them, and not all the same one.</summary>
internal sealed class DuplicateKeys() : StateRule(new RuleInfo("duplicate-key", ErrorCategory.Format, CheckSeverity.Warning,
    "a key that an object of JSON or a mapping of YAML has twice"))
{
    private const int Most = 10;

    /// <inheritdoc/>
    public override bool EachByItself => true;

    /// <inheritdoc/>
    public override bool Covers(RepoPath path) => JsonNames.Of(path) is not null || YamlSyntax.IsYaml(path.Name);

    /// <inheritdoc/>
    public override string Variant(RepoPath path) => YamlSyntax.IsYaml(path.Name) ? "yaml" : "json";

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
            if (Variant(path) == "json")
            {
                InJson(path, bytes.Span, found);
            }
            else if (!Nesting.IsTooDeep(bytes.Span) && !FileNature.IsTemplate(bytes.Span))
            {
                InYaml(path, bytes.Span, found);
            }
        }
        catch (Exception cause) when (cause is JsonException or YamlException or InvalidOperationException)
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

    private static void InYaml(RepoPath path, ReadOnlySpan<byte> bytes, List<Sighting> found)
    {
        using var text = new StringReader(Encoding.UTF8.GetString(TextPosition.Trim(bytes)));
        var parser = new Parser(new Scanner(text, skipComments: true));
        var open = new Stack<Collection>();
        while (parser.MoveNext() && found.Count < Most)
        {
            switch (parser.Current)
            {
                case MappingStart:
                    _ = Node(open);
                    open.Push(new Collection { Keys = new HashSet<string>(StringComparer.Ordinal) });
                    break;
                case SequenceStart:
                    _ = Node(open);
                    open.Push(new Collection());
                    break;
                case MappingEnd or SequenceEnd:
                    open.Pop();
                    break;
                case AnchorAlias:
                    _ = Node(open);
                    break;
                case Scalar scalar when Node(open) is { } keys && scalar.Value != "<<" && !keys.Add(scalar.Value):
                    var (line, column) = TextPosition.OfCharacter(bytes, (int)scalar.Start.Line, (int)scalar.Start.Column - 1);
                    found.Add(Found(path, scalar.Value, line, column));
                    break;
            }
        }
    }

    // A node of the collection that is open: every other one of a mapping is a key, whose set is given back.
    private static HashSet<string>? Node(Stack<Collection> open)
    {
        if (!open.TryPeek(out var inner) || inner.Keys is null)
        {
            return null;
        }

        inner.KeyIsNext = !inner.KeyIsNext;
        return inner.KeyIsNext ? null : inner.Keys;
    }

    private static Sighting Found(RepoPath path, string key, int line, int column) =>
        new(path, $"the key \"{(key.Length > 60 ? key[..60] + "..." : key)}\" is there twice in one object; readers keep one of them", line, column)
        {
            Suggestion = "keep the one that is meant",
        };

    private sealed class Collection
    {
        public HashSet<string>? Keys { get; init; }

        public bool KeyIsNext { get; set; } = true;
    }
}
