using System.Text;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>Something to be done with a hook's file.</summary>
/// <param name="Answer">What is told of it.</param>
internal sealed record HookStep(HookAnswer Answer)
{
    /// <summary>The text to write; null for none.</summary>
    public string? Text { get; init; }

    /// <summary>The mode of what is written.</summary>
    public UnixFileMode Mode { get; init; } = HookFile.Runnable;

    /// <summary>Whether the file goes.</summary>
    public bool Removes { get; init; }

    /// <summary>A name that the file gets first; null for none.</summary>
    public string? MovesTo { get; init; }

    /// <summary>A file that then takes the place; null for none.</summary>
    public string? MovesFrom { get; init; }
}

/// <summary>Looks at files of hooks and replaces them whole.</summary>
internal static class HookFile
{
    /// <summary>rwxr-xr-x.</summary>
    public const UnixFileMode Runnable = (UnixFileMode)0b111_101_101;

    /// <summary>rw-r--r--.</summary>
    public const UnixFileMode Plain = (UnixFileMode)0b110_100_100;

    /// <summary>Whether anything is there, a dangling link too.</summary>
    public static bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    /// <summary>Whether it is a file and no link.</summary>
    public static bool IsPlain(string path) => File.Exists(path) && new FileInfo(path).LinkTarget is null;

    /// <summary>Whether git would run it.</summary>
    public static bool IsExecutable(string path) => OperatingSystem.IsWindows()
        || File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);

    /// <summary>Its mode.</summary>
    public static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? Runnable : File.GetUnixFileMode(path);

    /// <summary>The text of a plain file; null where it is none, or no UTF-8: adding a line would change other bytes too.</summary>
    public static string? Read(string path)
    {
        if (!IsPlain(path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(path);
        var text = Encoding.UTF8.GetString(bytes);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(bytes) && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : null;
    }

    /// <summary>Does what was decided, in order.</summary>
    public static List<HookAnswer> Carry(IReadOnlyList<HookStep> steps)
    {
        foreach (var step in steps)
        {
            var path = step.Answer.Path;
            if (step.MovesTo is { } kept)
            {
                File.Move(path, kept);
            }

            if (step.MovesFrom is { } back)
            {
                File.Move(back, path, overwrite: true);
            }
            else if (step.Removes)
            {
                File.Delete(path);
            }
            else if (step.Text is { } text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                Replace(path, text, step.Mode);
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
}
