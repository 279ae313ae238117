using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>What a look at the history and at what was learned of it found.</summary>
/// <param name="Tree">What is in the store.</param>
/// <param name="State">How far it was mined before; null where it has to be mined afresh.</param>
/// <param name="Tip">The commit up to which it is mined now.</param>
/// <param name="New">The commits that were not mined before, oldest first.</param>
/// <param name="Work">Transactions that are not committed yet.</param>
/// <param name="Afresh">Why it was mined afresh, or null where only what is new was.</param>
/// <param name="Warnings">Damage, and a history that ends early.</param>
internal sealed record Mining(PatternTree Tree, LearnedState? State, ObjectId Tip, IReadOnlyList<LearnedCommit> New,
    IReadOnlyList<LearnedCommit> Work, string? Afresh, IReadOnlyList<string> Warnings)
{
    private const int NearCommits = 64;

    /// <summary>Mines what is new, or everything where it must be.</summary>
    /// <param name="ground">The repository.</param>
    /// <param name="tip">The commit whose ancestry is mined.</param>
    /// <param name="full">Whether everything is wanted.</param>
    /// <param name="progress">Called with phase, commits done and in all; or null.</param>
    /// <exception cref="RefusedException"><c>newer-patterns</c>.</exception>
    /// <exception cref="StoreException">git failed.</exception>
    internal static Mining Of(PatternGround ground, ObjectId tip, bool full, Action<string, int, int>? progress)
    {
        var warnings = new List<string>();
        var tree = ground.Store.Read();
        if (tree.Damage is { } damage)
        {
            warnings.Add($"{RefNames.Patterns} is damaged and is rebuilt: {damage}");
        }

        var state = StateOf(tree, warnings);
        var history = new HistoryReader(ground.Layout, ground.Config);
        var afresh = full ? "asked for" : warnings.Count > 0 ? "damaged" : state is null ? "first time" : state.IsOld ? "an older version had learned it"
            : !IsNear(state.TipId, tip, ground.Objects) && !history.IsAncestor(state.TipId, tip) ? $"the history was rewritten: {state.Tip[..12]} is no longer part of it" : null;
        var commits = new List<LearnedCommit>();
        if (afresh is not null || state!.TipId != tip)
        {
            foreach (var commit in history.Read(new HistoryQuery
            {
                Tip = tip,
                Since = afresh is null ? state!.TipId : null,
                Newest = CommitBlocks.Window,
                OldestFirst = true,
            }))
            {
                commits.Add(CommitFilter.Of(commit));
                progress?.Invoke("reading the history", commits.Count, CommitBlocks.Window);
            }
        }

        if (history.CutOffBy is { } reason)
        {
            warnings.Add($"the history could be read only in part: {reason}");
        }

        return new Mining(tree, afresh is null ? state : null, tip, commits,
            UncommittedWork.Read(ground.Refs, ground.Objects, history, tip), afresh, warnings);
    }

    /// <summary>All commits that are learned now, oldest first.</summary>
    /// <exception cref="JsonException">What is kept is damaged.</exception>
    internal List<LearnedCommit> All() => State is null ? [.. New] : [.. CommitBlocks.Read(Tree), .. New];

    // Found among a few parents without starting git: most increments are of a few commits.
    private static bool IsNear(ObjectId ancestor, ObjectId tip, ObjectReader objects)
    {
        var seen = new HashSet<ObjectId> { tip };
        var waiting = new Queue<ObjectId>(seen);
        for (var looked = 0; looked < NearCommits && waiting.TryDequeue(out var commit); looked++)
        {
            if (commit == ancestor)
            {
                return true;
            }

            try
            {
                foreach (var parent in objects.ReadCommit(commit).Parents)
                {
                    if (seen.Add(parent))
                    {
                        waiting.Enqueue(parent);
                    }
                }
            }
            catch (StoreException)
            {
                return false; // shallow or damaged: git knows more
            }
        }

        return false;
    }

    private static LearnedState? StateOf(PatternTree tree, List<string> warnings)
    {
        try
        {
            return LearnedState.TryRead(tree);
        }
        catch (Exception cause) when (cause is JsonException or StoreException)
        {
            warnings.Add($"{LearnedState.Path} of {RefNames.Patterns} is damaged and is rebuilt: {cause.Message}");
            return null;
        }
    }
}

/// <summary>What this room needs of an opened repository, which may be bare.</summary>
/// <param name="Layout">Where its parts are.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Refs">Its refs.</param>
/// <param name="Objects">Its objects.</param>
/// <param name="Store">Where what is learned is kept.</param>
internal sealed record PatternGround(
    RepositoryLayout Layout, GitConfig Config, RefStore Refs, ObjectReader Objects, PatternStore Store)
{
    /// <summary>Whether a text holds a secret, by validation's rules: it lies above this room, so it is handed in.</summary>
    internal Func<string, bool> HasSecret { get; init; } = Templates.SecretLines.Has;
}
