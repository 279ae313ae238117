namespace GitWriteOpt.Patterns.Workflows;

/// <summary>
/// Finds workflows: chains of roles in which each was followed by the next, in the window of <see cref="StepLog"/>, in
/// four of five cases, and clearly more often than the same authors play the next role anyway (else a file that is
/// changed all the time would follow everything). What was found in the first four fifths is replayed over the rest, and
/// offered only where it held there too.
/// </summary>
internal static class WorkflowMining
{
    /// <summary>What a workflow has to reach in commits that it was not found in.</summary>
    internal const double WantedPrecision = 0.8;

    /// <summary>With fewer chances nothing is said.</summary>
    internal const int FewestChances = 5;

    private const double Trained = 0.8;

    /// <summary>Finds, replays and chooses.</summary>
    /// <param name="commits">Oldest first.</param>
    /// <param name="shapes">What makes a step of a commit.</param>
    internal static WorkflowFindings Of(IReadOnlyList<LearnedCommit> commits, StepShapes shapes)
    {
        var cut = (int)(commits.Count * Trained);
        if (cut < 2)
        {
            return WorkflowFindings.Nothing;
        }

        var candidates = new ChainSearch(new StepLog([.. commits.Take(cut)], shapes)).Run();
        var newer = new StepLog([.. commits.Skip(cut)], shapes);
        var (chances, held) = (0, 0);
        var offered = new List<Workflow>();
        foreach (var candidate in candidates)
        {
            var replayed = Replay(candidate, newer);
            (chances, held) = (chances + replayed.Chances, held + replayed.Held);
            if (replayed.Chances >= FewestChances && replayed.Precision >= WantedPrecision)
            {
                offered.Add(candidate with { Replayed = replayed });
            }
        }

        return new WorkflowFindings([.. WorkflowNames.Name(offered).OrderBy(w => w.Name, StringComparer.Ordinal)], candidates.Count, chances, held);
    }

    /// <summary>Chooses by what is learned alone, and counts in the commits after it.</summary>
    internal static WorkflowScore Score(IReadOnlyList<LearnedCommit> train, IReadOnlyList<LearnedCommit> test, StepShapes shapes)
    {
        var found = Of(train, shapes);
        if (test.Count == 0)
        {
            return new WorkflowScore(found.Candidates, found.Offered.Count, new WorkflowReplay(0, 0), new WorkflowReplay(0, 0));
        }

        var log = new StepLog(test, shapes);
        var all = train.Count < 2 ? [] : new ChainSearch(new StepLog(train, shapes)).Run();
        return new WorkflowScore(found.Candidates, found.Offered.Count, Sum(found.Offered, log), Sum(all, log));
    }

    /// <summary>How often the next step followed, when those before it had been made.</summary>
    internal static WorkflowReplay Replay(Workflow workflow, StepLog log)
    {
        List<int> roles = [.. workflow.Steps.Select(s => log.Find(s.Roles[0]))];
        var at = roles[0] < 0 ? [] : log.Beginnings(roles[0]);
        var (chances, held) = (0, 0);
        for (var step = 1; step < roles.Count && at.Count > 0; step++)
        {
            chances += at.Count;
            at = roles[step] < 0 ? [] : [.. at.Select(commit => log.Next(commit, roles[step])).Where(next => next >= 0)];
            held += at.Count;
            at.RemoveAll(commit => !log.IsOver(commit));
        }

        return new WorkflowReplay(chances, held);
    }

    private static WorkflowReplay Sum(IEnumerable<Workflow> workflows, StepLog log)
    {
        var (chances, held) = (0, 0);
        foreach (var workflow in workflows)
        {
            var one = Replay(workflow, log);
            (chances, held) = (chances + one.Chances, held + one.Held);
        }

        return new WorkflowReplay(chances, held);
    }
}
