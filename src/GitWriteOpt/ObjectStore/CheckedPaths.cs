using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>A path with what HEAD has there and what the other side has; null for nothing, a submodule or another side than the store.</summary>
/// <param name="Path">The path.</param>
/// <param name="Old">In HEAD.</param>
/// <param name="New">In the index.</param>
internal readonly record struct ComparedPath(RepoPath Path, TreeEntry? Old, TreeEntry? New);

/// <summary>
/// Which files of a worktree or index are to be looked at: git is asked, who knows best about ignore rules, sparse
/// checkouts, submodules and indexes of every form. Submodules and paths that are unsafe are left out.
/// </summary>
internal sealed class CheckedPaths(RepositoryLayout layout, ObjectId? head)
{
    private readonly GitProcess _git = new(layout) { WorkingDirectory = layout.WorktreeRoot };

    /// <summary>What the worktree has other than HEAD; the new side is on disk.</summary>
    public IReadOnlyList<ComparedPath> Changed() =>
        // A file that only the index lost is in both lists.
        [.. Compare([]).Concat(UntrackedFiles.List(layout, []).Files.Select(Safe).OfType<RepoPath>()
            .Select(p => new ComparedPath(p, null, null))).DistinctBy(p => p.Path)];

    /// <summary>What the index has other than HEAD.</summary>
    public IReadOnlyList<ComparedPath> Staged() => Compare(["--cached"]);

    /// <summary>Tracked files and untracked ones that are not ignored, at or below these paths; null is the root.</summary>
    public IReadOnlyList<ComparedPath> Below(IReadOnlyList<RepoPath?> paths)
    {
        string[] limits = paths.Contains(null) ? [] : ["--", .. paths.Select(p => p!.Value)];
        var names = _git.Run(["ls-files", "-z", "--cached", "--others", "--exclude-standard", .. limits]).Text
            .Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(Safe).OfType<RepoPath>();
        var old = InHead(limits);
        return [.. names.Concat(paths.OfType<RepoPath>().Where(p => File.Exists($"{layout.WorktreeRoot}/{p.Value}"))).Distinct()
            .Select(p => new ComparedPath(p, old.TryGetValue(p, out var entry) ? entry : null, null))];
    }

    private Dictionary<RepoPath, TreeEntry> InHead(string[] limits)
    {
        var found = new Dictionary<RepoPath, TreeEntry>();
        if (head is null)
        {
            return found;
        }

        // "<mode> <type> <id>\t<path>"
        foreach (var line in _git.Run(["ls-tree", "-r", "-z", "--full-tree", head.Value.ToString(), .. limits]).Text
            .Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var fields = line[..tab].Split(' ');
            if (Safe(line[(tab + 1)..]) is { } path && Entry(path, fields[0], fields[2]) is { } entry)
            {
                found[path] = entry;
            }
        }

        return found;
    }

    private List<ComparedPath> Compare(string[] options)
    {
        // ":<old mode> <new mode> <old id> <new id> <letter>" and the path, each ended by NUL.
        var fields = _git.Run(["diff-index", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules", .. options,
            (head ?? ObjectHash.EmptyTree(layout.ObjectFormat)).ToString()]).Text.Split('\0');
        var compared = new List<ComparedPath>();
        for (var i = 0; i + 1 < fields.Length; i += 2)
        {
            var parts = fields[i].TrimStart(':').Split(' ');
            if (parts[4] != "U" && Safe(fields[i + 1]) is { } path)
            {
                compared.Add(new ComparedPath(path, Entry(path, parts[0], parts[2]), Entry(path, parts[1], parts[3])));
            }
        }

        return compared;
    }

    private static TreeEntry? Entry(RepoPath path, string octal, string id) =>
        Convert.ToInt32(octal, 8) is var mode && mode is not (0 or GitModes.Gitlink) && ObjectId.TryParse(id, out var blob)
            && id.AsSpan().ContainsAnyExcept('0') ? new TreeEntry(path, mode, blob) : null;

    private static RepoPath? Safe(string path)
    {
        try
        {
            return path.EndsWith('/') || path.Contains('\ufffd', StringComparison.Ordinal) ? null : RepoPath.Parse(path);
        }
        catch (Errors.RefusedException)
        {
            return null;
        }
    }
}
