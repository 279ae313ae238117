using System.Text.Json;
using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Sweeps;

namespace GitWriteOpt.Crashes;

/// <summary>Prints the table, line by line as the sweeps end, and writes the same as JSON.</summary>
internal sealed class Report(TextWriter output)
{
    private const int ShownTrials = 3;
    private readonly List<Row> _rows = [];
    private bool _headed;

    /// <summary>The lines in which something of ours is wrong.</summary>
    internal bool HasBad => _rows.Any(r => r.Counts && r.Bad.Count > 0);

    /// <summary>Adds a line.</summary>
    internal void Add(Row row)
    {
        if (!_headed)
        {
            output.WriteLine("| scenario | command | sweep | points | tried | BEFORE | AFTER | bad | seconds |");
            output.WriteLine("|---|---|---|---:|---:|---:|---:|---|---:|");
            _headed = true;
        }

        _rows.Add(row);
        output.WriteLine($"| {row.Scenario} | {row.Command} | {row.Sweep} | {row.Points} | {row.Trials.Count} "
            + $"| {row.Ended(Ending.Before)} | {row.Ended(Ending.After)} | {row.Harms} | {row.Seconds:0.0} |");
        output.Flush();
        foreach (var trial in row.Counts ? row.Bad.Take(ShownTrials) : [])
        {
            Console.Error.WriteLine($"{row.Scenario}, {row.Command}: {trial.Text}\n  in {trial.Folder}");
        }
    }

    /// <summary>Writes what was added.</summary>
    internal void WriteJson(string path)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        foreach (var row in _rows)
        {
            json.WriteStartObject();
            json.WriteString("scenario", row.Scenario);
            json.WriteString("command", row.Command);
            json.WriteString("sweep", row.Sweep);
            json.WriteNumber("points", row.Points);
            json.WriteNumber("tried", row.Trials.Count);
            json.WriteNumber("before", row.Ended(Ending.Before));
            json.WriteNumber("after", row.Ended(Ending.After));
            json.WriteNumber("seconds", Math.Round(row.Seconds, 1));
            json.WriteString("note", row.Note);
            json.WriteStartArray("bad");
            foreach (var trial in row.Bad)
            {
                json.WriteStringValue(trial.Text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
