using System.Globalization;
using System.Text.RegularExpressions;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>What <c>git apply</c> says on its standard error, as errors that name the path, the line and the next step.</summary>
internal static partial class DiffFailure
{
    private const string Retry = "read the file again and make the diff from what is there, or use --3way";

    /// <summary>The failure that git's words tell.</summary>
    public static WriteException Of(string errorText)
    {
        var errors = new List<WriteError>();
        foreach (var line in errorText.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Corrupt(line) is { } corrupt)
            {
                return new UsageException(corrupt);
            }

            if (Conflict(line) is { } conflict && !errors.Any(e => e.Path == conflict.Path && conflict.Line is null))
            {
                errors.Add(conflict);
            }
        }

        return errors.Count > 0
            ? new RefusedException(errors[0]) { All = errors }
            : new RefusedException(new WriteError(ErrorCategory.Conflict, "patch-does-not-apply",
                $"git apply refuses the diff: {errorText.Trim()}")
            { Suggestion = Retry });
    }

    /// <summary>Whether the context was not found, the one failure that folding line ends can mend.</summary>
    public static bool IsContext(string errorText) =>
        errorText.Contains("patch does not apply", StringComparison.Ordinal);

    /// <summary>The paths whose context was not found.</summary>
    public static IReadOnlySet<string> ContextPaths(string errorText) =>
        NotApplied().Matches(errorText).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    private static WriteError? Corrupt(string line)
    {
        if (CorruptAt().Match(line) is { Success: true } at)
        {
            return new WriteError(ErrorCategory.Usage, "corrupt-patch", $"the diff cannot be read: {at.Groups[1].Value}")
            {
                Line = at.Groups[2].Success ? Number(at.Groups[2]) : null, // git miscounts lines of headers: not taken
                Suggestion = "check that the hunk headers count their lines, and that no line was lost or wrapped",
            };
        }

        return null;
    }

    private static WriteError? Conflict(string line)
    {
        if (Failed().Match(line) is { Success: true } failed)
        {
            var (path, at) = (failed.Groups[1].Value, Number(failed.Groups[2]));
            return new WriteError(ErrorCategory.Conflict, "patch-does-not-apply",
                $"the diff does not apply to \"{path}\": the lines it expects near line {at} are not there")
            {
                Path = path,
                Line = at,
                Suggestion = Retry,
            };
        }

        foreach (var (pattern, what) in new[]
        {
            (Absent(), "it is not there"),
            (Present(), "it is there already, and the diff makes it"),
            (NotApplied(), "the lines it expects are not there"),
            (WrongType(), "it is of another type than the diff expects"),
            (BeyondLink(), "it lies beyond a symbolic link"),
            (AnotherPreimage(), "the diff is for other content than it has"),
        })
        {
            if (pattern.Match(line) is { Success: true } match)
            {
                return new WriteError(ErrorCategory.Conflict, "patch-does-not-apply",
                    $"the diff does not apply to \"{match.Groups[1].Value}\": {what}")
                {
                    Path = match.Groups[1].Value,
                    Suggestion = Retry,
                };
            }
        }

        return null;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^error: patch failed: (.+):(\d{1,9})$")]
    private static partial Regex Failed();

    [GeneratedRegex(@"^error: (.+): does not exist in index$")]
    private static partial Regex Absent();

    [GeneratedRegex(@"^error: (.+): already exists in (?:index|working directory)$")]
    private static partial Regex Present();

    [GeneratedRegex(@"^error: (.+): patch does not apply$", RegexOptions.Multiline)]
    private static partial Regex NotApplied();

    [GeneratedRegex(@"^error: (.+): wrong type$")]
    private static partial Regex WrongType();

    [GeneratedRegex(@"^error: affected file '(.+)' is beyond a symbolic link$")]
    private static partial Regex BeyondLink();

    [GeneratedRegex(@"^error: the patch applies to '(.+)' \([0-9a-f]+\), which does not match the current contents\.?$")]
    private static partial Regex AnotherPreimage();

    [GeneratedRegex(@"^error: (corrupt (?:binary )?patch at (?:line |<stdin>:)(\d{1,9}).*)$"
        + @"|^error: (?<1>patch fragment without header at (?:line |<stdin>:)(?<2>\d{1,9}).*)$"
        + @"|^error: (?<1>patch with only garbage at (?:line |<stdin>:)(?<2>\d{1,9}).*)$"
        + @"|^error: (?<1>git diff header .*)$"
        + @"|^error: (?<1>unrecognized (?:binary )?(?:patch|input).*)$|^error: (?<1>No valid patches in input.*)$"
        + @"|^error: (?<1>unable to find filename in patch at (?:line |<stdin>:)(?<2>\d{1,9}).*)$"
        + @"|^error: (?<1>invalid path '.*)$|^error: (?<1>cannot apply binary patch to .*)$"
        + @"|^error: (?<1>invalid mode on line .*)$"
        + @"|^error: (?<1>(?:git apply: )?bad git-diff - .*)$")]
    private static partial Regex CorruptAt();
}
