using System.Text;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The attributes that decide how bytes in the worktree and in the object store differ. Where no attributes file can
/// concern the paths and <c>core.autocrlf</c> is off, nothing is converted and no process is started; otherwise one
/// <c>git check-attr</c> answers for all paths.
/// </summary>
public sealed class Attributes(RepositoryLayout layout, AttributeSettings settings)
{
    private const string FileName = ".gitattributes";

    /// <summary>Those of these paths which git, creating them as text files, would give CRLF.</summary>
    /// <exception cref="Errors.StoreException">git could not be asked.</exception>
    public IReadOnlySet<RepoPath> CrlfFor(IReadOnlyList<RepoPath> paths)
    {
        if (paths.Count == 0 || !MayApply(paths))
        {
            return new HashSet<RepoPath>();
        }

        return Check(new GitProcess(layout), paths)
            .Where(p => p.Value.WantsCrlf(settings)).Select(p => p.Key).ToHashSet();
    }

    /// <summary>Whether anything on disk or in the configuration could convert one of these paths.</summary>
    internal bool MayApply(IReadOnlyList<RepoPath> paths) =>
        settings.ConvertsWithoutAttributes || ElsewhereFiles().Any(File.Exists)
        || FilesFor(paths).Any(f => Path.Exists($"{layout.WorktreeRoot}/{f.Value}"));

    /// <summary>Those of these paths whose bytes in the worktree and in the object store may differ.</summary>
    /// <exception cref="Errors.StoreException">git could not be asked.</exception>
    internal IReadOnlySet<RepoPath> MayConvert(IReadOnlyList<RepoPath> paths) => paths.Count == 0
        ? new HashSet<RepoPath>()
        : Check(new GitProcess(layout), paths)
            .Where(p => p.Value.ConvertsLineEnds(settings) || p.Value.HasIdent || p.Value.HasEncoding || p.Value.Filter is not null)
            .Select(p => p.Key).ToHashSet();

    /// <summary>
    /// Those of these paths whose object is another text than the file: another encoding, or what an external filter made.
    /// </summary>
    /// <exception cref="Errors.StoreException">git could not be asked.</exception>
    internal IReadOnlySet<RepoPath> WithOtherContent(IReadOnlyList<RepoPath> paths) => paths.Count == 0 || !MayApply(paths)
        ? new HashSet<RepoPath>()
        : Check(new GitProcess(layout), paths).Where(p => p.Value.HasEncoding || p.Value.Filter is not null)
            .Select(p => p.Key).ToHashSet();

    /// <summary>
    /// The value of the attribute <c>whitespace</c> as git prints it; of no path where no attributes file speaks of it.
    /// </summary>
    /// <exception cref="Errors.StoreException">git could not be asked.</exception>
    internal IReadOnlyDictionary<RepoPath, string> Whitespace(IReadOnlyList<RepoPath> paths)
    {
        static bool Names(string file) => File.Exists(file) && File.ReadAllBytes(file).AsSpan().IndexOf("whitespace"u8) >= 0;
        if (paths.Count == 0
            || !(ElsewhereFiles().Any(Names) || FilesFor(paths).Any(f => Names($"{layout.WorktreeRoot}/{f.Value}"))))
        {
            return new Dictionary<RepoPath, string>();
        }

        var input = Encoding.UTF8.GetBytes(string.Concat(paths.Select(p => p.Value + '\0')));
        var fields = new GitProcess(layout).Run(["check-attr", "-z", "--stdin", "whitespace"], input).Text.Split('\0');
        return Enumerable.Range(0, fields.Length / 3).ToDictionary(i => RepoPath.Parse(fields[3 * i]), i => fields[(3 * i) + 2]);
    }

    /// <summary>
    /// What decides about conversions, as a text that changes when it does: the settings, and the attributes files with
    /// what <c>stat</c> says of them. Empty where nothing can be converted.
    /// </summary>
    /// <param name="files">The <c>.gitattributes</c> of the worktree.</param>
    internal string Key(IEnumerable<RepoPath> files)
    {
        var there = files.Select(f => $"{layout.WorktreeRoot}/{f.Value}").Concat(ElsewhereFiles())
            .Select(f => new FileInfo(f)).Where(f => f.Exists).ToList();
        return there.Count == 0 && !settings.ConvertsWithoutAttributes ? ""
            : string.Join('\n', there.Select(f => FormattableString.Invariant($"{f.FullName} {f.Length} {f.LastWriteTimeUtc.Ticks}"))
                .Prepend(settings.ToString()));
    }

    /// <summary>The <c>.gitattributes</c> that concern these paths, whether they are there or not.</summary>
    internal static IEnumerable<RepoPath> FilesFor(IReadOnlyList<RepoPath> paths)
    {
        var directories = new HashSet<RepoPath>();
        foreach (var path in paths)
        {
            for (var parent = path.Parent; parent is not null && directories.Add(parent); parent = parent.Parent)
            {
            }
        }

        return directories.Select(d => d.Join(FileName)).Prepend(RepoPath.Parse(FileName));
    }

    /// <summary>Asks git, through a process that the caller has set up.</summary>
    internal static Dictionary<RepoPath, PathAttributes> Check(GitProcess git, IReadOnlyList<RepoPath> paths)
    {
        var input = Encoding.UTF8.GetBytes(string.Concat(paths.Select(p => p.Value + '\0')));
        var fields = git.Run(["check-attr", "-z", "--stdin", .. PathAttributes.Names], input).Text.Split('\0');
        var byName = new Dictionary<string, PathAttributes>(StringComparer.Ordinal);
        for (var i = 0; i + 2 < fields.Length; i += 3)
        {
            if (!byName.TryGetValue(fields[i], out var attributes))
            {
                byName[fields[i]] = attributes = new PathAttributes();
            }

            attributes.Note(fields[i + 1], fields[i + 2]);
        }

        return paths.Distinct().ToDictionary(p => p, p => byName[p.Value]);
    }

    // The repository's own, the user's and the machine's (git built for another prefix keeps the last one elsewhere).
    private IEnumerable<string> ElsewhereFiles()
    {
        yield return layout.CommonDirectory + "/info/attributes";
        if (settings.AttributesFile is { } configured)
        {
            yield return configured;
        }
        else if (Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configuration)
        {
            yield return configuration + "/git/attributes";
        }
        else
        {
            yield return Environment.GetEnvironmentVariable("HOME") + "/.config/git/attributes";
        }

        yield return "/etc/gitattributes";
    }
}
