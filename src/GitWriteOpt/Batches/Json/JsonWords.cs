using System.Text.Json;

namespace GitWriteOpt.Batches.Json;

/// <summary>What a reader of JSON objects to, for people: without the position, and without the reader's own options.</summary>
internal static class JsonWords
{
    // What System.Text.Json begins or goes on with, and what is said instead.
    private static readonly (string Theirs, string Ours)[] Known =
    [
        ("Expected depth to be zero", "it ends before all that was opened is closed"),
        ("contains a trailing comma", "a comma stands behind the last element"),
        ("does not contain any JSON tokens", "there is nothing in it"),
        ("Expected end of string, but instead reached end of data", "it ends within a string"),
        ("is an invalid end of a number", "a number is followed by what does not belong to it"),
    ];

    /// <summary>The objection as part of a sentence.</summary>
    public static string Of(JsonException cause)
    {
        var text = cause.Message;
        foreach (var (theirs, ours) in Known)
        {
            if (text.Contains(theirs, StringComparison.Ordinal))
            {
                return ours;
            }
        }

        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd();
    }
}
