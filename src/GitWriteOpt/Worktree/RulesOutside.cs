using System.IO.Hashing;
using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>
/// What decides, outside of the worktree's directories, which files are untracked and not ignored: the names of the index,
/// the settings, <c>info/exclude</c> and the user's own ignore file.
/// </summary>
internal sealed class RulesOutside(RepositoryLayout layout, IndexTable entries, SurveyLimits limits)
{
    private static readonly System.Buffers.SearchValues<char> Odd = System.Buffers.SearchValues.Create("[]?\\!/ ");

    // Local ones, where a name that comes or goes is stamped on its directory at once and for everybody.
    private static readonly HashSet<string> FileSystems = new(StringComparer.Ordinal)
    {
        "ext2", "ext3", "ext4", "xfs", "btrfs", "tmpfs", "zfs", "f2fs", "overlay", "overlayfs",
    };

    /// <summary>All of it as a hash; null where a listing cannot be judged by its directories.</summary>
    internal string? Key()
    {
        if (!OperatingSystem.IsLinux() || layout.IgnoreCase || UserRules() is not { } user || limits.Private.Any(IsOdd)
            || !FileSystems.Contains(new DriveInfo(layout.WorktreeRoot).DriveFormat))
        {
            return null;
        }

        var hash = new XxHash128();
        for (var i = 0; i < entries.Count; i++)
        {
            var name = entries.TerminatedName(i);
            if (name.EndsWith(".gitignore\0"u8) && entries.IsSkipped(i))
            {
                return null; // git goes by the index's blob of it
            }

            hash.Append(name);
            if (entries.Mode(i) == GitModes.Gitlink)
            {
                hash.Append("/"u8); // no name begins with one
            }
        }

        foreach (var text in limits.Private.Append(user).Append(layout.WorktreeRoot))
        {
            hash.Append(Encoding.UTF8.GetBytes(text + "\0\0"));
        }

        foreach (var file in new[] { layout.CommonDirectory + "/info/exclude", user })
        {
            try
            {
                var bytes = File.Exists(file) ? File.ReadAllBytes(file) : [];
                hash.Append(BitConverter.GetBytes(bytes.LongLength));
                hash.Append(bytes);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return Convert.ToHexString(hash.GetCurrentHash());
    }

    // Our own matching of names and git's agree on stars and plain text.
    private static bool IsOdd(string pattern) => pattern.AsSpan().ContainsAny(Odd) || pattern.StartsWith('#');

    private string? UserRules()
    {
        var home = Environment.GetEnvironmentVariable("HOME");
        return limits.ExcludesFile switch
        {
            null => (Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configured
                ? configured : home + "/.config") + "/git/ignore",
            ['~', '/', ..] named => home + named[1..],
            ['/', ..] named => named,
            _ => null,
        };
    }
}
