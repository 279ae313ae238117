using System.Globalization;
using System.Text;

namespace GitWriteOpt.Metrics;

/// <summary>
/// What transactions took, a line each: <c>files bytes milliseconds durability strategy groups largest parallel
/// applied|walked-back</c> (older lines end after the durability). A help for estimates, not a record:
/// losing it loses nothing, so it is never synced and trouble with it is never trouble for a transaction.
/// </summary>
public static class FigureLog
{
    private const int ReadBytes = 16 << 10;
    private const int LargestBytes = 256 << 10;

    /// <summary>Adds a line; false where that was not possible.</summary>
    public static bool Append(string path, int files, long bytes, double milliseconds, Durability durability) =>
        Append(path, new RecordedFigure(files, bytes, milliseconds), durability);

    /// <summary>Adds a line; false where that was not possible.</summary>
    public static bool Append(string path, RecordedFigure figure, Durability durability)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{figure.Files} {figure.Bytes} {figure.Milliseconds:0.###} {durability}");
        if (figure.Strategy.Length > 0)
        {
            line += string.Create(CultureInfo.InvariantCulture,
                $" {figure.Strategy} {figure.Groups} {figure.LargestGroup} {figure.ParallelGroups} {(figure.IsApplied ? "applied" : "walked-back")}");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            if (file.Length > LargestBytes)
            {
                file.SetLength(0);
            }

            file.Write(Encoding.ASCII.GetBytes(line + "\n"));
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// The newest figures of one durability, oldest first; none where there are none or they cannot be read. What the
    /// levels cost differs by the barriers, which are most of what a small batch takes. Only what was applied: a walk back
    /// says nothing about what the next batch takes.
    /// </summary>
    public static IReadOnlyList<RecordedFigure> Read(string path, Durability durability) =>
        [.. ReadAll(path, durability).Where(figure => figure.IsApplied)];

    /// <summary>The newest figures of one durability, oldest first, those of what was walked back too.</summary>
    public static IReadOnlyList<RecordedFigure> ReadAll(string path, Durability durability)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            file.Seek(-Math.Min(ReadBytes, file.Length), SeekOrigin.End);
            using var text = new StreamReader(file);
            return [.. text.ReadToEnd().Split('\n').Select(line => Parse(line, durability)).OfType<RecordedFigure>()];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>How many lines are none of ours; 0 where there is no file.</summary>
    public static int Damaged(string path) => File.Exists(path) ? File.ReadLines(path)
        .Count(line => !Enum.GetValues<Durability>().Any(durability => Parse(line, durability) is not null)) : 0;

    private static RecordedFigure? Parse(string line, Durability wanted)
    {
        var parts = line.Split(' ');
        if (parts.Length is not (4 or 9) || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var files)
            || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var bytes)
            || !double.TryParse(parts[2], CultureInfo.InvariantCulture, out var milliseconds)
            || !Enum.TryParse<Durability>(parts[3], out var durability) || durability != wanted)
        {
            return null;
        }

        var figure = new RecordedFigure(files, bytes, milliseconds);
        return parts.Length == 4 ? figure
            : int.TryParse(parts[5], CultureInfo.InvariantCulture, out var groups) && int.TryParse(parts[6], CultureInfo.InvariantCulture, out var largest)
                && int.TryParse(parts[7], CultureInfo.InvariantCulture, out var parallel)
            ? figure with
            {
                Strategy = parts[4],
                Groups = groups,
                LargestGroup = largest,
                ParallelGroups = parallel,
                IsApplied = parts[8] == "applied",
            }
            : null;
    }
}
