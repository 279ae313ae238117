using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>
/// One checker as a rule: its program is asked about the files that it covers and that the cache does not know, on copies,
/// several at once. A program that is not installed says nothing; one that does not end in time is named in a warning.
/// </summary>
internal sealed class CheckerRule(Checker checker, CheckerLimits? limits = null) : BatchRule(checker.Info)
{
    private readonly CheckerLimits _limits = limits ?? CheckerLimits.Usual;

    /// <inheritdoc/>
    public override bool TakesTime => true;

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        var files = Covered(subject);
        using var asking = Begin(files, subject);
        if (asking is null)
        {
            return [];
        }

        var found = asking.Ask(Candidates(files, subject), tally);

        // What is broken now may have been broken before: then it is not the batch's doing.
        List<CheckedFile> broken = [.. files.Where((f, i) => found[i]?.Any(s => !s.Unsure) == true
            && f.OldContent is { } old && checker.Covers(f.RenamedFrom ?? f.Path, old))];
        var before = asking.Ask([.. broken.Select(f => new Candidate(f.RenamedFrom ?? f.Path, f.OldContent!.ToMemory(),
            (f.Before as PathState.File)?.Id ?? subject.Hash(f.OldContent)))], null);
        var wasBroken = broken.Where((_, i) => before[i] is { Count: > 0 }).Select(f => f.Path).ToHashSet();
        return
        [
            .. files.SelectMany((f, i) => (found[i] ?? []).Select(s => s with { Path = f.Path, WasThere = wasBroken.Contains(f.Path) })),
            .. asking.Shortfalls,
        ];
    }

    /// <inheritdoc/>
    public override bool WouldWait(CheckSubject subject)
    {
        var files = Covered(subject);
        using var asking = Begin(files, subject);
        return asking?.HasOpen(Candidates(files, subject)) == true;
    }

    private List<CheckedFile> Covered(CheckSubject subject)
    {
        var governed = new Dictionary<string, bool>(StringComparer.Ordinal);
        return [.. subject.Files.Where(f => f.NewContent is { } content && checker.Covers(f.Path, content)
            && (checker.GovernedBy is null || IsGoverned(f.Path.Parent, subject, governed)))];
    }

    private bool IsGoverned(RepoPath? folder, CheckSubject subject, Dictionary<string, bool> known)
    {
        var at = folder?.Value ?? "";
        if (!known.TryGetValue(at, out var yes))
        {
            yes = subject.Exists(RepoPath.Parse(at.Length == 0 ? checker.GovernedBy! : at + "/" + checker.GovernedBy))
                || (folder is not null && IsGoverned(folder.Parent, subject, known));
            known.Add(at, yes);
        }

        return yes;
    }

    // Null where there is nothing to ask, or nobody.
    private CheckerRun? Begin(List<CheckedFile> files, CheckSubject subject)
    {
        if (files.Count == 0)
        {
            return null;
        }

        var path = new ToolPath(subject.Layout, _limits.Environment ?? CallerEnvironment.OfProcess());
        List<(ToolCall Call, string Program)> calls = [.. from call in checker.Attempts
                                                          let program = path.Find(call.Programs)
                                                          where program is not null
                                                          select (call, program)];
        return calls.Count == 0 ? null : new CheckerRun(checker, calls, path, _limits, subject);
    }

    private static List<Candidate> Candidates(List<CheckedFile> files, CheckSubject subject) =>
    [
        .. files.Select(f => new Candidate(f.Path, f.NewContent!.ToMemory(), (f.After as PathState.File)?.Id ?? subject.Hash(f.NewContent))),
    ];
}

/// <summary>Contents that a checker is asked about.</summary>
/// <param name="Path">Their path.</param>
/// <param name="Bytes">The contents.</param>
/// <param name="Blob">Their blob id.</param>
internal readonly record struct Candidate(RepoPath Path, ReadOnlyMemory<byte> Bytes, ObjectId Blob);

/// <summary>How much time checkers get.</summary>
/// <param name="Each">One run of a program.</param>
/// <param name="Overall">All runs of one checker in one validation.</param>
internal sealed record CheckerLimits(TimeSpan Each, TimeSpan Overall)
{
    /// <summary>Ten seconds a run, a minute in all.</summary>
    public static CheckerLimits Usual { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1));

    /// <summary>Whose PATH counts; null for this process's.</summary>
    public CallerEnvironment? Environment { get; init; }
}
