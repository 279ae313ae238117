using System.Globalization;
using System.Text;
using System.Text.Json;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches.Json;

/// <summary>A value, or the name of a member, on a <see cref="JsonTape"/>.</summary>
/// <param name="Tape">Where it stands.</param>
/// <param name="Index">Its cell.</param>
internal readonly record struct JsonItem(JsonTape Tape, int Index)
{
    /// <summary>What it is.</summary>
    public JsonTokenType Kind => Tape[Index].Kind;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Kind == JsonTokenType.StartObject;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => Kind == JsonTokenType.StartArray;

    /// <summary>Whether it is a string.</summary>
    public bool IsString => Kind == JsonTokenType.String;

    /// <summary>Whether it is a string or name with escapes.</summary>
    public bool IsEscaped => Tape[Index].Escaped;

    /// <summary>Its bytes as they stand in the input; strings without their quotes, with their escapes.</summary>
    public ReadOnlyMemory<byte> Raw => Tape.Input.Body.Slice(Tape[Index].Start, Tape[Index].Length);

    /// <summary>Offset of its first byte (of the quote, for a string).</summary>
    public int Offset => Tape[Index].Start - (Kind is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0);

    /// <summary>Line and column, from 1.</summary>
    public (int Line, int Column) Position => Tape.Input.At(Offset);

    /// <summary>The values of an array.</summary>
    public JsonItems Items => IsArray ? new JsonItems(Tape, Index + 1, Tape[Index].Next) : default;

    /// <summary>The names of an object's members; the value of each is its <see cref="Value"/>.</summary>
    public JsonItems Members => IsObject ? new JsonItems(Tape, Index + 1, Tape[Index].Next) : default;

    /// <summary>The value of the member that this is the name of.</summary>
    public JsonItem Value => new(Tape, Index + 1);

    /// <summary>What it is, for messages.</summary>
    public string KindName => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    /// <summary>The value of the first of these members that is there.</summary>
    public JsonItem? Find(params ReadOnlySpan<string> names)
    {
        foreach (var wanted in names)
        {
            foreach (var name in Members)
            {
                if (name.Is(wanted))
                {
                    return name.Value;
                }
            }
        }

        return null;
    }

    /// <summary>Whether it is this text (ASCII).</summary>
    public bool Is(string text) =>
        Kind is JsonTokenType.String or JsonTokenType.PropertyName
        && (IsEscaped ? Text() == text : Ascii.Equals(Raw.Span, text));

    /// <summary>The text of a string or name.</summary>
    /// <exception cref="UsageException">It contains half of a surrogate pair.</exception>
    public string Text()
    {
        if (!IsEscaped)
        {
            return Encoding.UTF8.GetString(Raw.Span);
        }

        var reader = Quoted();
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw LoneSurrogate();
        }
    }

    /// <summary>The text of a string in UTF-8: a slice of the input where there are no escapes.</summary>
    /// <exception cref="UsageException">It contains half of a surrogate pair.</exception>
    public ReadOnlyMemory<byte> Utf8()
    {
        if (!IsEscaped)
        {
            return Raw;
        }

        var reader = Quoted();
        var bytes = new byte[Raw.Length];
        try
        {
            return bytes.AsMemory(0, reader.CopyString(bytes));
        }
        catch (InvalidOperationException)
        {
            throw LoneSurrogate();
        }
    }

    /// <summary>The number, where it is one that fits an integer.</summary>
    public int? Number() =>
        Kind == JsonTokenType.Number
        && int.TryParse(Raw.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>An error at this place.</summary>
    public UsageException Fault(string code, string message, string? suggestion = null) =>
        Tape.Input.Fault(Offset, code, message, suggestion);

    private Utf8JsonReader Quoted()
    {
        var reader = new Utf8JsonReader(Tape.Input.Body.Span.Slice(Tape[Index].Start - 1, Tape[Index].Length + 2));
        reader.Read();
        return reader;
    }

    private UsageException LoneSurrogate() =>
        Fault("invalid-unicode", "the string contains half of a surrogate pair, which is not text",
            "give bytes that are not text as base64");
}
