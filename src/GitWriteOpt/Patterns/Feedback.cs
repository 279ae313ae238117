using System.Text.Json;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>A line of what became of suggestions.</summary>
/// <param name="Path">What was suggested.</param>
/// <param name="Answer">shown, taken, ignored or declined.</param>
/// <param name="Given">The changed paths that it was suggested for; none for all.</param>
/// <param name="Head">HEAD at that time.</param>
internal sealed record FeedbackLine(string Path, string Answer, string[] Given, string? Head)
{
    /// <summary>The kind of suggestion; null for co-change.</summary>
    public string? Kind { get; init; }

    /// <summary>When it was shown or declined, in seconds since 1970; null where an older version wrote it.</summary>
    public long? At { get; init; }

    /// <summary>Whether it speaks of this.</summary>
    internal bool IsOf(string kind, string path) => Path == path && (Kind ?? KindFigures.CoChange) == kind;
}

/// <summary>
/// What became of suggestions in this worktree: a file of lines beside its other local state, never in a ref. Those that
/// were shown and are in the next commits were taken, the others ignored; what was declined is not suggested again
/// beside the same files. Bounded: the newest lines are kept.
/// </summary>
internal sealed class Feedback(string file, TimeProvider time)
{
    private const int Most = 500;

    private List<FeedbackLine>? _lines;

    /// <summary>How a confidence moves by what became of this path before; what was no warning does not become one.</summary>
    internal double Moved(string kind, string path, double confidence)
    {
        var (taken, ignored) = (0, 0);
        foreach (var line in Lines())
        {
            if (line.IsOf(kind, path))
            {
                taken += line.Answer == "taken" ? 1 : 0;
                ignored += line.Answer is "ignored" or "declined" ? 1 : 0;
            }
        }

        return taken + ignored == 0 ? confidence
            : Math.Clamp(confidence * (taken + 4.0) / ((0.8 * taken) + (0.5 * ignored) + 4.0), 0, Math.Max(confidence, 0.89));
    }

    /// <summary>Whether a path was declined beside one of these files, or beside any.</summary>
    internal bool IsDeclined(string kind, string path, IReadOnlyCollection<string> changed) => Lines().Exists(l =>
        l.Answer == "declined" && l.IsOf(kind, path) && (l.Given.Length == 0 || l.Given.Any(changed.Contains)));

    /// <summary>What became of them, kind by kind.</summary>
    internal SuggestionFigures Figures()
    {
        var kinds = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        long? since = null;
        foreach (var line in Lines())
        {
            var kind = line.Kind ?? KindFigures.CoChange;
            var counts = kinds.TryGetValue(kind, out var known) ? known : kinds[kind] = new int[4];
            // A path that was declined without being shown was not a suggestion of ours.
            counts[0] += line is { Answer: "declined", Head: null } ? 0 : 1;
            counts[1] += line.Answer == "taken" ? 1 : 0;
            counts[2] += line.Answer == "declined" ? 1 : 0;
            counts[3] += line.Answer == "ignored" ? 1 : 0;
            since = line.At is { } at && (since is null || at < since) ? at : since;
        }

        return new SuggestionFigures(since is { } oldest ? DateTimeOffset.FromUnixTimeSeconds(oldest) : null,
            [.. kinds.Select(k => new SuggestionFigure(k.Key, k.Value[0], k.Value[1], k.Value[2], k.Value[3]))]);
    }

    /// <summary>What was answered: when it was shown, where that is known, and whether it was taken.</summary>
    internal IEnumerable<(DateTimeOffset? Shown, bool Taken)> Answers()
    {
        foreach (var line in Lines())
        {
            if (line.Answer != "shown" && line is not { Answer: "declined", Head: null })
            {
                yield return (line.At is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null, line.Answer == "taken");
            }
        }
    }

    /// <summary>Records that suggestions were shown to a person; what is still open of them is not counted twice.</summary>
    internal void Show(string kind, IEnumerable<string> paths, IReadOnlyCollection<string> changed, ObjectId head) =>
        Add(paths.Where(path => !Lines().Exists(l => l.Answer == "shown" && l.IsOf(kind, path)))
            .Select(path => Line(kind, path, "shown", changed, head.ToString())));

    /// <summary>Records that a path is not wanted beside these files; that it had been shown is answered by it.</summary>
    internal void Decline(string kind, string path, IReadOnlyCollection<string> changed)
    {
        var shown = Lines().Find(l => l.Answer == "shown" && l.IsOf(kind, path));
        _lines!.RemoveAll(l => l.Answer == "shown" && l.IsOf(kind, path));
        Add([Line(kind, path, "declined", changed, shown?.Head)]);
    }

    /// <summary>Settles what was shown, by the commits that came after.</summary>
    internal void Settle(IReadOnlyList<LearnedCommit> commits)
    {
        if (!Lines().Exists(l => l.Answer == "shown"))
        {
            return;
        }

        var written = commits.SelectMany(c => c.Changes).Select(c => c.Path).ToHashSet(StringComparer.Ordinal);
        List<FeedbackLine> settled = [.. Lines().Select(l => l.Answer != "shown" || !IsOver(l, commits, written) ? l
            : l with { Answer = written.Contains(l.Path) || Played(l, commits) ? "taken" : "ignored" })];
        if (!settled.SequenceEqual(Lines()))
        {
            _lines = settled;
            Save();
        }
    }

    // A next step has its window; everything else is decided by the commit of what it was shown for.
    private static bool IsOver(FeedbackLine line, IReadOnlyList<LearnedCommit> commits, HashSet<string> written) =>
        line.Kind == KindFigures.Workflow ? commits.Count >= Workflows.StepLog.Reach || Played(line, commits) : line.Given.Any(written.Contains);

    // What a next step was shown for is the role that it plays.
    private static bool Played(FeedbackLine line, IReadOnlyList<LearnedCommit> commits)
    {
        if (line.Kind != KindFigures.Workflow)
        {
            return false;
        }

        var shapes = new Workflows.StepShapes([]);
        return commits.Any(commit => shapes.Of(commit).Exists(role => line.Given.Contains(role.ToString())));
    }

    private FeedbackLine Line(string kind, string path, string answer, IReadOnlyCollection<string> changed, string? head) =>
        new(path, answer, [.. changed.Take(ChangeLog.WidestCommit)], head)
        {
            Kind = kind == KindFigures.CoChange ? null : kind,
            At = time.GetUtcNow().ToUnixTimeSeconds(),
        };

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
