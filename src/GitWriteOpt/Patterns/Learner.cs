using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Workflows;

namespace GitWriteOpt.Patterns;

/// <summary>What learning did.</summary>
/// <param name="Ref">Where it is kept.</param>
/// <param name="Commit">The commit that the ref points at; null where there is no history to learn from.</param>
/// <param name="Tip">The newest commit that was learned, or null.</param>
/// <param name="New">How many commits were new.</param>
/// <param name="Commits">How many are kept.</param>
/// <param name="Transactions">How many transactions are learned from that are not committed yet.</param>
/// <param name="Afresh">Why everything was mined afresh, or null where only what is new was.</param>
/// <param name="Warns">Whether suggestions can be warnings in this repository; the replay found a threshold that holds.</param>
/// <param name="Warnings">What is worth knowing.</param>
public sealed record LearnOutcome(string Ref, string? Commit, string? Tip, int New, int Commits, int Transactions,
    string? Afresh, bool Warns, IReadOnlyList<string> Warnings)
{
    /// <summary>What each kind of suggestion was worth in a replay of this repository, and whether it is on.</summary>
    public IReadOnlyList<KindFigures> Kinds { get; init; } = [];
}

/// <summary>Keeps what the history teaches up to date in the store.</summary>
internal sealed class Learner(PatternGround ground, Feedback feedback)
{
    // An increment is added and no more; now and then the replay is made again.
    private const int CalibrateAfter = 250;

    /// <summary>Whether templates that were dropped may be found again.</summary>
    internal bool ForgetsDropped { get; init; }

    /// <summary>Mines what is new up to a commit, and writes it.</summary>
    /// <exception cref="RefusedException"><c>newer-patterns</c>.</exception>
    /// <exception cref="StoreException">git or the disk failed, or somebody else learned meanwhile.</exception>
    internal LearnOutcome Learn(ObjectId tip, bool full, Action<string, int, int>? progress)
    {
        var mining = Mining.Of(ground, tip, full, progress);
        try
        {
            return Write(mining, progress);
        }
        catch (Exception cause) when (mining.State is not null && IsDamage(cause))
        {
            var again = Write(Mining.Of(ground, tip, full: true, progress), progress);
            return again with
            {
                Afresh = "damaged",
                Warnings = [.. again.Warnings, $"{RefNames.Patterns} is damaged and is rebuilt: {cause.Message}"],
            };
        }
    }

    /// <summary>Whether an exception tells of a file in the store that cannot be used.</summary>
    internal static bool IsDamage(Exception cause) => cause is JsonException
        || cause is StoreException { Error.Code: "damaged-object" or "missing-object" };

    private LearnOutcome Write(Mining mining, Action<string, int, int>? progress)
    {
        var changes = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        var since = (mining.State?.SinceCalibration ?? 0) + mining.New.Count;
        var waiting = (mining.State?.Additions ?? 0) + mining.New.Count(c => c.Group is not null);
        List<LearnedCommit>? all = null;
        int kept;
        Calibration calibration;
        if (mining.State is { } state && since < CalibrateAfter)
        {
            calibration = state.ToCalibration();
            kept = mining.New.Count == 0 ? state.Commits
                : CommitBlocks.Append(mining.New, state.Commits, mining.Tree, changes);
        }
        else
        {
            all = mining.All();
            all.RemoveRange(0, Math.Max(0, all.Count - CommitBlocks.Window));
            var log = new ChangeLog();
            calibration = Replay.Learn(log, all, progress is null ? null : (done, of) => progress("learning", done, of));
            (kept, since) = (all.Count, 0);
            CommitBlocks.Write(all, mining.Tree, changes);
            RuleFiles.Write(log, changes);
        }

        if (ForgetsDropped)
        {
            DroppedTemplates.Clear(changes);
        }

        var templates = TemplateLearning.Update(ground, ForgetsDropped ? mining with { Tree = mining.Tree.Without(DroppedTemplates.Path) } : mining,
            all is not null, waiting, changes);
        if (templates is not null)
        {
            TemplateShapes.Write(templates, changes);
        }

        var kinds = all is null ? LearnedKinds.Read(mining.Tree) : Kinds(mining, all, templates!, calibration, changes);
        changes[UncommittedWork.Path] = mining.Work.Count == 0 ? null : CommitBlocks.Bytes([], mining.Work);
        changes[LearnedState.Path] = (LearnedState.Of(mining.Tip, kept, since, calibration) with
        {
            Additions = templates is null ? waiting : 0,
        }).ToBytes();
        if (mining.State is not null)
        {
            feedback.Settle(mining.New);
        }

        var commit = ground.Store.Write(mining.Tree, changes, $"Learn from {kept} commits up to {mining.Tip}");
        return new LearnOutcome(RefNames.Patterns, commit.ToString(), mining.Tip.ToString(), mining.New.Count, kept,
            mining.Work.Count, mining.Afresh, calibration.Warns, mining.Warnings)
        {
            Kinds = kinds,
        };
    }

    private List<KindFigures> Kinds(Mining mining, List<LearnedCommit> all, List<Template> templates, Calibration calibration,
        Dictionary<string, byte[]?> changes)
    {
        var workflows = WorkflowMining.Of([.. all, .. mining.Work], new StepShapes(templates));
        WorkflowFiles.Write(workflows, changes);
        var kinds = LearnedKinds.Of(calibration, all, workflows, new TextBlobs(ground.Objects).Read);
        LearnedKinds.Write(kinds, changes);
        return kinds;
    }
}
