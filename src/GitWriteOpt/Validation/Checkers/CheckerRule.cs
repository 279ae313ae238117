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
        List<CheckedFile> files = [.. subject.Files.Where(f => f.NewContent is { } content && checker.Covers(f.Path, content))];
        if (files.Count == 0)
        {
            return [];
        }

        var path = new ToolPath(subject.Layout, _limits.Environment ?? CallerEnvironment.OfProcess());
        List<(ToolCall Call, string Program)> calls = [.. from call in checker.Attempts
                                                          let program = path.Find(call.Programs)
                                                          where program is not null
                                                          select (call, program)];
        if (calls.Count == 0)
        {
            return [];
        }

        using var asking = new CheckerRun(checker, calls, path, _limits, subject);
        List<Candidate> after = [.. files.Select(f => new Candidate(f.Path, f.NewContent!.ToMemory(),
            (f.After as PathState.File)?.Id ?? subject.Hash(f.NewContent)))];
        var found = asking.Ask(after, tally);

        // What is broken now may have been broken before: then it is not the batch's doing.
        List<CheckedFile> broken = [.. files.Where((f, i) => found[i] is { Count: > 0 }
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
