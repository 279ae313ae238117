namespace GitWriteOpt.Dependencies;

/// <summary>Arithmetic on paths as files write them: with <c>/</c>, from a folder of the worktree, not yet believed.</summary>
internal static class RelativePaths
{
    private static readonly System.Buffers.SearchValues<char> NoPath = System.Buffers.SearchValues.Create("{}<>$*|");

    /// <summary>A name seen from a folder (empty: the root); null where it leaves the worktree.</summary>
    public static string? Join(string folder, string name)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count == 0)
            {
                return null;
            }

            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The folder of a path; empty for the root.</summary>
    public static string Folder(string path) => path.LastIndexOf('/') is var slash and > 0 ? path[..slash] : "";

    /// <summary>The last part of a path.</summary>
    public static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The last part without its extension.</summary>
    public static string Stem(string path)
    {
        var name = Name(path);
        return name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;
    }

    /// <summary>A folder and those above it, innermost first, the root (empty) last.</summary>
    public static IEnumerable<string> Upward(string folder)
    {
        for (; folder.Length > 0; folder = Folder(folder))
        {
            yield return folder;
        }

        yield return "";
    }

    /// <summary>Whether a path is a folder's or lies below it.</summary>
    public static bool IsIn(string path, string folder) => folder.Length == 0
        || (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Whether a path ends with these parts.</summary>
    public static bool EndsWith(string path, string parts) => path.EndsWith(parts, StringComparison.Ordinal)
        && (path.Length == parts.Length || path[^(parts.Length + 1)] == '/');

    /// <summary>A link's path: without query and fragment, percent signs decoded; null where it is a URL or a template.</summary>
    public static string? OfLink(string link)
    {
        var end = link.AsSpan().IndexOfAny('?', '#');
        var path = (end < 0 ? link : link[..end]).Trim();
        if (path.Length == 0 || path.StartsWith("//", StringComparison.Ordinal) || path.AsSpan().ContainsAny(NoPath))
        {
            return null;
        }

        var colon = path.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && path.AsSpan(0, colon).IndexOf('/') < 0 ? null : Uri.UnescapeDataString(path);
    }
}
