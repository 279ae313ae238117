using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt;

/// <content>What a commit in the making has to do with what was learned. Nothing here learns.</content>
public sealed partial class Learning
{
    /// <summary>Whether anything has been learned yet, so that questions are answered from what is kept.</summary>
    public bool HasLearned => _ground.Refs.Read(RefNames.Patterns) is not null;

    /// <summary>Reads what was learned, so that the first question does not wait for it; nothing where nothing was.</summary>
    /// <exception cref="Errors.StoreException">git failed.</exception>
    public void Load()
    {
        if (HasLearned && Head() is { } head)
        {
            _knowledge = _knowledge?.Refresh(head) ?? First(head);
        }
    }

    /// <summary>The learned templates that new files have begun and not finished.</summary>
    /// <param name="added">The new files, from the root of the repository.</param>
    /// <param name="read">The text of a file as it is now; null where there is none.</param>
    /// <exception cref="Errors.StoreException">What was learned is damaged.</exception>
    public IReadOnlyList<BegunTemplate> Begun(IReadOnlyList<string> added, Func<RepoPath, string?> read) =>
        added.Count == 0 || !HasLearned ? [] : BegunTemplate.Among(Store.All(), added, read);

    /// <summary>Groups of three and more new files of one shape, of which no template is known: one can be extracted of each.</summary>
    /// <param name="added">The new files: paths and texts.</param>
    /// <exception cref="Errors.StoreException">What was learned is damaged.</exception>
    public IReadOnlyList<IReadOnlyList<string>> OfOneShape(IReadOnlyList<(string Path, string Text)> added) =>
        added.Count < 3 ? [] : NewShapes.Of(added, Store.All(), _ground.HasSecret);

    /// <summary>Learns what is new, and says which files a template now makes differently than it made them.</summary>
    /// <param name="read">The text of a file as it is now; null where there is none.</param>
    /// <exception cref="Errors.RefusedException"><c>newer-patterns</c>: a newer version wrote what is there.</exception>
    /// <exception cref="Errors.StoreException">git or the disk failed, or somebody else learned meanwhile.</exception>
    public IReadOnlyList<DriftedFile> LearnAndCompare(Func<string, string?> read)
    {
        var before = Store.All();
        Learn();
        return TemplateDrift.Of(before, Store.All(), read);
    }
}
