namespace GitWriteOpt.Patterns.Workflows;

/// <summary>The step that usually comes next.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Done">How many of its steps were made.</param>
/// <param name="Next">The step that is not made yet.</param>
/// <param name="Confidence">From 0 to 1: what held of it when it was replayed.</param>
public sealed record NextStep(Workflow Workflow, int Done, WorkflowStep Next, double Confidence);

/// <summary>Where a person stands in a workflow, by what was changed last.</summary>
internal static class WorkflowProgress
{
    /// <summary>The steps that usually come next, the surest first.</summary>
    /// <param name="workflows">Those that are offered.</param>
    /// <param name="recent">The newest commits of one author, oldest first, and last what is changed now.</param>
    /// <param name="shapes">What makes steps of them.</param>
    internal static List<NextStep> Of(IReadOnlyList<Workflow> workflows, IReadOnlyList<LearnedCommit> recent, StepShapes shapes)
    {
        List<List<WorkflowRole>> roles = [.. recent.Select(shapes.Of)];
        var found = new List<NextStep>();
        foreach (var workflow in workflows)
        {
            var done = 0;
            for (var first = 0; first < roles.Count; first++)
            {
                done = Math.Max(done, Done(workflow, roles, first));
            }

            if (done > 0 && done < workflow.Steps.Count)
            {
                found.Add(new NextStep(workflow, done, workflow.Steps[done], workflow.Replayed.Precision));
            }
        }

        found.Sort((a, b) => b.Confidence != a.Confidence ? b.Confidence.CompareTo(a.Confidence) : string.CompareOrdinal(a.Workflow.Name, b.Workflow.Name));
        return found;
    }

    // How many steps were made from a commit on, each in the window after the one before; 0 where all were, which is over.
    private static int Done(Workflow workflow, List<List<WorkflowRole>> roles, int first)
    {
        if (!roles[first].Contains(workflow.Steps[0].Roles[0]))
        {
            return 0;
        }

        var (done, at) = (1, first);
        while (done < workflow.Steps.Count)
        {
            var next = at + 1;
            while (next < roles.Count && next <= at + StepLog.Reach && !roles[next].Contains(workflow.Steps[done].Roles[0]))
            {
                next++;
            }

            if (next >= roles.Count || next > at + StepLog.Reach)
            {
                return roles.Count - 1 - at < StepLog.Reach ? done : 0;
            }

            (done, at) = (done + 1, next);
        }

        return 0;
    }
}
