using System.Text;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// lefthook writes git's hooks from its configuration and replaces what it finds changed; what is only for one's own machine
/// stands in <c>lefthook-local.yml</c> beside it. Ours is a block at its end, between two lines that mark it.
/// </summary>
internal static class LefthookHooks
{
    private const string Begin = HookShim.Mark + " begin; remove with: git writeopt uninstall\n";
    private const string End = HookShim.Mark + " end\n";

    private static readonly string[] Configurations =
        ["lefthook.yml", ".lefthook.yml", "lefthook.yaml", ".lefthook.yaml", "lefthook.toml", "lefthook.json"];

    /// <summary>The file that our block belongs into, or null where lefthook is not at work.</summary>
    /// <param name="root">The worktree's root.</param>
    /// <param name="hooks">Where git looks for hooks.</param>
    public static string? Of(string root, string hooks) =>
        Configurations.Any(name => File.Exists(Path.Combine(root, name)))
            && HookShim.Names.Any(name => HookFile.Read(Path.Combine(hooks, name))?.Contains("lefthook", StringComparison.Ordinal) == true)
            ? Path.Combine(root, File.Exists(Path.Combine(root, ".lefthook-local.yml")) ? ".lefthook-local.yml" : "lefthook-local.yml")
            : null;

    /// <summary>Decides what installing does.</summary>
    /// <exception cref="RefusedException">The file has hooks of these names: two blocks of one name are not YAML.</exception>
    public static IReadOnlyList<HookStep> Installed(string file)
    {
        var text = HookFile.Exists(file) ? HookFile.Read(file) ?? throw Foreign(file) : "";
        if (text.Contains(Block(), StringComparison.Ordinal))
        {
            return [.. HookShim.Names.Select(name => new HookStep(new HookAnswer(name, file, "unchanged")))];
        }

        var others = WithoutBlock(text);
        if (others.Split('\n').Any(line => HookShim.Names.Any(name => line.StartsWith(name + ":", StringComparison.Ordinal)))
            || (others.Length > 0 && !others.EndsWith('\n')))
        {
            throw Foreign(file);
        }

        return
        [
            .. HookShim.Names.Select((name, i) => new HookStep(new HookAnswer(name, file, others.Length == 0 ? "installed" : "chained"))
            {
                Text = i == 0 ? others + Block() : null,
                Mode = text.Length == 0 ? HookFile.Plain : HookFile.Mode(file),
            }),
        ];
    }

    /// <summary>Decides what uninstalling does; nothing where the file has no block of ours.</summary>
    public static IReadOnlyList<HookStep> Uninstalled(string root)
    {
        foreach (var file in new[] { Path.Combine(root, "lefthook-local.yml"), Path.Combine(root, ".lefthook-local.yml") })
        {
            if (HookFile.Read(file) is { } text && text.Contains(Begin, StringComparison.Ordinal))
            {
                var others = WithoutBlock(text);
                return
                [
                    .. HookShim.Names.Select((name, i) => new HookStep(new HookAnswer(name, file, "removed"))
                    {
                        Removes = i == 0 && others.Length == 0,
                        Text = i == 0 && others.Length > 0 ? others : null,
                        Mode = HookFile.Mode(file),
                    }),
                ];
            }
        }

        return [];
    }

    private static string Block()
    {
        var block = new StringBuilder(Begin);
        foreach (var name in HookShim.Names)
        {
            block.Append(name).Append(":\n  commands:\n    git-writeopt:\n      run: ").Append(HookShim.Command(name, "{0}")).Append('\n');
        }

        return block.Append(End).ToString();
    }

    private static string WithoutBlock(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        return end < 0 ? text : text[..begin] + text[(end + End.Length)..];
    }

    private static RefusedException Foreign(string file) => new(new WriteError(ErrorCategory.Conflict, "foreign-hook",
        $"\"{file}\" has hooks of its own of these names; it was left alone, and no hook was installed")
    {
        Path = file,
        Suggestion = $"add to each a command git-writeopt that runs: {HookShim.Command("<hook>", "{0}")}",
    });
}
