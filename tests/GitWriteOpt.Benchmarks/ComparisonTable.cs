using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GitWriteOpt.Benchmarks;

/// <summary>What was measured, as Markdown for people and as JSON for programs.</summary>
internal static class ComparisonTable
{
    private const string Baseline = "naive";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Ratios, then the phases, then what a batch and what a file costs.</summary>
    internal static string Markdown(IReadOnlyList<Series> measured, ComparisonOptions options)
    {
        var text = new StringBuilder();
        var drive = new DriveInfo(options.Directory);
        text.Append(CultureInfo.InvariantCulture,
            $"{drive.DriveFormat}, {Environment.ProcessorCount} cores, medians of {options.Runs} alternating runs, ");
        text.Append("x naive (milliseconds).\n\n| files of 4 KB |");
        var ways = measured.Select(s => s.Way).Distinct().ToList();
        ways.ForEach(way => text.Append(CultureInfo.InvariantCulture, $" {way} |"));
        text.Append("\n|---|").Insert(text.Length, "---|", ways.Count).Append('\n');
        foreach (var size in measured.GroupBy(s => s.Files))
        {
            var naive = size.First(s => s.Way == Baseline).Median;
            text.Append(CultureInfo.InvariantCulture, $"| {size.Key} |");
            foreach (var series in size)
            {
                text.Append(CultureInfo.InvariantCulture, $" {series.Median / naive:0.00} ({series.Median:0.00}) |");
            }

            text.Append('\n');
        }

        text.Append("\nPhases, milliseconds:\n\n");
        foreach (var series in measured.Where(s => s.Phases.Any()))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {series.Files} files, {series.Way}: ");
            text.AppendJoin(", ", series.Phases.Select(p =>
                string.Create(CultureInfo.InvariantCulture, $"{p.Phase} {p.Milliseconds:0.00}")));
            text.Append(CultureInfo.InvariantCulture,
                $"; p99 {series.P99:0.00}; estimated {series.Estimated:0.00}\n");
        }

        text.Append("\nA batch and a file, milliseconds, from the smallest and the largest size:\n\n");
        foreach (var way in measured.GroupBy(s => s.Way))
        {
            var (batch, file) = Fit([.. way]);
            text.Append(CultureInfo.InvariantCulture, $"- {way.Key}: {batch:0.00} + {file:0.0000} a file\n");
        }

        return text.ToString();
    }

    /// <summary>The same figures, an object for each way and size.</summary>
    internal static string Json(IReadOnlyList<Series> measured, ComparisonOptions options)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented))
        {
            writer.WriteStartObject();
            writer.WriteString("fileSystem", new DriveInfo(options.Directory).DriveFormat);
            writer.WriteNumber("cores", Environment.ProcessorCount);
            writer.WriteNumber("runs", options.Runs);
            writer.WriteStartArray("measured");
            foreach (var series in measured)
            {
                var naive = measured.First(s => s.Way == Baseline && s.Files == series.Files).Median;
                writer.WriteStartObject();
                writer.WriteString("way", series.Way);
                writer.WriteNumber("files", series.Files);
                writer.WriteNumber("median", Math.Round(series.Median, 4));
                writer.WriteNumber("p99", Math.Round(series.P99, 4));
                writer.WriteNumber("ratio", Math.Round(series.Median / naive, 4));
                writer.WriteNumber("estimated", Math.Round(series.Estimated, 4));
                writer.WriteStartObject("phases");
                foreach (var (phase, milliseconds) in series.Phases)
                {
                    writer.WriteNumber(phase, Math.Round(milliseconds, 4));
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static (double Batch, double File) Fit(IReadOnlyList<Series> sizes)
    {
        var (small, large) = (sizes.MinBy(s => s.Files)!, sizes.MaxBy(s => s.Files)!);
        var file = small == large ? 0 : (large.Median - small.Median) / (large.Files - small.Files);
        return (small.Median - (file * small.Files), file);
    }
}
