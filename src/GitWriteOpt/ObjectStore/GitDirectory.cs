using System.Runtime.Versioning;
using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>Follows a <c>.git</c> (a directory, or a file that names one) to a layout, if it is a plain case.</summary>
internal static class GitDirectory
{
    private const int LongestGitFile = 8192;

    /// <summary>The layout, or what is unusual, so that git has to decide.</summary>
    /// <param name="worktree">The directory that has the <c>.git</c>, links resolved.</param>
    /// <param name="dotGit">Its path.</param>
    /// <param name="status">What it is.</param>
    [SupportedOSPlatform("linux")]
    public static (RepositoryLayout? Found, string? Oddity) Follow(string worktree, string dotGit, PathStatus status)
    {
        try
        {
            var named = status.IsDirectory ? dotGit : status.IsFile ? ReadPointer(dotGit, "gitdir: ") : null;
            if (named is null || CanonicalPath.Of(Path.Combine(worktree, named)) is not { } gitDirectory)
            {
                return (null, $"\"{dotGit}\" is unusual");
            }

            var common = File.Exists(gitDirectory + "/commondir") ? ReadPointer(gitDirectory + "/commondir", "") : ".";
            if (common is null || CanonicalPath.Of(Path.Combine(gitDirectory, common)) is not { } commonDirectory
                || !HasGitsShape(gitDirectory, commonDirectory))
            {
                return (null, $"\"{gitDirectory}\" is unusual");
            }

            // git's own check (safe.directory) where one of the three is not the caller's.
            if (!IsOwn(worktree) || !IsOwn(gitDirectory) || !IsOwn(dotGit))
            {
                return (null, "it is owned by someone else");
            }

            var format = RepositoryFormat.Read(gitDirectory, commonDirectory);
            return format.Oddity is { } oddity ? (null, oddity) : (new RepositoryLayout
            {
                WorktreeRoot = worktree,
                GitDirectory = gitDirectory,
                CommonDirectory = commonDirectory,
                ObjectsDirectory = commonDirectory + "/objects",
                IndexFile = gitDirectory + "/index",
                ObjectFormat = format.ObjectFormat,
                RefsAreFiles = format.RefsAreFiles,
            }, null);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return (null, cause.Message);
        }
    }

    // As is_git_directory in git's setup.c: a valid HEAD, objects, refs.
    private static bool HasGitsShape(string gitDirectory, string commonDirectory)
    {
        if (!Directory.Exists(commonDirectory + "/objects") || !Directory.Exists(commonDirectory + "/refs"))
        {
            return false;
        }

        if (new FileInfo(gitDirectory + "/HEAD").LinkTarget is { } target)
        {
            return target.StartsWith("refs/", StringComparison.Ordinal);
        }

        var head = ReadPointer(gitDirectory + "/HEAD", "");
        return head is not null
            && ((head.StartsWith("ref:", StringComparison.Ordinal)
                && head.AsSpan(4).TrimStart().StartsWith("refs/", StringComparison.Ordinal))
                || ObjectId.TryParse(head, out _));
    }

    [SupportedOSPlatform("linux")]
    private static bool IsOwn(string path) =>
        PathStatus.Read(path, follow: false, out var status) == 0 && status.Owner == PathStatus.EffectiveUser();

    private static string? ReadPointer(string file, string prefix)
    {
        var content = File.ReadAllBytes(file);
        var text = Encoding.UTF8.GetString(content);
        return content.Length <= LongestGitFile && text.StartsWith(prefix, StringComparison.Ordinal)
            && text.AsSpan(prefix.Length).TrimEnd("\r\n").Length > 0
            ? text[prefix.Length..].TrimEnd('\r', '\n')
            : null;
    }
}
