using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Commands;

/// <summary>Errors of the command line itself: exit code 2.</summary>
internal static class UsageErrors
{
    /// <summary>
    /// What is wrong with the arguments, or null; a misspelt name comes with what was probably meant.
    /// </summary>
    public static UsageException? Find(ParseResult parsed)
    {
        var name = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        var message = parsed.Errors.Count > 0
            ? string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.')).Distinct())
            : UnknownOption(parsed) is { } option ? $"there is no option \"{option}\"" : null;
        return message is null ? null : Of("bad-arguments", message, Corrections(parsed) ?? $"see: git writeopt {name}-h");
    }

    /// <summary>An error that the parser cannot know of.</summary>
    public static UsageException Of(string code, string message, string? suggestion = null) =>
        new(new WriteError(ErrorCategory.Usage, code, message) { Suggestion = suggestion });

    // The parser takes a word that looks like an option, and is none, for an argument: a file called "--satge". Behind
    // "--" it is one.
    private static string? UnknownOption(ParseResult parsed)
    {
        var literal = parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Select(t => t.Value).ToHashSet();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value)
            .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !literal.Contains(word));
    }

    // System.CommandLine finds the nearest names; its text is captured, since ours goes out as JSON too.
    private static string? Corrections(ParseResult parsed)
    {
        if (parsed.Action is not ParseErrorAction action)
        {
            return null;
        }

        action.ShowHelp = false;
        using var output = new StringWriter();
        using var errors = new StringWriter();
        parsed.Invoke(new InvocationConfiguration { Output = output, Error = errors });
        var lines = output.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = lines.SkipWhile(l => !l.Contains("Did you mean", StringComparison.Ordinal)).Skip(1).ToList();
        return found.Count == 0 ? null : $"did you mean: {string.Join(", ", found)}?";
    }
}
