using System.Diagnostics;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>What a replay of new files found.</summary>
/// <param name="Online">Whether it learned every commit after it was judged.</param>
/// <param name="Groups">Commits of several new files that were replayed: the first was given, the others were asked for.</param>
/// <param name="Files">How many files were asked for.</param>
/// <param name="PathRecall1">Share of them that were the first answer.</param>
/// <param name="PathRecall5">Share of them that were among the first five.</param>
/// <param name="GroupRecall5">The same, as the mean over the commits, however many files each has.</param>
/// <param name="NearestPathRecall5">The same of the baseline, which copies the nearest earlier commit.</param>
/// <param name="LinePrecision">Of the lines that were written, those that are in the real file; blank lines left out.</param>
/// <param name="LineRecall">Of the lines of the real files whose paths were right, those that were written.</param>
/// <param name="NearestLinePrecision">Precision of the baseline, which copies the nearest file and renames it.</param>
/// <param name="NearestLineRecall">Its recall.</param>
/// <param name="MillisecondsEach">Mean time of a question.</param>
public sealed record NewFileScore(bool Online, int Groups, int Files, double PathRecall1, double PathRecall5, double GroupRecall5,
    double NearestPathRecall5, double? LinePrecision, double LineRecall, double? NearestLinePrecision,
    double NearestLineRecall, double MillisecondsEach)
{
    private const double LeastPrecision = 0.5;
    private const int FewestLines = 20;

    /// <summary>Whether <c>template-path</c> earns its keep: it finds files, and more than the baseline does.</summary>
    public bool PathsHold => PathRecall5 > 0 && PathRecall5 >= NearestPathRecall5;

    /// <summary>Whether <c>template-content</c> earns its keep: most lines that it writes are right, more than the baseline's.</summary>
    public bool LinesHold => Lines >= FewestLines && LinePrecision >= LeastPrecision && LinePrecision > (NearestLinePrecision ?? 0);

    /// <summary>Lines that were written into files whose paths were right.</summary>
    public int Lines { get; init; }
}

/// <summary>Replays commits that made several files: the first one is given, the others are asked for.</summary>
internal sealed class TemplateEvaluation(AdditionLog log, Func<ObjectId, string?> read, TreeCompanions? tree = null)
{
    /// <summary>So many answers count.</summary>
    internal const int Places = 5;

    private readonly CompanionPrediction _companions = new(log, tree);
    private readonly SkeletonWriting _skeletons = new(log, read);
    private readonly Lines _ours = new();
    private readonly Lines _nearest = new();
    private int _groups;
    private int _files;
    private double _first;
    private double _five;
    private double _fiveOfGroups;
    private double _nearestFive;
    private TimeSpan _time;

    /// <summary>Puts one commit's question; it is not learned by it.</summary>
    internal void Ask(AddedGroup group, Func<string, bool> exists)
    {
        if (group.Added.Count < 2)
        {
            return;
        }

        var given = group.Added[0];
        var content = read(given.Blob) ?? "";
        var started = Stopwatch.GetTimestamp();
        var answers = _companions.Of(given.Path, content, exists, Places);
        List<string> texts = [.. answers.Select(answer => _skeletons.Of(answer).Text)];
        _time += Stopwatch.GetElapsedTime(started);
        var nearest = Nearest(given.Path);
        _groups++;
        _fiveOfGroups += (double)group.Added.Skip(1).Count(f => answers.Exists(a => a.Path == f.Path)) / (group.Added.Count - 1);
        foreach (var file in group.Added.Skip(1))
        {
            _files++;
            var place = answers.FindIndex(answer => answer.Path == file.Path);
            _first += place == 0 ? 1 : 0;
            _five += place >= 0 ? 1 : 0;
            var actual = place >= 0 || nearest.ContainsKey(file.Path) ? read(file.Blob) : null;
            if (place >= 0 && actual is not null)
            {
                _ours.Count(texts[place], actual);
            }

            if (nearest.TryGetValue(file.Path, out var copied))
            {
                _nearestFive++;
                _nearest.Count(actual is null ? "" : copied(), actual ?? "");
            }
        }
    }

    /// <summary>What was found.</summary>
    internal NewFileScore Score(bool online)
    {
        var files = Math.Max(1, _files);
        return new NewFileScore(online, _groups, _files, _first / files, _five / files, _fiveOfGroups / Math.Max(1, _groups), _nearestFive / files,
            _ours.Precision, _ours.Recall, _nearest.Precision, _nearest.Recall, _time.TotalMilliseconds / Math.Max(1, _groups))
        {
            Lines = _ours.Written,
        };
    }

    // The plain way: the newest file of the same extension, in the same directory where there is one.
    private Dictionary<string, Func<string>> Nearest(string path)
    {
        var readings = PathReading.Of(path);
        foreach (var shape in readings.Select(r => r.Full).Append(readings.Count > 0 ? readings[0].Bare : 0))
        {
            foreach (var addition in log.Of(shape).Take(1))
            {
                var analogy = new Analogy(log.FileOf(addition).Path, addition.Name, path,
                    readings.First(r => r.Full == shape || r.Bare == shape).Name, NameForm.Camel);
                return log[addition.Group].Added.Where((_, i) => i != addition.File)
                    .Select(f => (Path: analogy.Paths(f.Path).FirstOrDefault(f.Path), f.Blob)).DistinctBy(f => f.Path).Take(Places)
                    .ToDictionary(f => f.Path, f => (Func<string>)(() => analogy.Text.Apply(read(f.Blob) ?? "")));
            }
        }

        return [];
    }

    private sealed class Lines
    {
        private int _written;
        private int _right;
        private int _real;

        internal int Written => _written;

        internal double? Precision => _written == 0 ? null : (double)_right / _written;

        internal double Recall => _real == 0 ? 0 : (double)_right / _real;

        internal void Count(string written, string actual)
        {
            var left = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var line in SkeletonWriting.Lines(actual).Where(line => !line.AsSpan().Trim().IsEmpty))
            {
                left[line] = left.GetValueOrDefault(line) + 1;
                _real++;
            }

            foreach (var line in SkeletonWriting.Lines(written).Where(line => !line.AsSpan().Trim().IsEmpty))
            {
                _written++;
                if (left.TryGetValue(line, out var count) && count > 0)
                {
                    left[line] = count - 1;
                    _right++;
                }
            }
        }
    }
}
