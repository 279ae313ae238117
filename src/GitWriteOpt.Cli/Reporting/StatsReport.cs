using System.Globalization;
using GitWriteOpt.Cli.Commands;
using GitWriteOpt.Statistics;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A point of a trend.</summary>
internal sealed record TrendPointAnswer(string From, double? Value);

/// <summary>A trend: what its points are, and the points, oldest first.</summary>
internal sealed record TrendAnswer(string By, IReadOnlyList<TrendPointAnswer> Points);

/// <summary>One figure; without a value it was not measured.</summary>
internal sealed record FigureAnswer(string Name, string Title, string Unit, double? Value, bool Measured, long Of, string Formula,
    string Source, string? NotMeasured, TrendAnswer Trend)
{
    /// <summary>Of a figure.</summary>
    public static FigureAnswer Describe(MeasuredFigure one, string by) => new(one.Name, one.Title, one.Unit, one.Value, one.Value is not null,
        one.Of, one.Formula, one.Source, one.NotMeasured,
        new TrendAnswer(by, [.. one.Trend.Select(p => new TrendPointAnswer(Timestamp.Of(p.From), p.Value))]));
}

/// <summary>What a transaction of the calibration cost.</summary>
internal sealed record CostAnswer(double Milliseconds, double Calls, double Syncs);

/// <summary>What a durability costs.</summary>
internal sealed record CalibratedLevelAnswer(string Durability, CostAnswer Single, CostAnswer Batch, double MillisecondsPerMebibyte);

/// <summary>A calibration.</summary>
internal sealed record CalibrationAnswer(string Time, string Machine, string FileSystem, int Files, int Bytes,
    IReadOnlyList<CalibratedLevelAnswer> Levels)
{
    /// <summary>Of a calibration.</summary>
    public static CalibrationAnswer Of(Calibration one) => new(Timestamp.Of(one.Time), one.Machine, one.FileSystem, one.Files, one.Bytes,
        [.. one.Levels.Select(l => new CalibratedLevelAnswer(Spelling.Of(l.Durability), Cost(l.Single), Cost(l.Batch), l.MillisecondsPerMebibyte))]);

    private static CostAnswer Cost(WriteCost one) => new(one.Milliseconds, one.Calls, one.Syncs);
}

/// <summary>A kind of suggestion: what a replay of the history found, and what became of those that were shown.</summary>
internal sealed record SuggestedKindAnswer(string Kind, string? State, double? Threshold, int? Said, int? Held, int Shown, int Taken,
    int Declined, int Ignored)
{
    /// <summary>Of a kind.</summary>
    public static SuggestedKindAnswer Of(SuggestedKind one) => new(one.Kind, one.Replayed?.State, one.Replayed?.Threshold, one.Replayed?.Said,
        one.Replayed?.Held, one.Answered?.Shown ?? 0, one.Answered?.Taken ?? 0, one.Answered?.Declined ?? 0, one.Answered?.Ignored ?? 0);
}

/// <summary>The answer to stats.</summary>
internal sealed record StatsAnswer(string? Since, string? From, string? To, int Transactions, int Commands,
    CalibrationAnswer? Calibration, IReadOnlyList<FigureAnswer> Figures, IReadOnlyList<SuggestedKindAnswer> Suggestions)
{
    /// <summary>Of a report.</summary>
    public static StatsAnswer Of(FigureReport one) => new(Time(one.Since), Time(one.From), Time(one.To), one.Transactions, one.Commands,
        one.Calibration is null ? null : CalibrationAnswer.Of(one.Calibration), [.. one.Figures.Select(f => FigureAnswer.Describe(f, one.TrendBy))],
        [.. one.Suggestions.Select(SuggestedKindAnswer.Of)]);

    private static string? Time(DateTimeOffset? time) => time is { } there ? Timestamp.Of(there) : null;
}

/// <summary>The answer to stats, as a table with small charts.</summary>
internal static class StatsReport
{
    /// <summary>Prints it.</summary>
    public static void Print(FigureReport report, Invocation invocation)
    {
        if (invocation.Json)
        {
            JsonReport.Print(invocation, StatsAnswer.Of(report), AnswerJson.Default.StatsAnswer);
            return;
        }

        var screen = invocation.Screen;
        screen.Page(invocation.Directory);
        screen.Line($"{StatusReport.Count(report.Transactions, "transaction")}, {StatusReport.Count(report.Commands, "recorded command")}",
            report is { From: { } from, To: { } to } ? $", {Timestamp.Short(from)} to {Timestamp.Short(to)}" : "");
        screen.Line("");
        screen.Table(["figure", "value", "of", report.TrendBy == "week" ? "by week" : "over time"], report.Figures.Where(f => f.Value is not null).Select(f => new[]
        {
            f.Title, new Piece(FigureText.Value(f), ToneOf(f)), f.Of.ToString("N0", CultureInfo.InvariantCulture),
            new Piece(screen.IsTerminal ? FigureText.Bar(f.Trend) : "", Tone.Id),
        }));
        Missing(report, screen);
        Suggestions(report, screen);
        Calibration(report, screen);
    }

    private static void Suggestions(FigureReport report, Screen screen)
    {
        if (report.Suggestions.Count > 0)
        {
            screen.Line("");
            screen.Table(["suggestions of", "", "replayed", "shown", "taken", "declined", "ignored"], report.Suggestions.Select(SuggestedKindAnswer.Of).Select(k => new Piece[]
            {
                k.Kind, new(k.State ?? "", Tone.Faint), k.Said > 0 ? $"{k.Held} of {k.Said} held" : "", $"{k.Shown}", $"{k.Taken}", $"{k.Declined}", $"{k.Ignored}",
            }));
        }
    }

    private static void Missing(FigureReport report, Screen screen)
    {
        var missing = report.Figures.Where(f => f.Value is null).ToList();
        if (missing.Count > 0)
        {
            if (missing.Count < report.Figures.Count)
            {
                screen.Line("");
            }

            screen.Table(["figure", "value", "what measures it"], missing.Select(f => new[]
            {
                f.Title, new Piece("not measured", Tone.Faint), f.NotMeasured ?? "",
            }));
        }
    }

    private static void Calibration(FigureReport report, Screen screen)
    {
        if (report.Calibration is not { } calibration)
        {
            return;
        }

        screen.Line("");
        screen.Line($"Calibrated {Timestamp.Short(calibration.Time)} on {calibration.Machine} ({calibration.FileSystem}): ",
            $"{calibration.Files} files of {calibration.Bytes} bytes, singly and as one batch");
        screen.Table(["durability", "single ms", "batch ms", "single syncs", "batch syncs"], calibration.Levels.Select(l => new Piece[]
        {
            Spelling.Of(l.Durability), Number(l.Single.Milliseconds), Number(l.Batch.Milliseconds), Number(l.Single.Syncs), Number(l.Batch.Syncs),
        }));
    }

    private static Tone ToneOf(MeasuredFigure figure) => figure.Name switch
    {
        "integrity" => figure.Value > 0 ? Tone.Deleted : Tone.Added,
        "time-saved" => figure.Value < 0 ? Tone.Deleted : Tone.Added,
        _ => Tone.Plain,
    };

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
