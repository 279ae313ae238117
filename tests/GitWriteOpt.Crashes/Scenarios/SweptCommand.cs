namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>A command that is swept over a scenario.</summary>
/// <param name="Name">Its name in the table and on the command line.</param>
/// <param name="Words">The program's arguments; the first is <c>git</c> where it is not ours.</param>
/// <param name="Before">Commands of ours that are run first.</param>
public sealed record SweptCommand(
    string Name, Func<PreparedScenario, IReadOnlyList<string>> Words, IReadOnlyList<string[]> Before)
{
    private const string Batch = "{batch}";

    /// <summary>Whether it is ours, and so can be recovered.</summary>
    public bool IsOurs { get; init; } = true;

    /// <summary>Whether what precedes it is an apply that was killed in the middle of its swaps.</summary>
    public bool AfterKilledApply { get; init; }

    /// <summary>Whether it takes old transactions away, whose contents may go.</summary>
    public bool Forgets { get; init; }

    /// <summary>Whether it ends in the state that the batch describes.</summary>
    public bool MakesTheBatch { get; init; }

    /// <summary>Ours, in the order of the table.</summary>
    public static IReadOnlyList<SweptCommand> Ours { get; } =
    [
        new("apply", p => ["apply", "--json", p.Batch], []) { MakesTheBatch = true },
        new("apply-stage", p => ["apply", "--json", "--stage", p.Batch], []) { MakesTheBatch = true },
        new("rollback", _ => ["rollback", "--json"], [["apply", Batch]]),
        new("redo", _ => ["redo", "--json"], [["apply", Batch], ["rollback"]]) { MakesTheBatch = true },
        new("recover", _ => ["recover", "--json"], []) { AfterKilledApply = true },
        new("gc", _ => ["gc", "--json", "--keep-days", "0", "--keep", "1"],
            [["apply", Batch], ["rollback"], ["redo"], ["rollback"], ["apply", Batch]]) { Forgets = true },
    ];

    /// <summary>git's own ways of making the same change.</summary>
    public static IReadOnlyList<SweptCommand> OfGit { get; } =
    [
        new("git apply --index", p => ["git", "apply", "--index", p.Fixed + "/change.patch"], []) { IsOurs = false },
        new("git checkout", p => ["git", "checkout", "after", "--pathspec-from-file=" + p.Fixed + "/paths",
            "--pathspec-file-nul"], []) { IsOurs = false },
    ];

    /// <summary>The whole command line.</summary>
    public IReadOnlyList<string> CommandLine(PreparedScenario prepared, string binary) =>
        IsOurs ? [binary, .. Words(prepared)] : Words(prepared);

    /// <summary>The commands that are run first, whole.</summary>
    public IEnumerable<string[]> Preceding(PreparedScenario prepared, string binary) =>
        Before.Select(words => (string[])[binary, .. words.Select(w => w == Batch ? prepared.Batch : w)]);
}
