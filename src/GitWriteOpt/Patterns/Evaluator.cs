using System.Diagnostics;

namespace GitWriteOpt.Patterns;

/// <summary>Replays commits that were not learned, and counts what was answered well.</summary>
internal sealed class Evaluator
{
    private const int Places = 10;
    private const int Judgeable = 20;

    private readonly ChangeLog _log = new();
    private readonly Calibration _calibration;
    private readonly Ranking _ranking;
    private readonly (string Name, Func<IReadOnlyList<string>, List<int>> Answer)[] _methods;
    private readonly double[][] _sums;
    private List<Ranked> _ours = [];
    private int _hidden;
    private int _complete;
    private int _said;
    private int _held;
    private int _alarms;
    private TimeSpan _time;

    private Evaluator(IReadOnlyList<LearnedCommit> train)
    {
        _calibration = Replay.Learn(_log, train);
        _ranking = new Ranking(_log) { Local = _calibration.Local };
        var baselines = new Baselines(_log);
        _methods =
        [
            ("learned", Ours), ("TARMAQ", baselines.Tarmaq), ("frequency", baselines.Frequency), ("ROSE", baselines.Rose),
        ];
        _sums = [.. _methods.Select(_ => new double[5])];
    }

    /// <summary>Learns the first commits, replays the others once frozen and once learning on.</summary>
    internal static Evaluation Run(IReadOnlyList<LearnedCommit> train, IReadOnlyList<LearnedCommit> test, Action<int, int>? progress)
    {
        var frozen = new Evaluator(train);
        var online = new Evaluator(train);
        for (var i = 0; i < test.Count; i++)
        {
            frozen.Ask(Replay.Paths(test[i]));
            online.Ask(Replay.Paths(test[i]));
            online._log.Append(test[i]);
            progress?.Invoke(i + 1, test.Count);
        }

        var threshold = frozen._calibration;
        return new Evaluation(train.Count, test.Count, threshold.Warns ? threshold.Threshold : null,
            [frozen.Score(online: false), online.Score(online: true)]);
    }

    private void Ask(IReadOnlyList<string> paths)
    {
        foreach (var hidden in paths)
        {
            _hidden++;
            List<string> changed = [.. paths.Where(path => path != hidden)];
            for (var m = 0; m < _methods.Length; m++)
            {
                Count(m, _methods[m].Answer(changed), hidden);
            }

            foreach (var warning in Warnings())
            {
                _said++;
                _held += _log.Files[warning.File].Path == hidden ? 1 : 0;
            }
        }

        if (paths.Count > 0)
        {
            _complete++;
            Ours(paths);
            _alarms += Warnings().Count();
        }
    }

    private List<int> Ours(IReadOnlyList<string> changed)
    {
        var started = Stopwatch.GetTimestamp();
        _ours = _ranking.Best(changed, Judgeable);
        _time += Stopwatch.GetElapsedTime(started);
        return [.. _ours.Take(Places).Select(best => best.File)];
    }

    // As Suggester says them: confidence never rises down the list.
    private IEnumerable<Ranked> Warnings() =>
        _ours.TakeWhile(best => _calibration.Of(best.Chance) >= Calibration.WarningConfidence);

    private void Count(int method, List<int> answers, string hidden)
    {
        var place = answers.FindIndex(file => _log.Files[file].Path == hidden) + 1;
        if (place > 0)
        {
            _sums[method][0] += place <= 1 ? 1 : 0;
            _sums[method][1] += place <= 3 ? 1 : 0;
            _sums[method][2] += place <= 5 ? 1 : 0;
            _sums[method][3]++;
            _sums[method][4] += 1.0 / place;
        }
    }

    private ReplayScore Score(bool online)
    {
        var all = Math.Max(1, _hidden);
        return new ReplayScore(online, _hidden,
            [.. _methods.Select((method, m) => new MethodScore(method.Name, _sums[m][0] / all, _sums[m][1] / all,
                _sums[m][2] / all, _sums[m][3] / all, _sums[m][4] / all))],
            new WarningScore(_said, _held, _said == 0 ? null : (double)_held / _said,
                (double)_alarms / Math.Max(1, _complete), (double)_held / all),
            _time.TotalMilliseconds / Math.Max(1, _hidden + _complete));
    }
}
