using GitWriteOpt.Metrics;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Statistics;

/// <summary>What one stretch of time adds up to: sums that the figures are computed from, the same for the whole and for a part.</summary>
internal sealed class FigureTally
{
    private readonly HashSet<string> _templates = new(StringComparer.Ordinal);

    internal long Files { get; private set; }

    internal long FilesTogether { get; private set; }

    internal long Batches { get; private set; }

    internal long FromTemplate { get; private set; }

    internal int Templates => _templates.Count;

    internal long Validatable { get; private set; }

    internal long Validated { get; private set; }

    internal long WithImplementation { get; private set; }

    internal long WithTests { get; private set; }

    internal long WithDocumentation { get; private set; }

    internal long Timed { get; private set; }

    internal double SavedMilliseconds { get; private set; }

    internal double SavedCalls { get; private set; }

    internal double SavedSyncs { get; private set; }

    internal bool CountsCalls { get; private set; }

    internal long RollbacksAsked { get; private set; }

    internal long RollbacksDone { get; private set; }

    internal long ReadBack { get; private set; }

    internal long Mismatches { get; private set; }

    internal long Commands { get; private set; }

    internal long ErrorsBefore { get; private set; }

    internal long ErrorsAfter { get; private set; }

    internal long Answered { get; set; }

    internal long SuggestionsTaken { get; set; }

    internal long Failed { get; set; }

    internal long Recovered { get; set; }

    internal long TemplateLines { get; set; }

    internal long TemplateLinesLeft { get; set; }

    internal long Sessions { get; set; }

    internal long Patterns { get; set; }

    /// <summary>Adds a transaction; those that undo, redo or restore are no writing of somebody's.</summary>
    /// <param name="one">The transaction.</param>
    /// <param name="template">The template that made it, or null.</param>
    internal void Add(TransactionSummary one, string? template)
    {
        if (one.Kind is not (TransactionKind.Apply or TransactionKind.Run))
        {
            return;
        }

        Files += one.Files;
        FilesTogether += one.Files > 1 ? one.Files : 0;
        if (one.StepFiles is [var implementation, var testing, var documentation] && implementation > 0)
        {
            WithImplementation++;
            WithTests += testing > 0 ? 1 : 0;
            WithDocumentation += documentation > 0 ? 1 : 0;
        }

        if (one.Kind != TransactionKind.Apply)
        {
            return;
        }

        Batches++;
        FromTemplate += template is null ? 0 : 1;
        if (template is not null)
        {
            _templates.Add(template);
        }

        if (one.StepFiles.Count > 0)
        {
            var written = one.Added + one.Modified;
            Validatable += written;
            Validated += Math.Min(one.Validated, written);
        }
    }

    /// <summary>Adds a command.</summary>
    /// <param name="one">How it ended.</param>
    /// <param name="level">What its durability was measured to cost, or null.</param>
    /// <param name="calibration">The measurement, or null.</param>
    internal void Add(CommandRecord one, CalibratedLevel? level, Calibration? calibration)
    {
        Commands++;
        var writes = one.Command is "apply" or "resume";
        if (one.State is "applied" or "partial")
        {
            ReadBack += one.Files;
            if (writes && one.Files > 0 && level is not null)
            {
                Save(one, level, calibration!);
            }
        }

        if (one.Command is "rollback" or "redo")
        {
            RollbacksAsked++;
            RollbacksDone += one.State is "applied" or "unchanged" ? 1 : 0;
        }
        else if (one.State is "rolled-back" or "attention" && one.Code?.StartsWith("verify-", StringComparison.Ordinal) != true)
        {
            RollbacksAsked++;
            RollbacksDone += one.State == "rolled-back" ? 1 : 0;
        }

        Mismatches += one.Code == "read-back-mismatch" ? 1 : 0;
        ErrorsBefore += writes && one.State == "refused" ? Math.Max(1, one.Errors) : 0;
        ErrorsAfter += one.State is "rolled-back" or "attention" ? 1 : 0;
    }

    // Singly: as many transactions of one file, and the bytes beyond those of the measured files at what they cost.
    private void Save(CommandRecord one, CalibratedLevel level, Calibration calibration)
    {
        var more = Math.Max(0, one.Bytes - ((long)one.Files * calibration.Bytes)) / (double)(1 << 20);
        Timed++;
        SavedMilliseconds += (one.Files * level.Single.Milliseconds) + (more * level.MillisecondsPerMebibyte) - one.Writing;
        CountsCalls |= level.Single.Calls > 0;
        SavedCalls += (one.Files - 1) * (level.Single.Calls - Each(level.Single.Calls, level.Batch.Calls, calibration.Files));
        SavedSyncs += (one.Files - 1) * (level.Single.Syncs - Each(level.Single.Syncs, level.Batch.Syncs, calibration.Files));
    }

    // What one more file costs in a batch.
    private static double Each(double single, double batch, int files) => (batch - single) / (files - 1);
}
