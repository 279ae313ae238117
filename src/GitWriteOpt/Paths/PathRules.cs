using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Paths;

/// <summary>
/// Which paths may be written, by their text alone. The spellings of <c>.git</c> are those that git's own
/// <c>verify_path</c> guards: case, NTFS short names, trailing dots and blanks, alternate streams, HFS+ ignorable code
/// points. They are refused on every platform, since a repository travels.
/// </summary>
public static class PathRules
{
    /// <summary>The longest component, in UTF-8 bytes (NAME_MAX of the common file systems).</summary>
    public const int LongestComponent = 255;

    /// <summary>The longest path, in UTF-8 bytes (PATH_MAX less room for the root and a final zero).</summary>
    public const int LongestPath = 4000;

    /// <summary>What is wrong with a path, or null where nothing is.</summary>
    public static WriteError? Objection(string text)
    {
        if (text.Length == 0)
        {
            return Unsafe(text, "it is empty");
        }

        if (text[0] == '/' || (text.Length > 1 && text[1] == ':' && char.IsAsciiLetter(text[0])))
        {
            return Unsafe(text, "it is absolute");
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return Unsafe(text, "it contains a NUL character");
        }

        if (HasLoneSurrogate(text))
        {
            return Unsafe(text, "it is not valid Unicode");
        }

        if (Encoding.UTF8.GetByteCount(text) > LongestPath)
        {
            return Unsafe(text, $"it is longer than {LongestPath} bytes");
        }

        foreach (var component in text.Split('/'))
        {
            if (ComponentObjection(component) is { } reason)
            {
                return Unsafe(text, reason);
            }
        }

        return null;
    }

    /// <summary>The error for an unsafe path.</summary>
    public static WriteError Unsafe(string path, string reason) =>
        new(ErrorCategory.Permission, "unsafe-path", $"the path \"{Shown(path)}\" cannot be written: {reason}")
        {
            Path = path,
            Suggestion = "use a path relative to the worktree's root, with /, that stays inside the worktree",
        };

    /// <summary>Whether git, on any platform, would take this component for <c>.git</c>.</summary>
    public static bool IsDotGit(string component)
    {
        // NTFS: what follows a backslash or a colon does not count, nor do trailing dots and blanks.
        var cut = component.AsSpan();
        if (cut.IndexOfAny('\\', ':') is var end and >= 0)
        {
            cut = cut[..end];
        }

        cut = cut.TrimEnd(" .");
        if (cut.Equals(".git", StringComparison.OrdinalIgnoreCase)
            || cut.Equals("git~1", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return WithoutIgnorable(component).Equals(".git", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether git, on any platform, would take this component for <c>.gitmodules</c>, which must not be a link (git's
    /// <c>verify_dotfile</c>).
    /// </summary>
    public static bool IsDotGitmodules(string component)
    {
        var cut = component.AsSpan();
        cut = (cut.IndexOf(':') is var colon and >= 0 ? cut[..colon] : cut).TrimEnd(" .");
        var tilde = cut.IndexOf('~');
        var isShort = tilde > 0 && cut.Length <= 8
            && (cut[..tilde].Equals("gitmod", StringComparison.OrdinalIgnoreCase)
                || "gi7eba".StartsWith(cut[..tilde].ToString(), StringComparison.OrdinalIgnoreCase));
        return isShort || cut.Equals(".gitmodules", StringComparison.OrdinalIgnoreCase)
            || WithoutIgnorable(component).Equals(".gitmodules", StringComparison.OrdinalIgnoreCase);
    }

    private static string? ComponentObjection(string component)
    {
        if (component.Length == 0)
        {
            return "it has an empty component";
        }

        if (component is "." or "..")
        {
            return $"it contains \"{component}\"";
        }

        if (IsDotGit(component) || component.Split('\\').Any(IsDotGit))
        {
            return "it lies in git's own directory";
        }

        if (Encoding.UTF8.GetByteCount(component) > LongestComponent)
        {
            return $"a component is longer than {LongestComponent} bytes";
        }

        return OperatingSystem.IsWindows() ? WindowsNames.Objection(component) : null;
    }

    // HFS+ drops these code points when it compares names (git's utf8.c, next_hfs_char).
    private static string WithoutIgnorable(string component)
    {
        var kept = new StringBuilder(component.Length);
        foreach (var c in component)
        {
            if (c is not ((>= '\u200c' and <= '\u200f') or (>= '\u202a' and <= '\u202e')
                or (>= '\u206a' and <= '\u206f') or '\ufeff'))
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static string Shown(string path) => path.Length <= 200 ? path : path[..200] + "...";
}
