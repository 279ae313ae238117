using System.Text.Json;

namespace GitWriteOpt.Batches.Json;

/// <summary>
/// JSON read once into a flat array of cells that point into the input: positions stay known, and strings are copied
/// only when they are asked for. Stricter than most: no comments, no trailing commas, no duplicate names, no more than
/// <see cref="Deepest"/> levels. Several values may follow one another, each on a line of its own (NDJSON).
/// </summary>
internal sealed class JsonTape
{
    /// <summary>The deepest nesting.</summary>
    public const int Deepest = 64;

    // Up to this many members, comparing each with each is cheaper than a set.
    private const int FewMembers = 16;

    private Cell[] _cells = new Cell[64];

    private JsonTape(BatchInput input) => Input = input;

    /// <summary>The text that was read.</summary>
    public BatchInput Input { get; }

    /// <summary>The number of cells.</summary>
    public int Count { get; private set; }

    /// <summary>The values at the top.</summary>
    public JsonItems Roots => new(this, 0, Count);

    /// <summary>The objects of a format that is an array of them, or one after the other.</summary>
    /// <param name="what">What each is, with its article, for messages: <c>a match of ast-grep</c>.</param>
    /// <exception cref="Errors.UsageException">Something else is among them, when it is reached.</exception>
    public IEnumerable<JsonItem> Objects(string what)
    {
        foreach (var root in Roots)
        {
            foreach (var item in root.IsArray ? root.Items : new JsonItems(this, root.Index, this[root.Index].Next))
            {
                yield return item.IsObject ? item
                    : throw item.Fault("wrong-type", $"{what} must be an object, not {item.KindName}");
            }
        }
    }

    /// <summary>A cell.</summary>
    public ref readonly Cell this[int index] => ref _cells[index];

    /// <summary>Reads the whole input.</summary>
    /// <exception cref="Errors.UsageException">It is not JSON; line and column are named.</exception>
    public static JsonTape Parse(BatchInput input)
    {
        input.NeedUtf8();
        var tape = new JsonTape(input);
        try
        {
            tape.Fill(input.Body.Span);
        }
        catch (JsonException e)
        {
            throw input.FaultAt((int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1, "malformed-json",
                $"the JSON is malformed: {JsonWords.Of(e)}");
        }

        return tape;
    }

    private void Fill(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text,
            new JsonReaderOptions { MaxDepth = Deepest, AllowMultipleValues = true });
        Span<int> open = stackalloc int[Deepest + 1];
        var depth = 0;
        var valueEnd = -1;
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            if (depth == 0 && valueEnd >= 0 && !text[valueEnd..start].Contains((byte)'\n'))
            {
                throw Input.Fault(start, "malformed-json", "there is more after the end of the JSON value",
                    "put each value on a line of its own");
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open[depth++] = Add(reader.TokenType, start, 0, escaped: false);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var container = ref _cells[open[--depth]];
                    container.Length = start + 1 - container.Start;
                    container.Next = Count;
                    RefuseDuplicates(new JsonItem(this, open[depth]));
                    break;
                case JsonTokenType.String or JsonTokenType.PropertyName:
                    Add(reader.TokenType, start + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
                    break;
                default:
                    Add(reader.TokenType, start, reader.ValueSpan.Length, escaped: false);
                    break;
            }

            valueEnd = (int)reader.BytesConsumed;
        }
    }

    private int Add(JsonTokenType kind, int start, int length, bool escaped)
    {
        if (Count == _cells.Length)
        {
            Array.Resize(ref _cells, Count * 2);
        }

        _cells[Count] = new Cell
        {
            Kind = kind,
            Start = start,
            Length = length,
            Escaped = escaped,
            Next = Count + 1,
        };
        return Count++;
    }

    private static void RefuseDuplicates(JsonItem item)
    {
        if (item.Kind != JsonTokenType.StartObject)
        {
            return;
        }

        var count = 0;
        foreach (var _ in item.Members)
        {
            count++;
        }

        var seen = count > FewMembers ? new HashSet<string>(count, StringComparer.Ordinal) : null;
        foreach (var name in item.Members)
        {
            if (seen is null ? IsRepeated(item, name) : !seen.Add(name.Text()))
            {
                throw name.Fault("duplicate-field", $"the field \"{name.Text()}\" is there twice");
            }
        }
    }

    private static bool IsRepeated(JsonItem item, JsonItem name)
    {
        foreach (var earlier in item.Members)
        {
            if (earlier.Index == name.Index)
            {
                return false;
            }

            if (earlier.IsEscaped || name.IsEscaped
                ? earlier.Text() == name.Text()
                : earlier.Raw.Span.SequenceEqual(name.Raw.Span))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One token: where its text lies (strings without their quotes), and the index after all it contains.</summary>
    internal struct Cell
    {
        /// <summary>What it is; ends of containers have no cell.</summary>
        public JsonTokenType Kind;

        /// <summary>Whether a string has escapes.</summary>
        public bool Escaped;

        /// <summary>Offset in the input.</summary>
        public int Start;

        /// <summary>Length in bytes.</summary>
        public int Length;

        /// <summary>Index of the cell that follows, past everything inside.</summary>
        public int Next;
    }
}
