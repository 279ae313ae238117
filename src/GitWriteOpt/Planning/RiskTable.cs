namespace GitWriteOpt.Planning;

/// <summary>A row of the risk table.</summary>
/// <param name="Name">Its stable name, as <c>decisions</c> has it.</param>
/// <param name="Risk">The least risk where it fires.</param>
/// <param name="Fires">When.</param>
/// <param name="Text">Why, in one sentence.</param>
internal sealed record RiskRow(string Name, WriteRisk Risk, Func<PlanFacts, bool> Fires, Func<PlanFacts, string> Text);

/// <summary>How much could go wrong: the highest of all rows that fire, low where none does.</summary>
internal static class RiskTable
{
    private const int ManyDeletions = 10;
    private const int ManyFiles = 100;
    private const int VeryManyFiles = 1000;
    private const long ManyBytes = 10L << 20;

    /// <summary>The rows, the most dangerous first.</summary>
    public static readonly IReadOnlyList<RiskRow> Rows =
    [
        new("many-deletions", WriteRisk.High, f => f.Deleted >= ManyDeletions, f => $"{f.Deleted} deletions"),
        new("deletes-uncommitted", WriteRisk.High, f => f.DirtyDeleted > 0,
            f => $"deletions of changes that are in no commit or index: {f.DirtyDeleted}; the backup keeps them"),
        new("deletes-imported", WriteRisk.High, f => f.DeletesImported,
            f => $"a file goes that files outside the batch import: {f.Importers.Count}"),
        new("very-large-batch", WriteRisk.High, f => f.Files >= VeryManyFiles, f => $"{f.Files} files change"),
        new("deletions", WriteRisk.Medium, f => f.Deleted is > 0 and < ManyDeletions, f => $"{PlanDocument.Counted(f.Deleted, "deletion")}"),
        new("overwrites-uncommitted", WriteRisk.Medium, f => f.DirtyModified > 0,
            f => $"overwrites changes that are in no commit or index: {PlanDocument.Counted(f.DirtyModified, "file")}; the backup keeps them"),
        new("importers-outside", WriteRisk.Medium, f => f.Importers.Count > 0 && !f.DeletesImported,
            f => $"imported from outside the batch, by {PlanDocument.Counted(f.Importers.Count, "file")}"),
        new("configuration", WriteRisk.Medium, f => f.Configuration > 0, f => $"{PlanDocument.Counted(f.Configuration, "configuration file")}"),
        new("large-batch", WriteRisk.Medium, f => f.Files is >= ManyFiles and < VeryManyFiles || f.Bytes >= ManyBytes,
            f => $"{f.Files} files with {f.Bytes} bytes are written"),
        new("not-validated", WriteRisk.Medium, f => f.Unvalidated > 0 && f.Unvalidated * 2 > f.Files - f.Deleted,
            f => $"no rule of validation covers {f.Unvalidated} of the files"),
    ];

    /// <summary>The rows that fire.</summary>
    public static IReadOnlyList<RiskRow> Assess(PlanFacts facts) => [.. Rows.Where(row => row.Fires(facts))];
}
