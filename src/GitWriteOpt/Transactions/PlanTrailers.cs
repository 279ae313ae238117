using System.Globalization;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Transactions;

/// <summary>What a transaction's commit tells of its plan: decisions, optimisations, validation, steps. Bounded in length.</summary>
internal static class PlanTrailers
{
    private const int MostGroups = 20;

    /// <summary>The trailers.</summary>
    internal static IEnumerable<Trailer> Of(WritePlan plan, IReadOnlyList<RecordedChange> changes)
    {
        var steps = new int[WorkflowSteps.Names.Count];
        foreach (var change in changes)
        {
            steps[(int)WorkflowSteps.Of(change.Path.Value)]++;
        }

        yield return new(TransactionTrailers.Steps, string.Create(CultureInfo.InvariantCulture, $"{steps[0]} {steps[1]} {steps[2]}"));
        if (plan.Checked > 0)
        {
            yield return new(TransactionTrailers.Validated, string.Create(CultureInfo.InvariantCulture, $"{plan.Checked} {plan.Cached}"));
        }

        foreach (var reason in plan.Reasons)
        {
            yield return new(TransactionTrailers.Decision, $"{reason.Subject}: {reason.Rule}: {reason.Text}");
        }

        for (var i = 0; i < Math.Min(plan.Groups.Count, MostGroups); i++)
        {
            var group = plan.Groups[i];
            yield return new(TransactionTrailers.Decision, $"group: {group.Reason.ToString().ToLowerInvariant()}: "
                + $"{group.Paths.Count} of {QuotedPath.Encode(group.Paths[0].Value)}");
        }

        foreach (var (name, text) in Optimisations.Of(plan))
        {
            yield return new(TransactionTrailers.Optimisation, $"{name}: {text}");
        }
    }
}
