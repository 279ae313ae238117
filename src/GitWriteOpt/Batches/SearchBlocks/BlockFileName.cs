namespace GitWriteOpt.Batches.SearchBlocks;

/// <summary>
/// The file name above a block, by Aider's rules (<c>find_filename</c>): up to three lines above, going up only past code
/// fences; without <c>#</c>, backticks, <c>*</c> and a trailing colon; the first one with a dot, else the first.
/// </summary>
internal static class BlockFileName
{
    private const string Fence = "```";
    private const int Above = 3;

    /// <summary>The name above line <paramref name="head"/>, or null.</summary>
    public static string? Find(IReadOnlyList<string> lines, int head)
    {
        var names = new List<string>();
        for (var i = head - 1; i >= Math.Max(head - Above, 0); i--)
        {
            if (Stripped(lines[i]) is { Length: > 0 } name)
            {
                names.Add(name);
            }

            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                break;
            }
        }

        return names.Find(n => n.Contains('.', StringComparison.Ordinal)) ?? names.FirstOrDefault();
    }

    private static string? Stripped(string line)
    {
        var name = line.Trim();
        if (name == "..." || BlockMarkers.IsReplace(name))
        {
            return null;
        }

        if (name.StartsWith(Fence, StringComparison.Ordinal))
        {
            var info = name[Fence.Length..];
            return info.Contains('.', StringComparison.Ordinal) || info.Contains('/', StringComparison.Ordinal) ? info : null;
        }

        return name.TrimEnd(':').TrimStart('#').Trim().Trim('`').Trim('*');
    }
}
