using System.Globalization;

namespace GitWriteOpt.Statistics;

/// <summary>What single writes and one batch of them were measured to cost, on one machine and file system.</summary>
/// <param name="Time">When.</param>
/// <param name="Machine">The machine's name: figures of another one say nothing here.</param>
/// <param name="FileSystem">What the git directory lies on.</param>
/// <param name="Files">So many files were written singly, and in one batch.</param>
/// <param name="Bytes">The length of each.</param>
/// <param name="Levels">A row for each durability.</param>
public sealed record Calibration(
    DateTimeOffset Time, string Machine, string FileSystem, int Files, int Bytes, IReadOnlyList<CalibratedLevel> Levels)
{
    private const string Mark = "calibration-1";

    /// <summary>The row of a durability, or null.</summary>
    public CalibratedLevel? At(Durability durability)
    {
        foreach (var level in Levels)
        {
            if (level.Durability == durability)
            {
                return level;
            }
        }

        return null;
    }

    /// <summary>Lines of text, for <see cref="Parse"/>.</summary>
    internal string ToText()
    {
        var text = new System.Text.StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Mark}\n{Time.ToUnixTimeSeconds()}\n{Machine}\n{FileSystem}\n{Files} {Bytes}\n");
        foreach (var level in Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"{level.Durability} {level.Single.Milliseconds:0.####} {level.Single.Calls:0.##} {level.Single.Syncs:0.##} ")
                .Append(CultureInfo.InvariantCulture, $"{level.Batch.Milliseconds:0.####} {level.Batch.Calls:0.##} {level.Batch.Syncs:0.##} {level.MillisecondsPerMebibyte:0.####}\n");
        }

        return text.ToString();
    }

    /// <summary>What <see cref="ToText"/> wrote; null where it is something else or damaged.</summary>
    internal static Calibration? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 6 || lines[0] != Mark || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            || time > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || Numbers(lines[4], 0) is not [var files, var bytes] || files < 2)
        {
            return null;
        }

        var levels = new List<CalibratedLevel>();
        for (var i = 5; i < lines.Length && lines[i].Length > 0; i++)
        {
            if (!Enum.TryParse<Durability>(lines[i].Split(' ')[0], out var durability)
                || Numbers(lines[i], 1) is not [var a, var b, var c, var d, var e, var f, var g])
            {
                return null;
            }

            levels.Add(new CalibratedLevel(durability, new WriteCost(a, b, c), new WriteCost(d, e, f), g));
        }

        return levels.Count == 0 ? null
            : new Calibration(DateTimeOffset.FromUnixTimeSeconds(time), lines[2], lines[3], (int)files, (int)bytes, levels);
    }

    private static double[]? Numbers(string line, int skip)
    {
        var words = line.Split(' ');
        var numbers = new double[words.Length - skip];
        for (var i = skip; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i - skip]))
            {
                return null;
            }
        }

        return numbers;
    }
}

/// <summary>What a durability costs.</summary>
/// <param name="Durability">Which.</param>
/// <param name="Single">A transaction of one file, on the average of <see cref="Calibration.Files"/> of them.</param>
/// <param name="Batch">One transaction of all the files.</param>
/// <param name="MillisecondsPerMebibyte">What a file costs more for its length.</param>
public sealed record CalibratedLevel(Durability Durability, WriteCost Single, WriteCost Batch, double MillisecondsPerMebibyte);

/// <summary>What a transaction cost.</summary>
/// <param name="Milliseconds">Wall time of the phases that write; plan, validation and the start of a process are not counted.</param>
/// <param name="Calls">Reads and writes as the kernel counts them (<c>/proc/self/io</c>); 0 where it does not.</param>
/// <param name="Syncs">Calls of fsync and syncfs.</param>
public sealed record WriteCost(double Milliseconds, double Calls, double Syncs);
