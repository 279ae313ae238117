namespace GitWriteOpt.Patterns;

/// <summary>
/// Gathers, for a set of changed files, the files that may be missing and what speaks for each: a row of figures
/// (<see cref="Figure"/>) a candidate. Candidates come from commits of the given files (ROSE, ICSE 2004), from commits
/// that overlap with them (TARMAQ, SANER 2016), from commits in their directories, and from companions by name.
/// </summary>
/// <remarks>
/// <see cref="Gather"/>, then the rows until the next question. Its cost is that of the newest commits of the given files,
/// whatever the length of the history. Buffers are kept; not thread-safe.
/// </remarks>
internal sealed partial class Evidence(ChangeLog log)
{
    /// <summary>Figures a row, and zeros up to a multiple of what a vector register holds.</summary>
    internal const int Width = ((int)Figure.SeveralKnown + 1 + 15) / 16 * 16;

    private const int MostCandidates = 400;

    private readonly Tally _rows = new();
    private readonly Tally _pairs = new();
    private readonly List<int> _candidates = [];
    private readonly HashSet<int> _known = [];
    private readonly List<Given> _given = [];
    private readonly float[] _figures = new float[MostCandidates * Width];

    // By directory; each entry knows the question that it belongs to.
    private float[] _nearness = [];
    private int[] _nearnessOf = [];
    private int _question;

    /// <summary>How many candidates there are.</summary>
    internal int Count => _candidates.Count;

    /// <summary>The files that were asked about.</summary>
    internal IReadOnlyList<Given> Given => _given;

    /// <summary>The file of a candidate.</summary>
    internal int File(int candidate) => _candidates[candidate];

    /// <summary>The figures of a candidate.</summary>
    internal ReadOnlySpan<float> Row(int candidate) => _figures.AsSpan(candidate * Width, Width);

    /// <summary>Looks for what may be missing beside these files.</summary>
    internal void Gather(IEnumerable<string> changed)
    {
        _question++;
        _candidates.Clear();
        _known.Clear();
        _given.Clear();
        _rows.Begin(log.Files.Count);
        foreach (var path in changed)
        {
            var given = Patterns.Given.Of(path, log.Files);
            if (given.File < 0 || _known.Add(given.File))
            {
                _given.Add(given);
            }
        }

        _overlaps.Begin(log.Count);
        foreach (var given in _given)
        {
            FromPairs(given);
            FromDirectory(given);
            FromAdditions(given);
            FromCompanions(given);
        }

        FromOverlaps();
        for (var n = 0; n < _candidates.Count; n++)
        {
            Complete(n);
        }
    }

    // The row of a file, empty at first; none for a given file, one that is gone, or where there are enough.
    private bool TryRow(int file, out Span<float> row)
    {
        var isNew = !_rows.Has(file);
        ref var entry = ref _rows[file];
        if (isNew)
        {
            entry.Row = -1;
            if (log.Files[file].Exists && !_known.Contains(file) && _candidates.Count < MostCandidates)
            {
                entry.Row = _candidates.Count;
                _candidates.Add(file);
                _figures.AsSpan(entry.Row * Width, Width).Clear();
            }
        }

        row = entry.Row < 0 ? default : _figures.AsSpan(entry.Row * Width, Width);
        return entry.Row >= 0;
    }

    private void Complete(int candidate)
    {
        var row = _figures.AsSpan(candidate * Width, Width);
        var file = log.Files[_candidates[candidate]];
        float same = 0, extension = 0, unknown = 0;
        foreach (var given in _given)
        {
            same += given.Directory == file.Directory ? 1 : 0;
            extension += given.Shape.Extension == file.Shape.Extension ? 1 : 0;
            unknown += given.File < 0 ? 1 : 0;
        }

        var commits = log.CommitsOf(_candidates[candidate]);
        var age = commits.Count > 0 ? log.Count - commits[^1] : 5000;
        var activity = 0f;
        for (var k = commits.Count - 1; k >= Math.Max(0, commits.Count - 20); k--)
        {
            activity += ActivityDecay[log.Count - commits[k]];
        }

        var all = _given.Count;
        At(row, Figure.Supporters) /= all;
        At(row, Figure.MeanPairShare) /= all;
        At(row, Figure.SameDirectory) = same / all;
        At(row, Figure.SameExtension) = extension / all;
        At(row, Figure.UnknownShare) = unknown / all;
        At(row, Figure.PathNearness) = Nearness(file);
        At(row, Figure.Changes) = MathF.Log(1 + commits.Count);
        At(row, Figure.Age) = MathF.Log(1 + age);
        At(row, Figure.Recency) = 1 / (1 + MathF.Log(1 + age));
        At(row, Figure.Activity) = MathF.Log(1 + activity);
        At(row, Figure.GivenFiles) = MathF.Log(all);
        At(row, Figure.Unpaired) = At(row, Figure.PairShare) == 0 ? 1 : 0;
        At(row, Figure.PairCosine) = MathF.Sqrt(At(row, Figure.PairShare) * At(row, Figure.Converse));
        foreach (var figure in (ReadOnlySpan<Figure>)[Figure.PairCount, Figure.Neighbours, Figure.ShapeCount,
            Figure.DirectoryCount, Figure.CommitSize])
        {
            At(row, figure) = MathF.Log(1 + At(row, figure));
        }

        foreach (var (figure, of) in Logarithms)
        {
            At(row, figure) = MathF.Log(At(row, of) + 0.02f);
        }
    }

    // The same for all files of a directory, and they are most of the candidates.
    private float Nearness(KnownFile file)
    {
        if (file.Directory >= _nearness.Length)
        {
            Array.Resize(ref _nearness, Math.Max(file.Directory + 1, _nearness.Length * 2));
            Array.Resize(ref _nearnessOf, _nearness.Length);
        }

        if (_nearnessOf[file.Directory] != _question)
        {
            var nearest = 0f;
            foreach (var given in _given)
            {
                nearest = Math.Max(nearest, PathShape.Nearness(given.Shape.Directory, file.Shape.Directory));
            }

            (_nearnessOf[file.Directory], _nearness[file.Directory]) = (_question, nearest);
        }

        return _nearness[file.Directory];
    }

    private static ref float At(Span<float> row, Figure figure) => ref row[(int)figure];

    private static void Raise(Span<float> row, Figure figure, float value) =>
        row[(int)figure] = Math.Max(row[(int)figure], value);
}
