using System.Text;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>
/// Puts our hooks into a hooks directory and takes them out. Hooks of others stay: a plain shell script gets one line of
/// ours below its first, anything else is refused with the line to add. All is decided before the first write, and doing
/// it twice changes nothing.
/// </summary>
internal static class HookInstallation
{
    private static readonly string[] Shells = ["sh", "bash", "dash", "ksh", "zsh"];

    private const UnixFileMode Runnable = (UnixFileMode)0b111_101_101;

    /// <summary>Installs every hook, or none.</summary>
    /// <exception cref="RefusedException">A hook is there that we cannot add a line to.</exception>
    public static IReadOnlyList<HookAnswer> Install(string directory) =>
        Carry(directory, [.. HookShim.Names.Select(name => Installed(name, Path.Combine(directory, name)))]);

    /// <summary>Removes what is ours.</summary>
    public static IReadOnlyList<HookAnswer> Uninstall(string directory) =>
        Carry(directory, [.. HookShim.Names.Select(name => Uninstalled(name, Path.Combine(directory, name)))]);

    private static Step Installed(string name, string path)
    {
        if (!Exists(path))
        {
            return new Step(new HookAnswer(name, path, "installed"), HookShim.File(name), Runnable);
        }

        var text = IsPlain(path) ? Read(path) : null;
        if (text is not null && IsOurs(text))
        {
            return text == HookShim.File(name)
                ? new Step(new HookAnswer(name, path, "unchanged"), text, null)
                : new Step(new HookAnswer(name, path, "installed"), HookShim.File(name), Runnable);
        }

        if (text is null || !IsShellScript(text) || !IsExecutable(path))
        {
            throw Foreign(name, path);
        }

        var body = WithoutLine(text);
        var first = body.IndexOf('\n', StringComparison.Ordinal) + 1;
        var chained = $"{body[..first]}{HookShim.Line(name)}\n{body[first..]}";
        return chained == text
            ? new Step(new HookAnswer(name, path, "unchanged"), text, null)
            : new Step(new HookAnswer(name, path, "chained"), chained, Mode(path));
    }

    private static Step Uninstalled(string name, string path)
    {
        if (!Exists(path))
        {
            return new Step(new HookAnswer(name, path, "absent"), null, null);
        }

        if (!IsPlain(path) || Read(path) is not { } text || !text.Contains(HookShim.Mark, StringComparison.Ordinal))
        {
            return new Step(new HookAnswer(name, path, "foreign"), null, null);
        }

        return IsOurs(text)
            ? new Step(new HookAnswer(name, path, "removed"), null, Runnable)
            : new Step(new HookAnswer(name, path, "removed"), WithoutLine(text), Mode(path));
    }

    private static List<HookAnswer> Carry(string directory, List<Step> steps)
    {
        foreach (var (answer, text, mode) in steps)
        {
            if (mode is not null && text is null)
            {
                File.Delete(answer.Path);
            }
            else if (mode is not null)
            {
                Directory.CreateDirectory(directory);
                Replace(answer.Path, text!, mode.Value);
            }
        }

        return [.. steps.Select(s => s.Answer)];
    }

    // By rename: git may be about to run the old file, and a full disk must not leave half a hook.
    private static void Replace(string path, string text, UnixFileMode mode)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, Encoding.UTF8.GetBytes(text));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, mode);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static bool IsPlain(string path) => File.Exists(path) && new FileInfo(path).LinkTarget is null;

    private static bool IsExecutable(string path) => OperatingSystem.IsWindows()
        || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? Runnable : File.GetUnixFileMode(path);

    private static bool IsOurs(string text) =>
        text.StartsWith($"#!/bin/sh\n{HookShim.Mark}", StringComparison.Ordinal);

    private static string WithoutLine(string text) => string.Join('\n', text.Split('\n')
        .Where(line => !line.StartsWith("if command -v git-writeopt ", StringComparison.Ordinal)
            || !line.Contains(HookShim.Mark, StringComparison.Ordinal)));

    // Null where it is no UTF-8 text: adding a line would change other bytes too.
    private static string? Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var text = Encoding.UTF8.GetString(bytes);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : null;
    }

    private static RefusedException Foreign(string name, string path) =>
        new(new WriteError(ErrorCategory.Conflict, "foreign-hook",
            $"another {name} hook is at \"{path}\" and is not a plain, executable shell script; it was left alone, and no "
            + "hook was installed")
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

    // A mode means that something is to be done: a text to write, or without one a file to remove.
    private sealed record Step(HookAnswer Answer, string? Text, UnixFileMode? Mode);
}
