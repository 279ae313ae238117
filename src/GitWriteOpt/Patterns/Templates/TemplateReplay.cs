using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>Replays the new files of a cut history, frozen and learning on.</summary>
internal static class TemplateReplay
{
    private const int MostPaths = 100_000;

    /// <summary>Both scores.</summary>
    /// <exception cref="Errors.StoreException">A tree or blob is damaged.</exception>
    internal static List<NewFileScore> Run(PatternGround ground, HistorySplit split, ObjectId tip, Action<string, int, int>? progress)
    {
        var scores = new List<NewFileScore>();
        var paths = new HeadTree(ground.Objects, tip).Paths(MostPaths);
        foreach (var online in new[] { false, true })
        {
            var there = paths.ToHashSet(StringComparer.Ordinal);
            var tree = new TreeCompanions(paths);
            var log = new AdditionLog();
            foreach (var group in split.Train.Select(c => c.Group).OfType<AddedGroup>())
            {
                log.Append(group);
            }

            var evaluation = new TemplateEvaluation(log, new TextBlobs(ground.Objects).Read, tree);
            for (var i = 0; i < split.Test.Count; i++)
            {
                if (split.Test[i].Group is { } group)
                {
                    evaluation.Ask(group, there.Contains);
                    if (online)
                    {
                        log.Append(group);
                    }
                }

                if (online)
                {
                    Follow(split.Test[i], there, tree);
                }

                progress?.Invoke("replaying new files", i + 1, split.Test.Count);
            }

            scores.Add(evaluation.Score(online));
        }

        return scores;
    }

    private static void Follow(LearnedCommit commit, HashSet<string> there, TreeCompanions tree)
    {
        foreach (var change in commit.Changes)
        {
            there.Remove(change.From ?? change.Path);
            if (change.Kind != 'D' && there.Add(change.Path) && change.Kind != 'M')
            {
                tree.Add(change.Path);
            }
        }
    }
}
