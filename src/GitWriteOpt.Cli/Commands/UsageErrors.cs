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
        var command = parsed.CommandResult.Command;
        var wrong = UnknownOption(parsed) ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null);
        if (wrong is null && parsed.Errors.Count == 0)
        {
            return null;
        }

        var help = $"see: git writeopt {string.Concat(Names(parsed.CommandResult).Reverse().Select(n => n + " "))}-h";
        if (wrong is { } word)
        {
            var message = word.StartsWith('-') ? $"there is no option \"{word}\""
                : command.Subcommands.Count > 0 ? $"there is no command \"{word}\""
                : $"{command.Name} takes no further argument \"{word}\"";
            return Of("bad-arguments", message, Corrections(parsed, word)
                ?? (NearestOption.Of(parsed, word) is { } meant ? $"did you mean: {meant}?" : help));
        }

        return Of("bad-arguments", string.Join("; ", parsed.Errors.Select(Sentence).Distinct()), help);
    }

    // A command and those that it stands under, innermost first, without the root.
    private static IEnumerable<string> Names(CommandResult? result)
    {
        for (; result?.Parent is not null; result = result.Parent as CommandResult)
        {
            yield return result.Command.Name;
        }
    }

    /// <summary>An error that the parser cannot know of.</summary>
    public static UsageException Of(string code, string message, string? suggestion = null) =>
        new(new WriteError(ErrorCategory.Usage, code, message) { Suggestion = suggestion });

    // The parser takes a word that looks like an option, and is none, for an argument: a file called "--satge". Behind
    // "--" it is one.
    private static string? UnknownOption(ParseResult parsed)
    {
        foreach (var argument in parsed.CommandResult.Children.OfType<ArgumentResult>())
        {
            foreach (var token in argument.Tokens)
            {
                if (token.Value is ['-', _, ..] && !parsed.Tokens.SkipWhile(t => t.Type != TokenType.DoubleDash).Any(t => t.Value == token.Value))
                {
                    return token.Value;
                }
            }
        }

        return null;
    }

    // The parser's own words name types and symbols; ours name what was typed and what is missing.
    private static string Sentence(ParseError error) => error.SymbolResult switch
    {
        ArgumentResult { Tokens.Count: 0, Parent: CommandResult owner } missing =>
            $"{owner.Command.Name} wants <{missing.Argument.Name}>",
        ArgumentResult { Tokens.Count: 0, Parent: OptionResult owner } => $"{owner.Option.Name} wants a value",
        OptionResult { Tokens.Count: 0 } owner => $"{owner.Option.Name} wants a value",
        CommandResult { Command.Subcommands: { Count: > 0 } some, Tokens.Count: 0 } owner =>
            $"{owner.Command.Name} wants one of {string.Join(", ", some.Select(c => c.Name))}",
        _ => error.Message.TrimEnd('.'),
    };

    // System.CommandLine finds the nearest names; its text is captured, since ours goes out as JSON too. It is generous:
    // what does not even begin alike was not meant.
    private static string? Corrections(ParseResult parsed, string word)
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
        var found = lines.SkipWhile(l => !l.Contains("Did you mean", StringComparison.Ordinal)).Skip(1)
            .Where(name => name[0] == word[0] && (name.Length > 2 || word.Length <= 2)).ToList();
        return found.Count == 0 ? null : $"did you mean: {string.Join(", ", found)}?";
    }
}
