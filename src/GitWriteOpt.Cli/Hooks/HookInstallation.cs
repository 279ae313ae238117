using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// Puts our hooks into a hooks directory and takes them out. Hooks of others stay: a plain shell script gets one line of ours
/// below its first; anything else keeps its bytes and its mode under another name and is called by ours. All is decided
/// before the first write, and doing it twice changes nothing.
/// </summary>
internal static class HookInstallation
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "ksh", "zsh"];

    /// <summary>Installs every hook, or none.</summary>
    /// <exception cref="RefusedException">A hook is there that we cannot keep.</exception>
    public static IReadOnlyList<HookAnswer> Install(string directory) => HookFile.Carry(Installed(directory));

    /// <summary>Removes what is ours.</summary>
    public static IReadOnlyList<HookAnswer> Uninstall(string directory) => HookFile.Carry(Uninstalled(directory));

    /// <summary>Decides what installing does.</summary>
    /// <exception cref="RefusedException">A hook is there that we cannot keep.</exception>
    public static IReadOnlyList<HookStep> Installed(string directory) =>
        [.. HookShim.Names.Select(name => Installed(name, Path.Combine(directory, name)))];

    /// <summary>Decides what uninstalling does.</summary>
    public static IReadOnlyList<HookStep> Uninstalled(string directory) =>
        [.. HookShim.Names.Select(name => Uninstalled(name, Path.Combine(directory, name)))];

    private static HookStep Installed(string name, string path)
    {
        if (!HookFile.Exists(path))
        {
            return new HookStep(new HookAnswer(name, path, "installed")) { Text = HookShim.File(name) };
        }

        var text = HookFile.Read(path);
        var kept = path + HookShim.Kept;
        if (text is not null && IsOurs(text))
        {
            var wanted = HookFile.Exists(kept) ? HookShim.Chain(name) : HookShim.File(name);
            return text == wanted
                ? new HookStep(new HookAnswer(name, path, "unchanged"))
                : new HookStep(new HookAnswer(name, path, "installed")) { Text = wanted };
        }

        if (text is not null && IsShellScript(text) && HookFile.IsExecutable(path))
        {
            var chained = WithLine(WithoutLine(text), name);
            return chained == text
                ? new HookStep(new HookAnswer(name, path, "unchanged"))
                : new HookStep(new HookAnswer(name, path, "chained")) { Text = chained, Mode = HookFile.Mode(path) };
        }

        return Directory.Exists(path) || HookFile.Exists(kept) ? throw Foreign(name, path)
            : new HookStep(new HookAnswer(name, path, "chained")) { MovesTo = kept, Text = HookShim.Chain(name) };
    }

    private static HookStep Uninstalled(string name, string path)
    {
        if (!HookFile.Exists(path))
        {
            return new HookStep(new HookAnswer(name, path, "absent"));
        }

        if (HookFile.Read(path) is not { } text || !text.Contains(HookShim.Mark, StringComparison.Ordinal))
        {
            return new HookStep(new HookAnswer(name, path, "foreign"));
        }

        var removed = new HookStep(new HookAnswer(name, path, "removed"));
        return !IsOurs(text) ? removed with { Text = WithoutLine(text), Mode = HookFile.Mode(path) }
            : HookFile.Exists(path + HookShim.Kept) ? removed with { MovesFrom = path + HookShim.Kept }
            : removed with { Removes = true };
    }

    /// <summary>A shell script with our line, below its first where that says who runs it.</summary>
    internal static string WithLine(string text, string name)
    {
        var first = text.StartsWith("#!", StringComparison.Ordinal) ? text.IndexOf('\n', StringComparison.Ordinal) + 1 : 0;
        return $"{text[..first]}{HookShim.Line(name)}\n{text[first..]}";
    }

    /// <summary>A shell script without our line.</summary>
    internal static string WithoutLine(string text) => string.Join('\n', text.Split('\n')
        .Where(line => !line.StartsWith("if command -v git-writeopt ", StringComparison.Ordinal)
            || !line.Contains(HookShim.Mark, StringComparison.Ordinal)));

    private static bool IsOurs(string text) =>
        text.StartsWith($"#!/bin/sh\n{HookShim.Mark}", StringComparison.Ordinal);

    private static RefusedException Foreign(string name, string path) =>
        new(new WriteError(ErrorCategory.Conflict, "foreign-hook",
            $"another {name} hook is at \"{path}\" and cannot be kept beside ours; it was left alone, and no hook was installed")
        {
            Path = path,
            Suggestion = $"let it call, from a shell: {HookShim.Line(name)}",
        });

    // "#!/bin/sh", "#!/usr/bin/env bash", with options or without.
    private static bool IsShellScript(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0 || !text.StartsWith("#!", StringComparison.Ordinal))
        {
            return false;
        }

        var words = text[2..end].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count > 0 && words[0] is "/usr/bin/env" or "/bin/env")
        {
            words.RemoveAt(0);
        }

        return words.Count > 0 && Shells.Contains(words[0][(words[0].LastIndexOf('/') + 1)..])
            && words.Skip(1).All(option => option.StartsWith('-'));
    }
}
