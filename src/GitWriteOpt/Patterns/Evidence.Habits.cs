namespace GitWriteOpt.Patterns;

/// <summary>
/// The habits of a candidate: what the newest commits of the given files and its own say. They cost more than the other
/// figures and do not change the order, so only the best candidates are asked for them.
/// </summary>
internal sealed partial class Evidence
{
    private const int NewestOfHabit = 20;
    private const int Lately = 8;
    private const int Last = 3;
    private const int NewestOfCandidate = 10;

    private readonly List<int> _whole = [];

    /// <summary>Completes the row of a candidate of the last question, from <see cref="Figure.Streak"/> on.</summary>
    internal void AddHabits(int candidate)
    {
        var row = _figures.AsSpan(candidate * Width, Width);
        var file = _candidates[candidate];
        var (known, streak, together) = (0, 0, 0);
        foreach (var given in _given)
        {
            if (given.File >= 0)
            {
                known++;
                var habit = HabitOf(log.CommitsOf(given.File), file, row);
                streak = Math.Max(streak, habit.Streak);
                together = Math.Max(together, habit.Together);
            }
        }

        var whole = 0;
        foreach (var commit in _whole)
        {
            whole += Has(commit, file) ? 1 : 0;
        }

        At(row, Figure.Streak) = MathF.Log(1 + streak);
        At(row, Figure.LatelyCount) = MathF.Log(1 + together);
        At(row, Figure.WholeShare) = whole / (_whole.Count + 1f);
        At(row, Figure.WholeCount) = MathF.Log(1 + whole);
        At(row, Figure.SeveralKnown) = known > 1 && _whole.Count > 0 ? 1 : 0;
        AddOwn(row, log.CommitsOf(file), known);
    }

    private (int Streak, int Together) HabitOf(List<int> commits, int file, Span<float> row)
    {
        var newest = Math.Min(NewestOfHabit, commits.Count);
        var (streak, last, lately, together) = (0, 0, 0, 0);
        for (var age = 0; age < newest; age++)
        {
            if (Has(commits[^(age + 1)], file))
            {
                streak += streak == age ? 1 : 0;
                last += age < Last ? 1 : 0;
                lately += age < Lately ? 1 : 0;
                together++;
            }
        }

        Raise(row, Figure.LatelyShare, lately / (Math.Min(Lately, newest) + 1f));
        Raise(row, Figure.LastShare, last / (Math.Min(Last, newest) + 0.5f));
        return (streak, together);
    }

    private void AddOwn(Span<float> row, List<int> commits, int known)
    {
        var newest = Math.Min(NewestOfCandidate, commits.Count);
        var (covered, alone) = (0, 0);
        for (var age = 0; age < newest; age++)
        {
            var files = log.FilesOf(commits[^(age + 1)]);
            var given = 0;
            foreach (var file in files)
            {
                given += _known.Contains(file) ? 1 : 0;
            }

            covered += known > 0 && given == known ? 1 : 0;
            alone += files.Length == 1 ? 1 : 0;
        }

        At(row, Figure.Covered) = covered / (newest + 1f);
        At(row, Figure.Alone) = alone / (newest + 1f);
    }

    private bool Has(int commit, int file) => Array.IndexOf(log.FilesOf(commit), file) >= 0;
}
