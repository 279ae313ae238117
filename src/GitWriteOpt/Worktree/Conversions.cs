using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Worktree;

/// <summary>
/// Which tracked files may have other bytes in the worktree than in the index though git calls them clean: line ends,
/// encodings, keywords, filters. Those must be read; git is asked only where attributes changed, or for files that came
/// since.
/// </summary>
internal sealed class Conversions(Attributes attributes, SurveyCache? earlier, Dictionary<string, KnownFile> known)
{
    private readonly HashSet<string> _concerned = new(StringComparer.Ordinal);

    /// <summary>What the answer depends on; empty where nothing is converted.</summary>
    internal string Key { get; private set; } = "";

    /// <summary>Finds them.</summary>
    internal void Look(IReadOnlyList<IndexEntry> entries, IReadOnlyList<string> untracked)
    {
        Key = attributes.Key(entries.Where(e => e.Stage == 0).Select(e => e.Path).Concat(untracked)
            .Where(path => path.EndsWith(".gitattributes", StringComparison.Ordinal) && PathRules.Objection(path) is null)
            .Select(RepoPath.Parse));
        if (Key.Length == 0)
        {
            return;
        }

        var isSame = earlier?.AttributesKey == Key;
        var asked = new List<RepoPath>();
        foreach (var entry in entries)
        {
            if (!GitModes.IsFile(entry.Mode) || PathRules.Objection(entry.Path) is not null)
            {
                continue;
            }

            if (!isSame || entry.Stat.ChangedNanoseconds >= earlier!.SurveyedAt)
            {
                asked.Add(RepoPath.Parse(entry.Path));
            }
            else if (known.TryGetValue(entry.Path, out var file) && file.IsConverted)
            {
                _concerned.Add(entry.Path);
            }
        }

        _concerned.UnionWith(attributes.MayConvert([.. asked.Distinct()]).Select(p => p.Value));
    }

    /// <summary>Whether they concern an entry.</summary>
    internal bool Concern(IndexEntry entry) => _concerned.Contains(entry.Path);
}
