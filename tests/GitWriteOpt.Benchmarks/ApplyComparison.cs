using System.Diagnostics;
using System.Globalization;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Benchmarks;

/// <summary>
/// Batches of 4 KB files over existing ones, in one process: naive writing, the same with an fsync each, and
/// <c>Writer.Apply</c> at each durability. The ways alternate, each in a repository of its own, and the file
/// system is synced before each run, untimed: so each pays for what it has dirtied itself, and naive writing for nothing.
/// </summary>
internal static class ApplyComparison
{
    private const int WarmUps = 5;

    /// <summary>Measures, prints the tables and writes them to files.</summary>
    internal static int Run(ComparisonOptions options)
    {
        var measured = new List<Series>();
        foreach (var size in options.Sizes)
        {
            measured.AddRange(Measure(options, size));
        }

        var markdown = ComparisonTable.Markdown(measured, options);
        File.WriteAllText(options.Output + ".md", markdown);
        File.WriteAllText(options.Output + ".json", ComparisonTable.Json(measured, options));
        Console.WriteLine(markdown);
        return 0;
    }

    private static List<Series> Measure(ComparisonOptions options, int files)
    {
        List<MeasuredWay> ways =
        [
            new MeasuredWay.Naive(new ScratchRepository(options.Directory, files)),
            new MeasuredWay.NaiveSynced(new ScratchRepository(options.Directory, files)),
            .. new[] { Durability.None, Durability.Batch, Durability.Full }.Select(durability =>
                new MeasuredWay.Transactional(new ScratchRepository(options.Directory, files), durability)),
        ];
        try
        {
            using var example = new ScratchRepository(options.Directory, files);
            var all = ways.ConvertAll(way => new Series(way.Name, files));
            for (var round = 0; round < WarmUps + options.Runs; round++)
            {
                var contents = example.Contents(round + 1);
                for (var turn = 0; turn < ways.Count; turn++)
                {
                    // Another one begins each round: what follows an expensive way is not always the same.
                    var i = (turn + round) % ways.Count;
                    var (milliseconds, phases) = Time(ways[i], contents, options.Directory);
                    if (round >= WarmUps)
                    {
                        all[i].Add(milliseconds, phases);
                    }

                    all[i].Estimated = (ways[i] as MeasuredWay.Transactional)?.Estimated ?? 0;
                }
            }

            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files} files: measured"));
            return all;
        }
        finally
        {
            ways.ForEach(way => way.Dispose());
        }
    }

    private static (double Milliseconds, IReadOnlyDictionary<string, double> Phases) Time(
        MeasuredWay way, IReadOnlyList<byte[]> contents, string directory)
    {
        way.Prepare(contents);
        Sync.FileSystem(directory);
        GC.Collect(0);
        var started = Stopwatch.GetTimestamp();
        var phases = way.Write();
        return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, phases);
    }
}
