using GitWriteOpt.Batches.Json;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Batches;

/// <summary>Reads <c>"expect"</c>: <c>absent</c>, <c>present</c> or a blob id.</summary>
internal static class NativeExpectation
{
    /// <summary>What the operation expects; nothing where the field is absent.</summary>
    public static Expectation Read(JsonFields fields)
    {
        if (fields.Find("expect") is not { } item)
        {
            return Expectation.Nothing;
        }

        var text = fields.NeedText("expect");
        return text switch
        {
            "absent" => new Expectation.Absent(),
            "present" => new Expectation.Present(),
            _ when text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit) => new Expectation.Blob(Lower(text)),
            _ => throw item.Fault("bad-expectation",
                $"the field \"expect\" of {fields.Owner} must be \"absent\", \"present\" or a full blob id",
                "git hash-object --no-filters <file> prints the id"),
        };
    }

    private static string Lower(string hex) => string.Create(hex.Length, hex, static (target, source) =>
        source.AsSpan().ToLowerInvariant(target));
}
