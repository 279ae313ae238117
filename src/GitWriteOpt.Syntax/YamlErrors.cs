using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitWriteOpt.Syntax;

/// <summary>
/// What YamlDotNet's parser says of YAML: several documents, anchors and tags of any kind pass. A key that a mapping has
/// twice is a warning: readers keep one of them, and not all the same one.
/// </summary>
/// <remarks>
/// YamlDotNet throws <see cref="InvalidOperationException"/> where a line of a flow collection begins no further right than
/// the block around it. Other readers take that where the collection is closed (libyaml does), so the line is read again as
/// if it were indented: what is wrong even then is an error where the line begins.
/// </remarks>
internal static class YamlErrors
{
    private const int Most = 10;
    private const int MostTrials = 200;
    private const long MostText = 64 << 20; // characters, over all trials of a file

    /// <summary>The first error of a file, else the keys that are there twice.</summary>
    public static IReadOnlyList<SyntaxError> In(byte[] bytes)
    {
        if (Nesting.TooDeep(bytes, "[{]}"u8) is { } deep)
        {
            return [deep];
        }

        var text = Encoding.UTF8.GetString(Position.Trim(bytes));
        var moved = new HashSet<long>();
        for (Mark? first = null; ;)
        {
            using var reader = new StringReader(text);
            var scanner = new Scanner(reader, skipComments: true);
            var found = new List<SyntaxError>();
            try
            {
                return Read(new Parser(scanner), bytes, found);
            }
            catch (YamlException cause)
            {
                return [Error(bytes, first ?? cause.Start, Words(cause))];
            }
            catch (InvalidOperationException)
            {
                var mark = scanner.CurrentPosition;
                first ??= mark;
                if (!moved.Add(mark.Line) || moved.Count >= MostTrials || moved.Count * (long)text.Length > MostText)
                {
                    return [Error(bytes, first.Value, "begins no further right than what is around it, and was not read from here on") with { IsWarning = true }];
                }

                text = text.Insert(LineStart(text, mark.Line), " ");
            }
        }
    }

    private static List<SyntaxError> Read(Parser parser, byte[] bytes, List<SyntaxError> found)
    {
        var open = new Stack<Collection>();
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart or SequenceStart when open.Count >= Nesting.Deepest:
                    return [Nesting.TooDeep((int)parser.Current.Start.Line, (int)parser.Current.Start.Column)];
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

        return found;
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

    private static int LineStart(string text, long line)
    {
        var start = 0;
        for (var i = 1L; i < line; i++)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\r');
            if (end < 0)
            {
                break;
            }

            start += end + (text.AsSpan(start + end).StartsWith("\r\n") ? 2 : 1);
        }

        return start;
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
