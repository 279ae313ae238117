namespace GitWriteOpt.Patterns;

/// <summary>Where candidates come from.</summary>
internal sealed partial class Evidence
{
    private const int NewestOfFile = 150;
    private const int NewestOfDirectory = 60;
    private const int NewestAdditions = 30;
    private const int MostCompanions = 30;

    // A file that was made together with others says little about what is changed together later.
    private const float WeightOfCreation = 0.2f;

    private static readonly Decay PairDecay = new(500);
    private static readonly Decay DirectoryDecay = new(250);
    private static readonly Decay OverlapDecay = new(700);
    private static readonly Decay ActivityDecay = new(60);

    private static readonly (Figure Figure, Figure Of)[] Logarithms =
    [
        (Figure.LogPairShare, Figure.PairShare), (Figure.LogRecentPairShare, Figure.RecentPairShare),
        (Figure.LogConverse, Figure.Converse), (Figure.LogDirectory, Figure.RecentDirectoryShare),
        (Figure.LogNeighbours, Figure.Neighbours), (Figure.LogAddition, Figure.AdditionShare),
        (Figure.LogShape, Figure.ShapeShare), (Figure.LogClosest, Figure.ClosestCommits),
    ];

    private readonly Tally _overlaps = new();

    private void FromPairs(Given given)
    {
        if (given.File < 0)
        {
            return;
        }

        var commits = log.CommitsOf(given.File);
        var first = Math.Max(0, commits.Count - NewestOfFile);
        float all = commits.Count - first, weight = 0, sizes = 0;
        _pairs.Begin(log.Files.Count);
        for (var k = commits.Count - 1; k >= first; k--)
        {
            var files = log.FilesOf(commits[k]);
            var w = Weight(PairDecay, commits[k], files.Length);
            w *= log.Created(commits[k], Array.IndexOf(files, given.File)) ? WeightOfCreation : 1;
            weight += w;
            sizes += files.Length;
            _overlaps[commits[k]].Number++;
            foreach (var file in files)
            {
                ref var pair = ref _pairs[file];
                pair.Number++;
                pair.Weight += w;
                pair.IsNewest |= k == commits.Count - 1;
            }
        }

        foreach (var file in _pairs.Touched)
        {
            if (TryRow(file, out var row))
            {
                Take(row, _pairs[file], all, weight, sizes / all, log.CommitsOf(file).Count);
            }
        }
    }

    private static void Take(Span<float> row, Tally.Entry pair, float all, float weight, float size, int others)
    {
        var share = pair.Number / (all + 1);
        var recent = pair.Weight / (weight + 0.5f);
        var converse = pair.Number / (others + 1f);
        if (share > At(row, Figure.PairShare))
        {
            At(row, Figure.PairShare) = share;
            At(row, Figure.PairCount) = pair.Number;
            At(row, Figure.CommitSize) = size;
        }

        Raise(row, Figure.RecentPairShare, recent);
        At(row, Figure.AnyPair) = 1 - ((1 - At(row, Figure.AnyPair)) * (1 - (0.7f * recent)));
        At(row, Figure.Supporters)++;
        At(row, Figure.MeanPairShare) += share;
        Raise(row, Figure.Converse, converse);
        Raise(row, Figure.MutualShare, Math.Min(converse, share));
        Raise(row, Figure.Jaccard, pair.Number / (others + all - pair.Number + 1));
        Raise(row, Figure.InLastCommit, pair.IsNewest ? 1 : 0);
    }

    private void FromDirectory(Given given)
    {
        var commits = log.CommitsIn(given.Directory);
        var first = Math.Max(0, commits.Count - NewestOfDirectory);
        var weight = 0f;
        _pairs.Begin(log.Files.Count);
        for (var k = commits.Count - 1; k >= first; k--)
        {
            var files = log.FilesOf(commits[k]);
            var w = Weight(DirectoryDecay, commits[k], files.Length);
            weight += w;
            foreach (var file in files)
            {
                ref var pair = ref _pairs[file];
                pair.Number++;
                pair.Weight += w;
            }
        }

        foreach (var file in _pairs.Touched)
        {
            if (TryRow(file, out var row))
            {
                var pair = _pairs[file];
                Raise(row, Figure.DirectoryShare, pair.Number / (commits.Count - first + 1));
                Raise(row, Figure.RecentDirectoryShare, pair.Weight / (weight + 0.5f));
                Raise(row, Figure.DirectoryCount, pair.Number);
            }
        }
    }

    // What went with earlier new files of its kind: a registry, a project file, a list.
    private void FromAdditions(Given given)
    {
        if (given.File >= 0 && log.CommitsOf(given.File).Count > 0)
        {
            return;
        }

        var commits = log.AdditionsIn(given.Directory, given.Shape.Extension);
        var first = Math.Max(0, commits.Count - NewestAdditions);
        _pairs.Begin(log.Files.Count);
        for (var k = commits.Count - 1; k >= first; k--)
        {
            foreach (var file in log.FilesOf(commits[k]))
            {
                _pairs[file].Number++;
            }
        }

        foreach (var file in _pairs.Touched)
        {
            if (TryRow(file, out var row))
            {
                Raise(row, Figure.AdditionShare, _pairs[file].Number / (commits.Count - first + 1));
            }
        }
    }

    private void FromCompanions(Given given)
    {
        if (given.Stem < 0 || log.Files.WithStem(given.Stem) is not { Count: <= MostCompanions } companions)
        {
            return;
        }

        foreach (var file in companions)
        {
            if (TryRow(file, out var row))
            {
                var count = log.Shape(given.Affix, log.Files[file].Affix);
                var share = count.Kept / (count.Chances + 2f);
                Raise(row, Figure.SameStem, log.Files[file].Directory == given.Directory ? 1 : 0.5f);
                if (share > At(row, Figure.ShapeShare))
                {
                    At(row, Figure.ShapeShare) = share;
                    At(row, Figure.ShapeCount) = count.Kept;
                }
            }
        }
    }

    private void FromOverlaps()
    {
        var best = 0f;
        foreach (var commit in _overlaps.Touched)
        {
            best = Math.Max(best, _overlaps[commit].Number);
        }

        var closest = 0;
        var grounded = _given.Count(given => given.File >= 0 && log.CommitsOf(given.File).Count > 0);
        _whole.Clear();
        foreach (var commit in _overlaps.Touched)
        {
            var overlap = _overlaps[commit].Number;
            var files = log.FilesOf(commit);
            var near = OverlapDecay[log.Count - commit] * overlap * overlap / (_given.Count * (float)Math.Max(2, files.Length));
            closest += overlap == best ? 1 : 0;
            if (overlap == grounded)
            {
                _whole.Add(commit);
            }

            foreach (var file in files)
            {
                if (_rows.Has(file) && TryRow(file, out var row))
                {
                    At(row, Figure.Neighbours) += near;
                    At(row, Figure.ClosestCommits) += overlap == best ? 1 : 0;
                }
            }
        }

        for (var n = 0; n < _candidates.Count; n++)
        {
            _figures[(n * Width) + (int)Figure.ClosestCommits] /= closest + 1;
        }
    }

    private float Weight(Decay decay, int commit, int size) => decay[log.Count - commit] * 4f / Math.Max(4, size);
}
