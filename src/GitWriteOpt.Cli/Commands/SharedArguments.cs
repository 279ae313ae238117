using System.CommandLine;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Cli.Commands;

/// <summary>The arguments that several commands declare alike.</summary>
internal static class SharedArguments
{
    /// <summary>The id of a transaction, as an argument.</summary>
    public static Argument<string?> Id(bool required, string name = "id") => new(name)
    {
        Description = "A transaction: id, unique prefix or suffix, @ (the newest standing one) or @~<n>",
        Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    /// <summary>The id of a transaction, session, checkpoint or snapshot, as an argument.</summary>
    public static Argument<string?> Landmark(bool required, string name = "id") => new(name)
    {
        Description = "A transaction (id, unique prefix or suffix, @, @~<n>), a session, a checkpoint or a snapshot",
        Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
    };

    /// <summary><c>--dry-run</c>.</summary>
    public static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "Say what would be done; change nothing",
    };

    /// <summary><c>--since</c>, of a transcript.</summary>
    public static Option<string?> Since() => new("--since")
    {
        Description = "With a transcript: only the writes from this event on (an id, a line number or a time)",
        HelpName = "event",
    };

    /// <summary><c>--fix-links</c>.</summary>
    public static Option<bool> FixLinks() => new("--fix-links")
    {
        Description = "Mend the links of Markdown documents that the batch's moves would break, in the same transaction",
    };

    /// <summary><c>--step implementation|testing|documentation</c>, or a name of the caller's own.</summary>
    public static Option<string?> Step()
    {
        var option = new Option<string?>("--step")
        {
            Description = "The step of a workflow that it is: implementation, testing, documentation or a name of yours (else told by the paths)",
            HelpName = "name",
        };
        option.CompletionSources.Add([.. WorkflowSteps.Names]);
        return option;
    }

    /// <summary><c>--durability full|batch|none</c>.</summary>
    public static Option<string> DurabilityLevel() => OneOf<Durability>("--durability", Durability.Full,
        "What survives a power cut: all (full), all but the newest batch (batch), whatever the system kept (none)");

    /// <summary>An option whose values are those of an enumeration, in their public spelling.</summary>
    public static Option<string> OneOf<T>(string name, T standard, string description, params T[] except)
        where T : struct, Enum
    {
        string[] spelt = [.. Enum.GetValues<T>().Except(except).Select(v => Spelling.Of(v))];
        var option = new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => Spelling.Of(standard),
            HelpName = string.Join('|', spelt),
        };
        option.CompletionSources.Add(spelt);
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(t => !spelt.Contains(t.Value)) is { Value: { } other })
            {
                result.AddError($"{name} cannot be \"{other}\", only one of {string.Join(", ", spelt)}");
            }
        });
        return option;
    }
}
