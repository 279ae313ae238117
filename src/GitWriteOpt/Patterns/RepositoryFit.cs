namespace GitWriteOpt.Patterns;

/// <summary>
/// How far this repository departs from the general model: a small logistic model over its answer and the candidate's
/// habits, fitted to a replay. A ridge keeps it near the general model where the replay is short of evidence.
/// </summary>
/// <param name="Weights">One a sign, then the constant; all zero where nothing departs.</param>
internal sealed record RepositoryFit(IReadOnlyList<double> Weights)
{
    /// <summary>Signs of an answer: its log odds, whether it is the first, and the habits from <see cref="Figure.Streak"/> on.</summary>
    internal const int Signs = 2 + Habits;

    private const int Habits = Figure.SeveralKnown - Figure.Streak + 1;
    private const int Size = Signs + 1;
    private const int FewestAnswers = 300;
    private const int Rounds = 8;
    private const double Ridge = 300;
    private const double RidgeOfConstant = 1;

    /// <summary>The general model as it is.</summary>
    internal static RepositoryFit None { get; } = new(new double[Size]);

    /// <summary>Fits one to a replay; none where it is too short, or its answers have no signs.</summary>
    internal static RepositoryFit To(IReadOnlyList<Judged> judged)
    {
        var weights = new double[Size];
        if (judged.Count < FewestAnswers || judged[0].Signs.Length != Signs)
        {
            return None;
        }

        for (var round = 0; round < Rounds; round++)
        {
            var step = Solve(Equations(judged, weights));
            for (var i = 0; i < Size; i++)
            {
                weights[i] -= step[i];
            }
        }

        return new RepositoryFit(weights);
    }

    /// <summary>The chance of an answer here.</summary>
    internal double Of(ReadOnlySpan<float> signs) => Chance(signs, Weights);

    private static double Chance(ReadOnlySpan<float> signs, IReadOnlyList<double> weights)
    {
        var odds = signs[0] + weights[Signs];
        for (var i = 0; i < Signs; i++)
        {
            odds += weights[i] * signs[i];
        }

        return 1 / (1 + Math.Exp(-odds));
    }

    // Newton's method: the curvature, and the slope as its last column.
    private static double[][] Equations(IReadOnlyList<Judged> judged, double[] weights)
    {
        var sums = new double[Size][];
        for (var i = 0; i < Size; i++)
        {
            sums[i] = new double[Size + 1];
            sums[i][i] = i == Signs ? RidgeOfConstant : Ridge;
            sums[i][Size] = sums[i][i] * weights[i];
        }

        Span<double> signs = stackalloc double[Size];
        signs[Signs] = 1;
        foreach (var answer in judged)
        {
            var chance = Chance(answer.Signs, weights);
            var (wrong, spread) = (chance - (answer.Holds ? 1 : 0), Math.Max(1e-6, chance * (1 - chance)));
            for (var i = 0; i < Signs; i++)
            {
                signs[i] = answer.Signs[i];
            }

            for (var i = 0; i < Size; i++)
            {
                sums[i][Size] += wrong * signs[i];
                for (var j = 0; j < Size; j++)
                {
                    sums[i][j] += spread * signs[i] * signs[j];
                }
            }
        }

        return sums;
    }

    // Elimination without pivots: the ridge makes the curvature positive definite.
    private static double[] Solve(double[][] sums)
    {
        for (var i = 0; i < Size; i++)
        {
            for (var row = i + 1; row < Size; row++)
            {
                var factor = sums[row][i] / sums[i][i];
                for (var k = i; k <= Size; k++)
                {
                    sums[row][k] -= factor * sums[i][k];
                }
            }
        }

        var solution = new double[Size];
        for (var i = Size - 1; i >= 0; i--)
        {
            var left = sums[i][Size];
            for (var k = i + 1; k < Size; k++)
            {
                left -= sums[i][k] * solution[k];
            }

            solution[i] = left / sums[i][i];
        }

        return solution;
    }
}
