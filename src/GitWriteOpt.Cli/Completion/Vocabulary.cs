using System.CommandLine;
using System.CommandLine.Completions;

namespace GitWriteOpt.Cli.Completion;

/// <summary>A word that can be typed and what it means.</summary>
internal sealed record Word(string Text, string Meaning);

/// <summary>An option: its names, what it means, the values it takes.</summary>
internal sealed record OptionWords(IReadOnlyList<string> Names, string Meaning, bool TakesValue,
    IReadOnlyList<string> Values);

/// <summary>A command as completion sees it.</summary>
/// <param name="Names">Its name and aliases.</param>
/// <param name="Meaning">Its description.</param>
/// <param name="Words">Its subcommands.</param>
/// <param name="Options">Its options, without the common ones.</param>
/// <param name="IdRefs">The refs whose ids it takes (<c>tx</c>, <c>rescue</c>), or null.</param>
internal sealed record CommandWords(IReadOnlyList<string> Names, string Meaning, IReadOnlyList<Word> Words,
    IReadOnlyList<OptionWords> Options, string? IdRefs);

/// <summary>All that can be completed, read off the tree of commands, so that no script can fall behind it.</summary>
internal sealed record Vocabulary(IReadOnlyList<CommandWords> Commands, IReadOnlyList<OptionWords> Common)
{
    /// <summary>Of a tree.</summary>
    public static Vocabulary Of(Command root) => new(
        [.. root.Subcommands.Select(c => new CommandWords([c.Name, .. c.Aliases], c.Description ?? "",
            [.. c.Subcommands.Select(s => new Word(s.Name, s.Description ?? ""))],
            [.. c.Subcommands.Prepend(c).SelectMany(Options).DistinctBy(o => o.Names[0])], IdRefsOf(c)))],
        Options(root));

    private static List<OptionWords> Options(Command command) =>
    [
        .. command.Options.Select(o => new OptionWords([o.Name, .. o.Aliases], o.Description ?? "",
            o.Arity.MaximumNumberOfValues > 0 && o.ValueType != typeof(bool),
            o.ValueType == typeof(bool) ? [] : [.. o.GetCompletions(CompletionContext.Empty).Select(i => i.Label)])),
    ];

    private static string? IdRefsOf(Command command) => command.Name == "rescue" ? "rescue"
        : command.Arguments.Any(a => a.Name == "id") ? "tx" : null;
}
