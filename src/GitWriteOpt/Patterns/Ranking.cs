using System.Numerics;

namespace GitWriteOpt.Patterns;

/// <summary>A candidate that was judged.</summary>
/// <param name="File">Its number.</param>
/// <param name="Chance">How sure the model is that it belongs, from 0 to 1, before <see cref="Calibration"/>.</param>
/// <param name="Row">Its row in the evidence, until the next question.</param>
internal readonly record struct Ranked(int File, double Chance, int Row);

/// <summary>Orders what may be missing beside a set of changed files.</summary>
internal sealed class Ranking(ChangeLog log)
{
    // As if so many average candidates stood beside those that were found: being the only one is no merit.
    private const float Others = 20;

    private static readonly float[] Means = Column(w => w.Mean);
    private static readonly float[] Factors = Column(w => 1 / w.Deviation);
    private static readonly float[] RankWeights = Column(w => w.Rank);
    private static readonly float[] SureWeights = Column(w => w.Sure);
    private static readonly Vector<float> Limit = new(ModelWeights.Limit);

    private float[] _scores = [];
    private int[] _order = [];

    /// <summary>How this repository departs from the general model.</summary>
    internal RepositoryFit Local { get; init; } = RepositoryFit.None;

    /// <summary>What speaks for the candidates of the last question.</summary>
    internal Evidence Evidence { get; } = new(log);

    /// <summary>The best candidates, best first.</summary>
    /// <param name="changed">The paths that are changed.</param>
    /// <param name="most">How many at most.</param>
    internal List<Ranked> Best(IEnumerable<string> changed, int most)
    {
        Evidence.Gather(changed);
        var count = Evidence.Count;
        if (_scores.Length < count)
        {
            _scores = new float[count * 2];
            _order = new int[count * 2];
        }

        for (var n = 0; n < count; n++)
        {
            _scores[n] = Sum(Evidence.Row(n), RankWeights);
        }

        most = Math.Min(most, count);
        Select(most, count);
        return Judge(most, count);
    }

    // Insertion into the best few; ties by number, so that the same history gives the same answer.
    private void Select(int most, int count)
    {
        var filled = 0;
        for (var n = 0; n < count; n++)
        {
            if (filled == most && (most == 0 || _scores[n] <= _scores[_order[most - 1]]))
            {
                continue;
            }

            var place = filled < most ? filled++ : most - 1;
            for (; place > 0 && _scores[_order[place - 1]] < _scores[n]; place--)
            {
                _order[place] = _order[place - 1];
            }

            _order[place] = n;
        }
    }

    private List<Ranked> Judge(int most, int count)
    {
        var best = new List<Ranked>(most);
        if (most == 0)
        {
            return best;
        }

        var first = _scores[_order[0]];
        var total = Others * MathF.Exp(-first);
        for (var n = 0; n < count; n++)
        {
            total += MathF.Exp(_scores[n] - first);
        }

        Span<float> signs = stackalloc float[RepositoryFit.Signs];
        for (var place = 0; place < most; place++)
        {
            var row = _order[place];
            Evidence.AddHabits(row);
            var share = MathF.Exp(_scores[row] - first) / total;
            var odds = Sum(Evidence.Row(row), SureWeights) + ModelWeights.SureBias
                + (ModelWeights.SureOdds * (MathF.Log(share + 1e-4f) - MathF.Log(1 - share + 1e-3f)))
                + (ModelWeights.SureScore * 0.3f * _scores[row]) + (ModelWeights.SureTotal * (MathF.Log(total) + first));
            if (place == 0)
            {
                var lead = count > 1 ? Math.Min(5, first - _scores[_order[1]]) : 0;
                odds += ModelWeights.SureFirst + (ModelWeights.SureLead * lead);
            }

            Describe(odds, place == 0, Evidence.Row(row), signs);
            best.Add(new Ranked(Evidence.File(row), Local.Of(signs), row));
        }

        return best;
    }

    /// <summary>
    /// The signs of an answer to the last question, for <see cref="RepositoryFit"/>; of a ranking without one.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="isFirst">Whether it was the best.</param>
    internal float[] Signs(Ranked answer, bool isFirst)
    {
        var signs = new float[RepositoryFit.Signs];
        var chance = Math.Clamp(answer.Chance, 1e-9, 1 - 1e-9);
        Describe((float)Math.Log(chance / (1 - chance)), isFirst, Evidence.Row(answer.Row), signs);
        return signs;
    }

    private static void Describe(float odds, bool isFirst, ReadOnlySpan<float> row, Span<float> signs)
    {
        (signs[0], signs[1]) = (odds, isFirst ? 1 : 0);
        for (var i = 2; i < signs.Length; i++)
        {
            var figure = (int)Figure.Streak + i - 2;
            signs[i] = Math.Clamp((row[figure] - Means[figure]) * Factors[figure], -ModelWeights.Limit, ModelWeights.Limit);
        }
    }

    private static float Sum(ReadOnlySpan<float> row, float[] weights)
    {
        var sum = Vector<float>.Zero;
        for (var i = 0; i < row.Length; i += Vector<float>.Count)
        {
            var deviations = (new Vector<float>(row[i..]) - new Vector<float>(Means, i)) * new Vector<float>(Factors, i);
            sum += Vector.Min(Vector.Max(deviations, -Limit), Limit) * new Vector<float>(weights, i);
        }

        return Vector.Sum(sum);
    }

    private static float[] Column(Func<ModelWeights.Weight, float> value)
    {
        var column = new float[Evidence.Width];
        for (var i = 0; i < ModelWeights.All.Length; i++)
        {
            column[(int)ModelWeights.All[i].Figure] = value(ModelWeights.All[i]);
        }

        return column;
    }
}
