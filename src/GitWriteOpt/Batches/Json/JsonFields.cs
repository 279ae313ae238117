using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches.Json;

/// <summary>The fields of an object, with errors that name the field and what it belongs to.</summary>
/// <param name="Item">The object.</param>
/// <param name="Owner">What it is, for messages: <c>the operation "write"</c>.</param>
internal readonly record struct JsonFields(JsonItem Item, string Owner)
{
    /// <summary>Refuses fields other than these.</summary>
    public void Allow(params ReadOnlySpan<string> names)
    {
        foreach (var member in Item.Members)
        {
            var known = false;
            foreach (var name in names)
            {
                known |= member.Is(name);
            }

            if (!known)
            {
                throw member.Fault("unknown-field", $"{Owner} has no field \"{member.Text()}\"",
                    $"its fields are {string.Join(", ", names.ToArray())}");
            }
        }
    }

    /// <summary>A field by one of its names, or null.</summary>
    public JsonItem? Find(params ReadOnlySpan<string> names) => Item.Find(names);

    /// <summary>A field that must be there, by one of its names.</summary>
    public JsonItem Need(params ReadOnlySpan<string> names) =>
        Item.Find(names) ?? throw Item.Fault("missing-field", $"{Owner} has no field \"{names[0]}\"",
            $"add \"{names[0]}\"");

    /// <summary>A string that must be there.</summary>
    public JsonItem NeedString(params ReadOnlySpan<string> names) => AsString(Need(names), names[0]);

    /// <summary>The text of a string that must be there.</summary>
    public string NeedText(params ReadOnlySpan<string> names) => NeedString(names).Text();

    /// <summary>The text of a string that may be there.</summary>
    public string? FindText(params ReadOnlySpan<string> names) =>
        Find(names) is { } item ? AsString(item, names[0]).Text() : null;

    /// <summary>A boolean, false where it is absent.</summary>
    public bool Flag(params ReadOnlySpan<string> names) => Find(names) is { } item && AsBoolean(item, names[0]);

    /// <summary>A boolean that must be there.</summary>
    public bool NeedFlag(string name) => AsBoolean(Need(name), name);

    /// <summary>A number from <paramref name="least"/> on that must be there.</summary>
    public int NeedNumber(string name, int least) => AsNumber(Need(name), name, least);

    /// <summary>A number from <paramref name="least"/> on that may be there.</summary>
    public int? FindNumber(string name, int least) => Find(name) is { } item ? AsNumber(item, name, least) : null;

    /// <summary>An array that must be there.</summary>
    public JsonItem NeedArray(string name) =>
        Need(name) is { IsArray: true } array ? array : throw WrongType(Need(name), name, "an array");

    /// <summary>The objects of an array that must be there.</summary>
    /// <param name="name">The field.</param>
    /// <param name="owner">What each of them is, for messages: <c>an edit</c>.</param>
    public List<JsonFields> NeedObjects(string name, string owner)
    {
        var objects = new List<JsonFields>();
        foreach (var item in NeedArray(name).Items)
        {
            objects.Add(item.IsObject ? new JsonFields(item, owner) : throw WrongType(item, name, "an array of objects"));
        }

        return objects;
    }

    /// <summary>An object that must be there.</summary>
    public JsonFields NeedObject(string name, string owner) =>
        Need(name) is { IsObject: true } item ? new JsonFields(item, owner) : throw WrongType(Need(name), name, "an object");

    /// <summary>An object that may be there.</summary>
    public JsonFields? FindObject(string name, string owner) => Find(name) is null ? null : NeedObject(name, owner);

    /// <summary>An error for a field of the wrong type.</summary>
    public UsageException WrongType(JsonItem item, string name, string expected) =>
        item.Fault("wrong-type", $"the field \"{name}\" of {Owner} must be {expected}, not {item.KindName}");

    /// <summary>A path that must be there: relative to the worktree's root, or absolute inside it.</summary>
    /// <exception cref="RefusedException">It is unsafe.</exception>
    public RepoPath NeedPath(BatchContext context, params ReadOnlySpan<string> names)
    {
        var item = NeedString(names);
        return PathAt(item.Tape.Input, item.Offset, item.Text(), context);
    }

    /// <summary>Parses a path; a refusal is given its place in the input.</summary>
    /// <exception cref="RefusedException">It is unsafe.</exception>
    public static RepoPath PathAt(BatchInput input, int offset, string text, BatchContext context)
    {
        if (context.RelativeTo is { } directory && text.Length > 0 && !Path.IsPathFullyQualified(text)
            && !text.Contains('\0', StringComparison.Ordinal))
        {
            text = Path.GetFullPath(text, directory);
        }

        try
        {
            return RepoPath.Parse(text, context.WorktreeRoot);
        }
        catch (RefusedException e)
        {
            var (line, column) = input.At(offset);
            throw new RefusedException(e.Error with { Line = line, Column = column }, e);
        }
    }

    private JsonItem AsString(JsonItem item, string name) =>
        item.IsString ? item : throw WrongType(item, name, "a string");

    private bool AsBoolean(JsonItem item, string name) => item.Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw WrongType(item, name, "true or false"),
    };

    private int AsNumber(JsonItem item, string name, int least)
    {
        if (item.Kind != JsonTokenType.Number)
        {
            throw WrongType(item, name, "a number");
        }

        return item.Number() is { } number && number >= least
            ? number
            : throw item.Fault("bad-number", $"the field \"{name}\" of {Owner} must be a whole number from {least} to "
                + $"{int.MaxValue}");
    }
}
