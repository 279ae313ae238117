using GitWriteOpt.Dependencies;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// Decides what a batch does: operations over what is on disk become a <see cref="WritePlan"/>. Looks, and changes
/// nothing. The order of calls: operations are resolved over an <see cref="Overlay"/>; what they leave is checked
/// (directories, permissions, names, space); the changes are ordered, grouped and judged by the tables. Refuses with all
/// independent errors at once, or with <c>--partial</c> leaves out the groups that have one and begins again.
/// </summary>
public static class Planner
{
    /// <summary>The format name of a batch that a template produced.</summary>
    public const string TemplateFormat = "template";

    /// <summary>The beginning of such a batch's message; the template's name and a colon follow.</summary>
    public const string TemplateMessage = TemplateTransactions.Message;

    /// <summary>Plans a batch.</summary>
    /// <exception cref="RefusedException">It cannot be applied, or with <c>--partial</c> no part of it.</exception>
    public static WritePlan Plan(Batch batch, PlanningContext context, ApplyOptions options)
    {
        var overlay = new Overlay(context.Read, context.List, context.IgnoreCase);
        var operations = batch.Operations;
        var skipped = new List<SkippedChange>();
        while (true)
        {
            var resolution = BatchResolution.Of(operations, overlay, context, options);
            List<OverlayEntry> changed = [.. overlay.Entries.Where(e => e.IsChanged).OrderBy(e => e.Path)];
            var directories = DirectoryPlan.Of(overlay, changed);
            List<PlannedChange> changes = [.. changed.Select(e => Change(e, overlay))];
            var warnings = new List<string>([.. batch.Warnings, .. resolution.Warnings]);
            var errors = PathErrors(changes, directories, overlay, context, resolution.Failures.Count > 0, warnings);
            var verdict = resolution.Failures.Count == 0 && errors.Count == 0 && changes.Count > 0 ? context.Validate?.Invoke(changes) : null;
            if (verdict is not null)
            {
                errors.AddRange(ByGroup(verdict.Refusals, changes, directories));
                warnings.AddRange(verdict.Warnings);
            }

            if (resolution.Failures.Count == 0 && errors.Count == 0)
            {
                Preflight.CheckSpace(changes, context);
                warnings.AddRange(Preflight.Warnings(changes));
                var recognised = Recognise(changes, context);
                warnings.AddRange(context.SaysWhatIsFollowed ? recognised.Notes : recognised.Objections);
                return Complete(batch with { Operations = operations }, context, options, changes, directories, recognised.Whole) with
                {
                    Warnings = warnings,
                    Skipped = skipped,
                    Checked = verdict?.Checked ?? 0,
                    Cached = verdict?.Cached ?? 0,
                };
            }

            List<WriteError> all = [.. resolution.Failures.Values.SelectMany(e => e), .. errors.Select(e => e.Error)];
            if (!options.Partial)
            {
                throw new RefusedException(all[0]) { All = all };
            }

            var (kept, without) = PartialSelection.Of(resolution, overlay, errors);
            skipped.AddRange(without);
            operations = kept.Count > 0 ? kept : throw new RefusedException(all[0]) { All = all };
            overlay.Reset();
        }
    }

    /// <summary>Plans what an overlay holds, however it came to hold it.</summary>
    /// <exception cref="RefusedException">Something is in the way.</exception>
    internal static WritePlan OfOverlay(string message, Overlay overlay, PlanningContext context)
    {
        List<OverlayEntry> changed = [.. overlay.Entries.Where(e => e.IsChanged).OrderBy(e => e.Path)];
        var directories = DirectoryPlan.Of(overlay, changed);
        List<PlannedChange> changes = [.. changed.Select(e => Change(e, overlay))];
        var warnings = new List<string>();
        var errors = PathErrors(changes, directories, overlay, context, incomplete: false, warnings);
        if (errors.Count > 0)
        {
            throw new RefusedException(errors[0].Error) { All = [.. errors.Select(e => e.Error)] };
        }

        Preflight.CheckSpace(changes, context);
        return Complete(new Batch(message, []), context, new ApplyOptions(), changes, directories) with { Warnings = warnings };
    }

    // The first group that breaks is told first, in the order in which groups are written: each stands on those before it.
    private static IEnumerable<(RepoPath Path, WriteError Error)> ByGroup(
        IReadOnlyList<(RepoPath Path, WriteError Error)> refusals, List<PlannedChange> changes, DirectoryPlan directories)
    {
        if (refusals.Count == 0 || changes.Count < 2)
        {
            return refusals;
        }

        var graph = SwapOrder.Graph(changes);
        var groups = ChangeGroups.Of(changes, SwapOrder.Of(changes, directories, graph), graph, fromTemplate: false);
        if (groups.Count < 2)
        {
            return refusals;
        }

        var numbers = groups.SelectMany((g, i) => g.Paths.Select(p => (p, i))).ToDictionary(g => g.p, g => g.i);
        return refusals.Select(r => (r.Path, r.Error, Group: numbers.GetValueOrDefault(r.Path, groups.Count - 1))).OrderBy(r => r.Group)
            .Select(r => (r.Path, r.Error with { Message = $"{r.Error.Message} (in group {r.Group + 1} of {groups.Count})" }));
    }

    private static List<(RepoPath Path, WriteError Error)> PathErrors(
        IReadOnlyList<PlannedChange> changes, DirectoryPlan directories, Overlay overlay, PlanningContext context,
        bool incomplete, List<string> warnings)
    {
        List<(RepoPath, WriteError)> errors = [.. Preflight.Refusals(changes, overlay, context)];
        if (incomplete)
        {
            // Operations are missing: what they would have removed stands in the way of nothing.
            return errors;
        }

        errors.AddRange(directories.Conflicts);
        foreach (var (path, other) in NameCollisions.Find(changes, overlay))
        {
            if (context.IgnoreCase)
            {
                errors.Add((path, NameCollisions.Error(path, other)));
            }
            else
            {
                warnings.Add($"\"{path}\" and \"{other}\" {NameCollisions.Reason(path.Value, other)}");
            }
        }

        return errors;
    }

    private static PlannedChange Change(OverlayEntry entry, Overlay overlay)
    {
        var after = entry.Now;
        if (entry.Before is PathState.File before && after is PathState.File file
            && PathStates.SameBytes(before.Content, file.Content))
        {
            // The mode alone differs, even where the content was written again.
            after = file with { Content = before.Content, Id = before.Id };
        }

        var moved = entry.From is { } from && entry.Before is PathState.Absent
            && overlay.At(from) is { IsPresent: false, Before: not PathState.Absent };
        return new PlannedChange(entry.Path, entry.Before, after, entry.Found) { RenamedFrom = moved ? entry.From : null };
    }

    private static WritePlan Complete(Batch batch, PlanningContext context, ApplyOptions options,
        List<PlannedChange> changes, DirectoryPlan directories, bool recognised = false)
    {
        var fromTemplate = recognised || batch.Format == TemplateFormat
            || (batch.Operations.Count > 0 && batch.Operations.All(o => o is Operations.Operation.Template));
        var graph = SwapOrder.Graph(changes);
        var order = SwapOrder.Of(changes, directories, graph);
        var groups = ChangeGroups.Of(changes, order, graph, fromTemplate);
        var estimate = EstimateModel.From(context.Recorded);
        var facts = PlanFacts.Of(changes, groups, context, fromTemplate) with { FilesForBatch = estimate.FilesForBatch };
        var strategy = StrategyTable.Choose(facts);
        var risks = RiskTable.Assess(facts);
        List<PlannedChange> swapped = [.. order.Select(i => changes[i])];
        return new WritePlan
        {
            Message = options.Message ?? batch.Message ?? (changes.Count == 1 ? $"Write {changes[0].Path}" : $"Write {changes.Count} files"),
            Changes = swapped,
            DirectoriesToMake = directories.Make,
            DirectoriesToRemove = directories.Remove,
            DirectoriesFilled = directories.Filled,
            Groups = groups,
            Strategy = strategy.Strategy,
            Risk = risks.Count == 0 ? WriteRisk.Low : risks.Max(row => row.Risk),
            ParallelFrom = estimate.FilesForBatch * WritePlan.ParallelFactor,
            EstimatedSeconds = changes.Count == 0 ? 0 : estimate.Seconds(facts.Files, facts.Bytes),
            Dependencies = facts.Importers,
            Reasons = PlanDecisions.OfTables(facts, strategy, risks, estimate),
            Decisions = new DeferredList<PlanDecision>(() => PlanDecisions.Of(new DecisionMaterial(
                batch.Operations, swapped, groups, Imports(changes, graph), facts, strategy, estimate, fromTemplate))),
        };
    }

    private static RecognisedTemplates Recognise(List<PlannedChange> changes, PlanningContext context) =>
        context.Recognise is not { } recognise ? RecognisedTemplates.Nothing : recognise(
            [.. changes.Where(c => c is { Before: PathState.Absent, After: PathState.File, RenamedFrom: null })
                .Select(c => (c.Path.Value, (Func<string?>)(() => TextOf((PathState.File)c.After))))]);

    private static string? TextOf(PathState.File file) => file.Content.Length > Content.StreamingThreshold ? null
        : System.Text.Encoding.UTF8.GetString(file.Content.ToMemory().Span);

    private static ILookup<RepoPath, RepoPath> Imports(List<PlannedChange> changes, ImportGraph graph) =>
        Enumerable.Range(0, changes.Count).SelectMany(i => graph.ImportsOf(i).Select(j => (From: i, To: j)))
            .ToLookup(e => changes[e.From].Path, e => changes[e.To].Path);
}
