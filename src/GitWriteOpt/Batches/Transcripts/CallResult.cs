using System.Text.Json;
using System.Text.RegularExpressions;
using GitWriteOpt.Batches.Json;

namespace GitWriteOpt.Batches.Transcripts;

/// <summary>
/// Whether a call of Codex went through: <c>success</c> or an exit code, as fields or in the text that the model was shown.
/// </summary>
internal static partial class CallResult
{
    /// <summary>Whether a result tells of no failure.</summary>
    public static bool IsSuccess(JsonItem result) =>
        IsGood(result) && (result.Find("output") is not { } output || output.Kind switch
        {
            JsonTokenType.String => IsGoodText(output.Text()),
            JsonTokenType.StartObject => IsGood(output)
                && (output.Find("content") is not { IsString: true } text || IsGoodText(text.Text())),
            JsonTokenType.StartArray => AreGood(output.Items),
            _ => true,
        });

    private static bool IsGood(JsonItem item)
    {
        var code = item.Find("exit_code") ?? item.Find("metadata")?.Find("exit_code");
        return item.Find("success") is not { Kind: JsonTokenType.False }
            && (code is not { Kind: JsonTokenType.Number } number || number.Number() == 0);
    }

    private static bool AreGood(JsonItems items)
    {
        foreach (var item in items)
        {
            if (item.Find("text") is { IsString: true } text && !IsGoodText(text.Text()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsGoodText(string text)
    {
        if (text.TrimStart().StartsWith('{') && ExitCode(text) is { } code)
        {
            return code == 0;
        }

        var told = Exit().Match(text);
        return told.Success ? told.Groups[1].Value == "0" : !Failure().IsMatch(text);
    }

    // The output of a command, itself JSON: {"output":"...","metadata":{"exit_code":0}}.
    private static int? ExitCode(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("metadata", out var metadata)
                && metadata.ValueKind == JsonValueKind.Object
                && metadata.TryGetProperty("exit_code", out var code) && code.TryGetInt32(out var number) ? number : null;
        }
        catch (JsonException)
        {
            // A text that only looks like JSON says nothing of an exit code.
            return null;
        }
    }

    [GeneratedRegex(@"^(?:Exit code:|Process exited with code) (-?\d+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Exit();

    [GeneratedRegex(@"^\s*(?:apply_patch verification failed|patch rejected|patch failed|failed to |execution error"
        + @"|exec_command failed|error:|rejected by user|aborted|command timed out|exec command rejected)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Failure();
}
