using System.Collections.Concurrent;
using System.Diagnostics;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Checkers;

/// <summary>The runs of one checker's programs in one validation.</summary>
internal sealed class CheckerRun(
    Checker checker, IReadOnlyList<(ToolCall Call, string Program)> calls, ToolPath path, CheckerLimits limits, CheckSubject subject)
    : IDisposable
{
    private const int MostFilesOfOneRun = 50;

    private readonly ConcurrentQueue<Sighting> _shortfalls = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly string _programs = string.Join(' ', calls.Select(c => $"{ToolPath.Identity(c.Program)} {string.Join(' ', c.Call.Arguments)}"));
    private CheckRoom? _room;
    private bool _hasNoRoom;
    private int _outOfTime;

    /// <summary>What could not be checked, and why: warnings.</summary>
    public IEnumerable<Sighting> Shortfalls => _shortfalls.OrderBy(s => s.Path);

    /// <summary>Whether a program would have to run.</summary>
    public bool HasOpen(List<Candidate> candidates) =>
        candidates.Exists(c => subject.Cache.TryGet(checker.Info, Variant(c.Path), c.Blob) is null);

    /// <summary>What the checker finds in each; null where it could not tell.</summary>
    public IReadOnlyList<Sighting>?[] Ask(List<Candidate> candidates, ValidationTally? tally)
    {
        var answers = new IReadOnlyList<Sighting>?[candidates.Count];
        var open = new List<int>();
        for (var i = 0; i < candidates.Count; i++)
        {
            answers[i] = subject.Cache.TryGet(checker.Info, Variant(candidates[i].Path), candidates[i].Blob);
            if (answers[i] is null)
            {
                open.Add(i);
                tally?.Ran(candidates[i].Path);
            }
            else
            {
                tally?.Cached(candidates[i].Path);
            }
        }

        if (open.Count == 0 || (_room ??= _hasNoRoom ? null : CheckRoom.Make(subject.Layout)) is null)
        {
            _hasNoRoom = _room is null;
            return answers;
        }

        var first = calls[0].Call.Feed == Feed.ManyFiles && open.Count > 1 ? Together(candidates, open) : [];
        Parallel.ForEach(open, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var complaints = first.TryGetValue(i, out var known) ? known : Alone(candidates[i]);
            if (complaints is not null)
            {
                answers[i] = [.. complaints.Select(c => new Sighting(candidates[i].Path,
                    $"is not {checker.Language} that {Path.GetFileName(calls[0].Program)} accepts: {c.Message}", c.Line, c.Column))];
                subject.Cache.Put(checker.Info, Variant(candidates[i].Path), candidates[i].Blob, answers[i]!);
            }
            else
            {
                subject.Cache.PutForNow(checker.Info, Variant(candidates[i].Path), candidates[i].Blob,
                    [.. _shortfalls.Where(s => s.Path == candidates[i].Path)]);
            }
        });
        return answers;
    }

    /// <inheritdoc/>
    public void Dispose() => _room?.Dispose();

    // Two files of one content are judged alike where their names have one extension, by one program.
    private string Variant(RepoPath file) => $"{Path.GetExtension(file.Name)} {_programs}";

    // Where a run tells nothing, its files are asked about one by one: one of them may have killed it.
    private Dictionary<int, IReadOnlyList<Complaint>> Together(List<Candidate> candidates, List<int> open)
    {
        var found = new ConcurrentDictionary<int, IReadOnlyList<Complaint>>();
        Parallel.ForEach(open.Chunk(MostFilesOfOneRun), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, chunk =>
        {
            if (Run(calls[0], [.. chunk.Select(i => candidates[i])], out _) is { } complaints)
            {
                for (var at = 0; at < chunk.Length; at++)
                {
                    found[chunk[at]] = [.. complaints.Where(c => c.File == at)];
                }
            }
        });
        return new Dictionary<int, IReadOnlyList<Complaint>>(found);
    }

    private IReadOnlyList<Complaint>? Alone(Candidate candidate)
    {
        IReadOnlyList<Complaint>? first = null;
        foreach (var call in calls)
        {
            var complaints = Run(call, [candidate], out var stopped);
            if (stopped)
            {
                _shortfalls.Enqueue(new Sighting(candidate.Path, $"was not checked: {Path.GetFileName(call.Program)} did not end "
                    + $"within {limits.Each.TotalSeconds:0.#} s and was stopped")
                { Unsure = true });
                return null;
            }

            if (complaints is null or { Count: 0 })
            {
                return complaints;
            }

            first ??= complaints;
        }

        return first;
    }

    private IReadOnlyList<Complaint>? Run((ToolCall Call, string Program) call, Candidate[] candidates, out bool stopped)
    {
        stopped = false;
        var left = limits.Overall - Stopwatch.GetElapsedTime(_started);
        if (left <= TimeSpan.Zero)
        {
            if (Interlocked.Exchange(ref _outOfTime, 1) == 0)
            {
                _shortfalls.Enqueue(new Sighting(candidates[0].Path, $"was not checked, and perhaps others were not: the {checker.Info.Name} "
                    + $"checker had used up its {limits.Overall.TotalSeconds:0.#} s")
                { Unsure = true });
            }

            return null;
        }

        try
        {
            string[] files = call.Call.Feed == Feed.StandardInput ? ["<stdin>"]
                : [.. candidates.Select(c => _room!.Copy(c.Path.Name, Copied(c.Bytes, call.Call), call.Call.Beside))];
            var (answer, late) = ToolRun.Try(call.Program, Arguments(call.Call, files), _room!.New(), Variables(call.Program),
                call.Call.Feed == Feed.StandardInput ? candidates[0].Bytes : default, left < limits.Each ? left : limits.Each);
            stopped = late;
            return answer is null ? null : call.Call.Read(answer, files);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _shortfalls.Enqueue(new Sighting(candidates[0].Path, $"was not checked: {cause.Message}") { Unsure = true });
            return null;
        }
    }

    private List<string> Arguments(ToolCall call, string[] files)
    {
        List<string> words = [.. call.Arguments.Select(a => a.Replace("{empty}", _room!.Empty, StringComparison.Ordinal))];
        if (call.Feed == Feed.StandardInput)
        {
            return words;
        }

        return words.Exists(w => w.Contains("{}", StringComparison.Ordinal))
            ? [.. words.Select(w => w.Replace("{}", files[0], StringComparison.Ordinal))] : [.. words, .. files];
    }

    private static ReadOnlySpan<byte> Copied(ReadOnlyMemory<byte> bytes, ToolCall call)
    {
        if (!call.BlankShebang || !bytes.Span.StartsWith("#!"u8))
        {
            return bytes.Span;
        }

        var copy = bytes.ToArray();
        copy[1] = (byte)'#';
        return copy;
    }

    // Everything that the parent has is taken away, so that no variable makes a program load code or settings.
    private Dictionary<string, string?> Variables(string program)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            variables[name] = OperatingSystem.IsWindows() && name.Equals("SystemRoot", StringComparison.OrdinalIgnoreCase)
                ? Environment.GetEnvironmentVariable(name) : null;
        }

        variables["PATH"] = path.Value;
        variables["HOME"] = _room!.Home;
        variables["TMPDIR"] = _room.Home;
        variables["LC_ALL"] = "C";
        if (path.Rustup(program) is { } rustup && checker.Info.Name == "rustfmt")
        {
            variables["RUSTUP_HOME"] = rustup;
            variables["RUSTUP_AUTO_INSTALL"] = "0";
        }

        return variables;
    }
}
