using System.Globalization;

namespace GitWriteOpt.Benchmarks;

/// <summary>What <c>apply</c> measures.</summary>
/// <param name="Directory">Where the repositories are made: its file system is what is measured.</param>
/// <param name="Sizes">Batch sizes, in files of 4 KB.</param>
/// <param name="Runs">Timed runs of each way at each size; some more come before them, untimed.</param>
/// <param name="Output">Where the tables go: this name with <c>.md</c> and with <c>.json</c>.</param>
internal sealed record ComparisonOptions(string Directory, IReadOnlyList<int> Sizes, int Runs, string Output)
{
    /// <summary>Reads <c>--directory</c>, <c>--sizes</c>, <c>--runs</c> and <c>--output</c>, each with a value.</summary>
    /// <exception cref="ArgumentException">Something else was given.</exception>
    internal static ComparisonOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ComparisonOptions(Path.GetTempPath(), [1, 10, 100, 1000], 15, "apply-comparison");
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1]
                : throw new ArgumentException($"{arguments[i]} needs a value");
            options = arguments[i] switch
            {
                "--directory" => options with { Directory = Path.GetFullPath(value) },
                "--sizes" => options with { Sizes = [.. value.Split(',').Select(Number)] },
                "--runs" => options with { Runs = Number(value) },
                "--output" => options with { Output = value },
                _ => throw new ArgumentException($"{arguments[i]}: expected --directory, --sizes, --runs or --output"),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
