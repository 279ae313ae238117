namespace GitWriteOpt.Planning;

/// <summary>A row of the strategy table.</summary>
/// <param name="Name">Its stable name, as <c>decisions</c> has it.</param>
/// <param name="Strategy">What it decides.</param>
/// <param name="Fires">When.</param>
/// <param name="Text">Why, in one sentence.</param>
internal sealed record StrategyRow(
    string Name, WriteStrategy Strategy, Func<PlanFacts, bool> Fires, Func<PlanFacts, string> Text);

/// <summary>
/// How a batch is carried out: the first row that fires. All strategies are all or nothing; they differ in what is
/// staged side by side and what is shown.
/// </summary>
internal static class StrategyTable
{
    /// <summary>From here on several groups are worth staging side by side, where nothing was recorded yet.</summary>
    public const int FilesForBatch = 8;

    /// <summary>The rows, in order; the last one always fires.</summary>
    public static readonly IReadOnlyList<StrategyRow> Rows =
    [
        new("from-template", WriteStrategy.Template, f => f.FromTemplate, f => $"{Files(f)} from one template"),
        new("small-changes-in-large-files", WriteStrategy.Incremental, f => f.Files > 0 && f.Incremental == f.Files,
            f => $"{Files(f)}, large and changed in less than a tenth"),
        new("several-groups", WriteStrategy.Batch, f => f.Groups > 1 && f.Files >= f.FilesForBatch,
            f => $"{Files(f)} in {f.Groups} groups, staged side by side"),
        new("one-step", WriteStrategy.Atomic, _ => true, f => $"{Files(f)} staged and swapped in one step"),
    ];

    private static string Files(PlanFacts facts) => PlanDocument.Counted(facts.Files, "file");

    /// <summary>The row that fires.</summary>
    public static StrategyRow Choose(PlanFacts facts) => Rows.First(row => row.Fires(facts));
}
