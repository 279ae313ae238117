namespace GitWriteOpt.Patterns;

/// <summary>What became of the suggestions that were made in a worktree.</summary>
/// <param name="Since">When the oldest that is remembered was made; null where none is. The newest 500 are.</param>
/// <param name="Kinds">Of each kind that was suggested, by name.</param>
public sealed record SuggestionFigures(DateTimeOffset? Since, IReadOnlyList<SuggestionFigure> Kinds);

/// <summary>What became of the suggestions of one kind.</summary>
/// <param name="Kind">See <see cref="KindFigures"/>.</param>
/// <param name="Shown">How many were shown to a person, whatever became of them.</param>
/// <param name="Taken">Those that are in a later commit.</param>
/// <param name="Declined">Those that were declined.</param>
/// <param name="Ignored">Those that what they were shown for was committed without.</param>
public sealed record SuggestionFigure(string Kind, int Shown, int Taken, int Declined, int Ignored);
