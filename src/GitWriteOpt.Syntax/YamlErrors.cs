using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitWriteOpt.Syntax;

/// <summary>
/// What YamlDotNet's parser says of YAML: several documents, anchors and tags of any kind pass. A key that a mapping has
/// twice is a warning: readers keep one of them, and not all the same one.
/// </summary>
internal static class YamlErrors
{
    private const int Most = 10;

    /// <summary>The first error of a file, else the keys that are there twice.</summary>
    public static IReadOnlyList<SyntaxError> In(byte[] bytes)
    {
        if (Nesting.IsTooDeep(bytes))
        {
            return [];
        }

        using var text = new StringReader(Encoding.UTF8.GetString(Position.Trim(bytes)));
        var found = new List<SyntaxError>();
        try
        {
            Read(new Parser(new Scanner(text, skipComments: true)), bytes, found);
            return found;
        }
        catch (YamlException cause)
        {
            return [Error(bytes, cause.Start, Words(cause))];
        }
    }

    private static void Read(Parser parser, byte[] bytes, List<SyntaxError> found)
    {
        var open = new Stack<Collection>();
        while (parser.MoveNext())
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
                case Scalar scalar when Node(open) is { } keys && scalar.Value != "<<" && !keys.Add(scalar.Value) && found.Count < Most:
                    found.Add(Error(bytes, scalar.Start, $"the key \"{(scalar.Value.Length > 60 ? scalar.Value[..60] + "..." : scalar.Value)}\" "
                        + "is there twice in one mapping, of which readers keep one") with
                    { IsWarning = true });
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

    private static SyntaxError Error(byte[] bytes, Mark mark, string words)
    {
        var (line, column) = Position.OfCharacter(bytes, (int)mark.Line, (int)mark.Column - 1);
        return new SyntaxError(line, column, words);
    }

    private static string Words(YamlException cause)
    {
        var words = cause.Message.TrimEnd('.', ' ');
        return words.Length > 0 && char.IsUpper(words[0]) ? char.ToLowerInvariant(words[0]) + words[1..] : words;
    }

    private sealed class Collection
    {
        public HashSet<string>? Keys { get; init; }

        public bool KeyIsNext { get; set; } = true;
    }
}
