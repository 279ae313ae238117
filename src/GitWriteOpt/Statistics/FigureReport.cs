using GitWriteOpt.Patterns;

namespace GitWriteOpt.Statistics;

/// <summary>A wish for figures.</summary>
/// <param name="Since">Of what came after this, as git reads dates (<c>2 weeks ago</c>); null for all that is kept.</param>
public sealed record FigureRequest(string? Since = null);

/// <summary>What recorded transactions, sessions and commands add up to.</summary>
/// <param name="Since">What was asked for, or null.</param>
/// <param name="From">The oldest that was looked at, or null where there is none.</param>
/// <param name="To">The newest.</param>
/// <param name="Transactions">How many transactions of this worktree.</param>
/// <param name="Commands">How many recorded commands.</param>
/// <param name="TrendBy">What a point of a trend is: <c>week</c>, or <c>transactions</c> where all lies within three weeks.</param>
/// <param name="Calibration">What single writes were measured to cost here, or null.</param>
/// <param name="Figures">The figures, each once, also those that were not measured.</param>
public sealed record FigureReport(
    DateTimeOffset? Since, DateTimeOffset? From, DateTimeOffset? To, int Transactions, int Commands, string TrendBy,
    Calibration? Calibration, IReadOnlyList<MeasuredFigure> Figures)
{
    /// <summary>What became of the suggestions of each kind that was replayed or shown; of all that is remembered.</summary>
    public IReadOnlyList<SuggestedKind> Suggestions { get; init; } = [];
}

/// <summary>One kind of suggestion.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Replayed">What a replay of the history found; null where nothing was learned.</param>
/// <param name="Answered">What became of those that were shown; null where none was.</param>
public sealed record SuggestedKind(string Kind, KindFigures? Replayed, SuggestionFigure? Answered);

/// <summary>One figure.</summary>
/// <param name="Name">Its stable name, in kebab-case.</param>
/// <param name="Title">For people.</param>
/// <param name="Unit">share (0 to 1), ms, calls, syncs, errors, mismatches, patterns, uses.</param>
/// <param name="Value">The value; null where it was not measured, never 0 for that.</param>
/// <param name="Of">How many observations it is computed from.</param>
/// <param name="Formula">How it is computed.</param>
/// <param name="Source">From what it is read.</param>
/// <param name="NotMeasured">Where there is no value: what would measure it.</param>
/// <param name="Trend">The same figure over parts of the time, oldest first.</param>
public sealed record MeasuredFigure(
    string Name, string Title, string Unit, double? Value, long Of, string Formula, string Source, string? NotMeasured,
    IReadOnlyList<TrendPoint> Trend);

/// <summary>A figure over a part of the time.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Value">The value; null where nothing was measured then.</param>
public sealed record TrendPoint(DateTimeOffset From, double? Value);
