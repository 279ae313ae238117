using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Planning;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt;

/// <content>What a batch has to do with what was learned.</content>
public sealed partial class Writer
{
    private const int MostCompanions = 5;
    private const double WorthAWord = 0.5;

    private bool _hasNewShape;
    private string? _newest;

    /// <summary>
    /// Called with a transaction that made several files of one shape, when the locks are free: to make a template of them
    /// in the background, or to do nothing. Never where nothing was learned yet, nor where <c>writeopt.learn</c> is off.
    /// </summary>
    public Action<string>? ShapeFound { get; set; }

    // What history says is missing beside the batch. An ornament of the plan: trouble with it is none of the plan's.
    private WritePlan WithCompanions(WritePlan plan)
    {
        try
        {
            if (plan.Changes.Count is 0 or > ChangeLog.WidestCommit || _context.Refs.Read(RefNames.Patterns) is null
                || !_context.Config.GetBool(Learning.Key, whereNotSet: true))
            {
                return plan;
            }

            var found = Learning.Over(_context).Suggest([.. plan.Changes.Select(c => c.Path.Value)], MostCompanions);
            return found.Count == 0 ? plan : plan with
            {
                Warnings = [.. plan.Warnings, .. found.Where(s => s.IsWarning).Select(s => $"\"{s.Path}\" is likely missing: {s.Reason}")],
                Decisions = [.. plan.Decisions, .. found.Where(s => s.Confidence >= WorthAWord).Select(s => new PlanDecision("companions", "co-change",
                    string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{s.Path}\" {s.Confidence:0.00}: {s.Reason}")))],
            };
        }
        catch (WriteException cause)
        {
            _context.Log.LogInformation("no companions are named: {Why}", cause.Message);
            return plan;
        }
    }

    private bool FindsNewShape(WriteOutcome outcome)
    {
        if (ShapeFound is null || outcome.Files.Count is < ShapeSpotting.Fewest or > (4 * AddedGroup.MostAdded))
        {
            return false;
        }

        List<string> made = [.. outcome.Files.Where(f => f is { Change: ChangeKind.Added, From: null }).Select(f => f.Path)];
        return ShapeSpotting.IsThere(made) && _context.Refs.Read(RefNames.Patterns) is not null
            && _context.Config.GetBool(Learning.Key, whereNotSet: true);
    }

    // After the locks are free: nothing of it delays or fails what was written.
    private void StartLearning()
    {
        if (_hasNewShape && _newest is { } transaction)
        {
            _hasNewShape = false;
            ShapeFound?.Invoke(transaction);
        }
    }
}
