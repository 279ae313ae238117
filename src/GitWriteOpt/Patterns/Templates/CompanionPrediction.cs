namespace GitWriteOpt.Patterns.Templates;

/// <summary>A file that is likely made beside a new one.</summary>
/// <param name="Path">Where.</param>
/// <param name="Confidence">From 0 to 1.</param>
/// <param name="Sources">Earlier files in its place, the nearest first.</param>
internal sealed record PredictedFile(string Path, double Confidence, IReadOnlyList<PredictionSource> Sources)
{
    /// <summary>The text of the new file as it would be here, where this is the same file of another directory; else empty.</summary>
    internal string Twin { get; init; } = "";
}

/// <summary>An earlier file that stands where a predicted one would.</summary>
/// <param name="Group">The commit that made it.</param>
/// <param name="File">Its number there.</param>
/// <param name="Analogy">From its companion to the new file.</param>
internal readonly record struct PredictionSource(int Group, int File, Analogy Analogy);

/// <summary>
/// Says which files are made beside a new file: for each way to read its path, the earlier files of that shape and what
/// was made with them, renamed. Of the earlier files of a shape, newer and nearer ones counting more, those with the
/// companion are the chance of it; chances of several shapes are joined with a noisy or.
/// </summary>
internal sealed class CompanionPrediction(AdditionLog log, TreeCompanions? tree = null)
{
    private const int MostEarlier = 24;
    private const double Doubt = 0.6;
    private const double HalfLife = 300;
    private const double OtherShapes = 0.35;
    private const double Mentioned = 0.3;
    private const double Unnamed = 0.25;
    private const int FromTree = 60;

    /// <summary>The likely files, best first.</summary>
    /// <param name="path">The new file.</param>
    /// <param name="content">Its text; empty where it is not known.</param>
    /// <param name="exists">Whether a path is there already.</param>
    /// <param name="most">How many at most.</param>
    internal List<PredictedFile> Of(string path, string content, Func<string, bool> exists, int most)
    {
        var candidates = new Dictionary<string, Candidate>(StringComparer.Ordinal);
        var analogies = new Dictionary<(Addition, NameWords), Analogy>();
        foreach (var reading in PathReading.Of(path))
        {
            Vote(reading.Full, 0, reading, path, content, candidates, analogies);
            Vote(reading.Near, 1, reading, path, content, candidates, analogies);
            Vote(reading.Bare, 2, reading, path, content, candidates, analogies);
        }

        foreach (var companion in tree?.Of(path).Concat(tree.Usual(path)) ?? [])
        {
            var candidate = Candidate.In(candidates, companion.Path);
            candidate.Add(companion.Chance);
            foreach (var (from, analogy) in companion.From)
            {
                if (log.Find(from) is { } made)
                {
                    candidate.Source(new PredictionSource(made.Group, made.File, analogy), FromTree);
                }
            }
        }

        var twins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (beside, chance) in tree?.Beside(path) ?? [])
        {
            Candidate.In(candidates, beside).Add(chance);
            twins.Add(beside);
        }

        foreach (var mention in Mentions.Of(path, content, tree is null ? null : tree.HasFilesIn))
        {
            var candidate = Candidate.In(candidates, mention.Path);
            candidate.Add(mention.Chance);
        }

        return
        [
            .. candidates.Where(c => c.Key != path)
                .Select(c => (c.Key, Chance: c.Value.Chance(Mention(c.Key, path, content)), c.Value.Sources))
                .OrderByDescending(c => c.Chance).ThenBy(c => c.Key, StringComparer.Ordinal)
                .Where(c => !exists(c.Key)).Take(most)
                .Select(c => new PredictedFile(c.Key, Math.Round(c.Chance, 3), [.. c.Sources.OrderBy(s => s.Distance).Select(s => s.Source)])
                {
                    Twin = twins.Contains(c.Key) ? TwinOf(path, content, c.Key) : "",
                }),
        ];
    }

    private static string TwinOf(string path, string content, string twin)
    {
        var (from, to) = (PathReading.Directories(path)[^1], PathReading.Directories(twin)[^1]);
        return new Renaming([(NameWords.Of(from), NameWords.Of(to))], [(from, to)], NameForm.Camel, NameForm.Camel).Apply(content);
    }

    private static bool Mention(string candidate, string path, string content)
    {
        var body = PathReading.Body(candidate[(candidate.LastIndexOf('/') + 1)..]);
        return body.Length > 3 && body != PathReading.Body(path[(path.LastIndexOf('/') + 1)..])
            && content.Contains(body, StringComparison.Ordinal);
    }

    private void Vote(ulong shape, int level, PathReading reading, string path, string content,
        Dictionary<string, Candidate> candidates, Dictionary<(Addition, NameWords), Analogy> analogies)
    {
        var inText = new Lazy<NameForm>(() => Usage(reading.Name, content));
        var directory = path[..Math.Max(0, path.LastIndexOf('/'))];
        var total = 0.0;
        var votes = new Dictionary<string, (double Weight, int Groups)>(StringComparer.Ordinal);
        var rank = 0;
        foreach (var addition in log.Of(shape).Take(MostEarlier))
        {
            var earlier = log.FileOf(addition).Path;
            var nearness = PathShape.Nearness(directory, earlier[..Math.Max(0, earlier.LastIndexOf('/'))]);
            var weight = Math.Pow(0.5, (log.Count - addition.Group) / HalfLife) * (level == 0 ? 1 : 0.3 + (0.7 * nearness));
            total += weight;
            var group = log[addition.Group];
            if (group.Added.Count < 2)
            {
                continue;
            }

            if (!analogies.TryGetValue((addition, reading.Name), out var analogy))
            {
                analogies.Add((addition, reading.Name), analogy = new Analogy(earlier, addition.Name, path, reading.Name, inText.Value));
            }

            for (var file = 0; file < group.Added.Count; file++)
            {
                if (file == addition.File)
                {
                    continue;
                }

                foreach (var companion in analogy.Paths(group.Added[file].Path))
                {
                    var (sum, groups) = votes.GetValueOrDefault(companion);
                    votes[companion] = (sum + (weight / Math.Max(1, Math.Sqrt(group.Added.Count / 8.0))), groups + 1);
                    Candidate.In(candidates, companion).Source(new PredictionSource(addition.Group, file, analogy),
                        (level * 100) - (reading.Fixed * 10) + rank);
                }
            }

            rank++;
        }

        foreach (var (companion, (sum, groups)) in votes)
        {
            // One earlier commit that made a file of another name is no rule yet.
            var named = groups > 1 || Resembles(companion, reading.Name);
            Candidate.In(candidates, companion).Add(Math.Min(1, sum / (total + Doubt)) * (named ? 1 : Unnamed));
        }
    }

    private static bool Resembles(string companion, NameWords name) =>
        NameWords.Of(companion[(companion.LastIndexOf('/') + 1)..]).Key.Contains(name.Key, StringComparison.Ordinal);

    // How the given file itself writes a name of several words.
    private static NameForm Usage(NameWords name, string content) => name.Count < 2 ? NameForm.Camel
        : new[] { NameForm.Camel, NameForm.Snake, NameForm.Kebab, NameForm.Lower }
            .MaxBy(form => content.AsSpan().Count(name.In(form)));

    private sealed class Candidate
    {
        private readonly Dictionary<(int, int), (int Distance, PredictionSource Source)> _sources = [];
        private double _best;
        private double _none = 1;

        internal IEnumerable<(int Distance, PredictionSource Source)> Sources => _sources.Values;

        internal static Candidate In(Dictionary<string, Candidate> candidates, string path)
        {
            if (!candidates.TryGetValue(path, out var candidate))
            {
                candidates.Add(path, candidate = new Candidate());
            }

            return candidate;
        }

        internal void Add(double chance)
        {
            _none *= 1 - (OtherShapes * chance);
            _best = Math.Max(_best, chance);
        }

        internal void Source(PredictionSource source, int distance)
        {
            if (!_sources.TryGetValue((source.Group, source.File), out var known) || known.Distance > distance)
            {
                _sources[(source.Group, source.File)] = (distance, source);
            }
        }

        internal double Chance(bool mentioned)
        {
            var chance = 1 - ((1 - _best) * (_none / (1 - (OtherShapes * _best))));
            return mentioned ? chance + ((1 - chance) * Mentioned) : chance;
        }
    }
}
