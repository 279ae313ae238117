using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>What the tables of strategy and risk look at.</summary>
internal sealed record PlanFacts
{
    /// <summary>The number of changed paths.</summary>
    public required int Files { get; init; }

    /// <summary>How many of them are deleted.</summary>
    public required int Deleted { get; init; }

    /// <summary>Bytes to be written.</summary>
    public required long Bytes { get; init; }

    /// <summary>The number of groups.</summary>
    public required int Groups { get; init; }

    /// <summary>From how many files on several groups are worth staging side by side here.</summary>
    public int FilesForBatch { get; init; } = StrategyTable.FilesForBatch;

    /// <summary>Large files with small changes.</summary>
    public required int Incremental { get; init; }

    /// <summary>Configuration files.</summary>
    public required int Configuration { get; init; }

    /// <summary>The batch came from a template.</summary>
    public required bool FromTemplate { get; init; }

    /// <summary>Modified files with changes that are not in the index.</summary>
    public required int DirtyModified { get; init; }

    /// <summary>Deleted files with changes that are not in the index.</summary>
    public required int DirtyDeleted { get; init; }

    /// <summary>Files outside the batch that import one of its paths.</summary>
    public required IReadOnlyList<RepoPath> Importers { get; init; }

    /// <summary>Whether a path that goes is imported from outside the batch.</summary>
    public required bool DeletesImported { get; init; }

    /// <summary>Files that no rule of validation covers.</summary>
    public required int Unvalidated { get; init; }

    /// <summary>The length of a state's content in bytes.</summary>
    public static long Length(PathState state) => state is PathState.File file ? file.Content.Length : 0;

    /// <summary>Gathers the facts of a plan.</summary>
    public static PlanFacts Of(
        IReadOnlyList<PlannedChange> changes, IReadOnlyList<WriteGroup> groups, PlanningContext context, bool fromTemplate)
    {
        var (deleted, bytes, dirtyModified, dirtyDeleted, unvalidated) = (0, 0L, 0, 0, 0);
        var deletesImported = false;
        var importers = new SortedSet<RepoPath>();
        foreach (var change in changes)
        {
            var gone = change.After is PathState.Absent;
            deleted += gone ? 1 : 0;
            bytes += Length(change.After);
            if (change.Before is not PathState.Absent)
            {
                var dirty = context.IsDirty?.Invoke(change.Path) == true ? 1 : 0;
                dirtyDeleted += gone ? dirty : 0;
                dirtyModified += gone ? 0 : dirty;
                if (context.ImportersOf?.Invoke(change.Path) is { Count: > 0 } found)
                {
                    importers.UnionWith(found);
                    deletesImported |= gone;
                }
            }

            unvalidated += !gone && context.IsValidated?.Invoke(change.Path) == false ? 1 : 0;
        }

        importers.ExceptWith(changes.Select(c => c.Path));
        return new PlanFacts
        {
            Files = changes.Count,
            Deleted = deleted,
            Bytes = bytes,
            Groups = groups.Count,
            Incremental = groups.Where(g => g.Reason is GroupReason.Incremental).Sum(g => g.Paths.Count),
            Configuration = changes.Count(c => ConfigurationFiles.Contain(c.Path)),
            FromTemplate = fromTemplate,
            DirtyModified = dirtyModified,
            DirtyDeleted = dirtyDeleted,
            Importers = [.. importers],
            DeletesImported = deletesImported && importers.Count > 0,
            Unvalidated = unvalidated,
        };
    }
}
