using System.Text.Json;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>A line of what became of suggestions.</summary>
/// <param name="Path">What was suggested.</param>
/// <param name="Answer">shown, taken, ignored or declined.</param>
/// <param name="Given">The changed paths that it was suggested for; none for all.</param>
/// <param name="Head">HEAD at that time.</param>
internal sealed record FeedbackLine(string Path, string Answer, string[] Given, string? Head);

/// <summary>
/// What became of suggestions in this worktree: a file of lines beside its other local state, never in a ref. Those that
/// were shown and are in the next commits were taken, the others ignored; what was declined is not suggested again
/// beside the same files. Bounded: the newest lines are kept.
/// </summary>
internal sealed class Feedback(string file)
{
    private const int Most = 500;

    private List<FeedbackLine>? _lines;

    /// <summary>How a confidence moves by what became of this path before; what was no warning does not become one.</summary>
    internal double Moved(string path, double confidence)
    {
        var taken = Lines().Count(l => l.Path == path && l.Answer == "taken");
        var ignored = Lines().Count(l => l.Path == path && l.Answer is "ignored" or "declined");
        return taken + ignored == 0 ? confidence
            : Math.Clamp(confidence * (taken + 4.0) / ((0.8 * taken) + (0.5 * ignored) + 4.0), 0, Math.Max(confidence, 0.89));
    }

    /// <summary>Whether a path was declined beside one of these files.</summary>
    internal bool IsDeclined(string path, IReadOnlyCollection<string> changed) => Lines().Exists(l =>
        l.Path == path && l.Answer == "declined" && (l.Given.Length == 0 || l.Given.Any(changed.Contains)));

    /// <summary>How many suggestions had which answer.</summary>
    internal IReadOnlyDictionary<string, int> Counts() =>
        Lines().GroupBy(l => l.Answer).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    /// <summary>Records that suggestions were shown to a person.</summary>
    internal void Show(IEnumerable<string> paths, IReadOnlyCollection<string> changed, ObjectId head) =>
        Add(paths.Where(path => !Lines().Exists(l => l.Path == path && l.Answer == "shown"))
            .Select(path => new FeedbackLine(path, "shown", [.. changed.Take(ChangeLog.WidestCommit)], head.ToString())));

    /// <summary>Records that a path is not wanted beside these files.</summary>
    internal void Decline(string path, IReadOnlyCollection<string> changed) =>
        Add([new FeedbackLine(path, "declined", [.. changed.Take(ChangeLog.WidestCommit)], null)]);

    /// <summary>Settles what was shown, by the commits that came after.</summary>
    internal void Settle(IReadOnlyList<LearnedCommit> commits)
    {
        var written = commits.SelectMany(c => c.Changes).Select(c => c.Path).ToHashSet(StringComparer.Ordinal);
        var open = Lines().Where(l => l.Answer == "shown").ToList();
        if (open.Count > 0 && open.Exists(l => l.Given.Any(written.Contains)))
        {
            _lines = [.. Lines().Select(l => l.Answer != "shown" || !l.Given.Any(written.Contains) ? l
                : l with { Answer = written.Contains(l.Path) ? "taken" : "ignored" })];
            Save();
        }
    }

    private List<FeedbackLine> Lines()
    {
        if (_lines is null)
        {
            try
            {
                _lines = File.Exists(file) ? [.. File.ReadLines(file).Select(Parse).OfType<FeedbackLine>()] : [];
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw FileFailure.Of("read", file, cause);
            }
        }

        return _lines;
    }

    // A line that a kill left half-written says nothing.
    private static FeedbackLine? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, PatternJson.Default.FeedbackLine) is { Path: not null, Given: not null } whole
                ? whole : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Add(IEnumerable<FeedbackLine> lines)
    {
        var more = lines.ToList();
        if (more.Count > 0)
        {
            _lines = [.. Lines().Concat(more).TakeLast(Most)];
            Save();
        }
    }

    private void Save()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file + ".new", Lines().Select(l => JsonSerializer.Serialize(l, PatternJson.Readable.FeedbackLine)));
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("write", file, cause);
        }
    }
}
