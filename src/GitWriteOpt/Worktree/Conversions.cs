using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Worktree;

/// <summary>
/// Which tracked files may have other bytes in the worktree than in the index though git calls them clean: line ends,
/// encodings, keywords, filters. Those must be read; git is asked only where attributes changed, or for files that came
/// since.
/// </summary>
internal sealed class Conversions(
    Attributes attributes, IndexTable entries, SurveyCache? earlier, Dictionary<string, KnownFile> known)
{
    private readonly HashSet<int> _concerned = [];
    private List<string>? _tracked;

    /// <summary>What the answer depends on; empty where nothing is converted.</summary>
    internal string Key { get; private set; } = "";

    // The names are compared in place: of 50,000 entries few are attributes files.
    private List<string> Tracked => _tracked ??=
    [
        .. Enumerable.Range(0, entries.Count)
            .Where(i => entries.TerminatedName(i).EndsWith(".gitattributes\0"u8) && !entries.IsRepeated(i))
            .Select(i => entries[i].Path),
    ];

    /// <summary>Whether any file may be concerned, with these untracked ones among the attributes files.</summary>
    internal bool MayConcernAny(IReadOnlyList<string> untracked)
    {
        Key = attributes.Key(Tracked.Concat(untracked.Where(path => path.EndsWith(".gitattributes", StringComparison.Ordinal)))
            .Where(path => PathRules.Objection(path) is null).Select(RepoPath.Parse));
        return Key.Length > 0;
    }

    /// <summary>Finds them.</summary>
    internal void Look(IReadOnlyList<string> untracked)
    {
        if (!MayConcernAny(untracked))
        {
            return;
        }

        var isSame = earlier?.AttributesKey == Key;
        var asked = new List<(int Number, RepoPath Path)>();
        for (var i = 0; i < entries.Count; i++)
        {
            if (!GitModes.IsFile(entries.Mode(i)))
            {
                continue;
            }

            if (!isSame || entries.Stat(i).ChangedNanoseconds >= earlier!.SurveyedAt)
            {
                if (PathRules.Objection(entries[i].Path) is null)
                {
                    asked.Add((i, RepoPath.Parse(entries[i].Path)));
                }
            }
            else if (known.TryGetValue(entries[i].Path, out var file) && file.IsConverted)
            {
                _concerned.Add(i);
            }
        }

        var converted = attributes.MayConvert([.. asked.Select(a => a.Path).Distinct()]);
        _concerned.UnionWith(asked.Where(a => converted.Contains(a.Path)).Select(a => a.Number));
    }

    /// <summary>Whether they concern an entry, by its number.</summary>
    internal bool Concern(int entry) => _concerned.Contains(entry);
}
