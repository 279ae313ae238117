using System.Globalization;

namespace GitWriteOpt.Cli.Hooks;

/// <summary>What git does not tell a pre-commit hook about the commit.</summary>
internal static class CommitInMaking
{
    private const int MostLevels = 4;

    /// <summary>
    /// Whether the commit is of named paths alone: git then shows the hook an index of its own, and what is staged there is
    /// in the commit and not in the index afterwards.
    /// </summary>
    public static bool IsOfNamedPaths(string indexFile) =>
        Path.GetFileName(indexFile).StartsWith("next-index-", StringComparison.Ordinal);

    /// <summary>Whether git was told to amend, by the arguments of the process above; false where that cannot be seen.</summary>
    public static bool IsAmending()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var pid = Environment.ProcessId;
            for (var level = 0; level < MostLevels && pid > 1; level++)
            {
                var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
                pid = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ', 3)[1], CultureInfo.InvariantCulture);
                var words = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline")).Split('\0');
                if (Path.GetFileName(words[0]) == "git")
                {
                    return IsAmending(words);
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException)
        {
            return false; // it is only an ornament of what is said
        }

        return false;
    }

    /// <summary>Whether these are the arguments of a commit that amends.</summary>
    public static bool IsAmending(IReadOnlyList<string> words)
    {
        for (var i = 1; i < words.Count && words[i] != "--"; i++)
        {
            if (words[i] is "--amend" or "--amen" or "--ame" or "--am")
            {
                return true;
            }
        }

        return false;
    }
}
