using System.Text;

namespace GitWriteOpt.Metrics;

/// <summary>
/// How commands ended, a line each (<see cref="CommandRecord"/>): for estimates and for <c>git writeopt stats</c>. A help,
/// not a record of what was done, which is in the commits: losing it loses nothing else, so it is never synced, and
/// trouble with it is never trouble for a command.
/// </summary>
/// <remarks>
/// Lines are appended in one call each, by several processes at once. A file that has grown to its limit becomes the older
/// one and a new one begins, so that both together stay below twice the limit. A line that a power cut left in pieces is
/// passed over.
/// </remarks>
public static class FigureLog
{
    private const int ReadBytes = 24 << 10;
    private const int LargestBytes = 2 << 20;

    /// <summary>What is added to a file's name for the older one.</summary>
    private const string Older = ".1";

    /// <summary>Adds a line; false where that was not possible.</summary>
    public static bool Append(string path, CommandRecord record)
    {
        try
        {
            using var file = TraceFile.Append(path);
            file.Write(Encoding.UTF8.GetBytes(record.ToLine() + "\n"));
            if (file.Length > LargestBytes)
            {
                // Whoever comes second finds the new file, which is short; only who has just opened the old one adds to it.
                Turn(path);
            }

            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// The newest figures of one durability, oldest first; none where there are none or they cannot be read. What the
    /// levels cost differs by the barriers, which are most of what a small batch takes.
    /// </summary>
    public static IReadOnlyList<RecordedFigure> Read(string path, Durability durability)
    {
        var figures = new List<RecordedFigure>();
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(ReadBytes, file.Length), SeekOrigin.End);
            using var text = new StreamReader(file);
            while (text.ReadLine() is { } line)
            {
                if (CommandRecord.Parse(line) is { State: "applied" } one && one.Durability == durability)
                {
                    figures.Add(new RecordedFigure(one.Files, one.Bytes, one.Milliseconds));
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            figures.Clear();
        }

        return figures;
    }

    /// <summary>All that is kept, oldest first, read as it is asked for; what is no line of ours is passed over.</summary>
    /// <exception cref="IOException">A file that is there cannot be read.</exception>
    public static IEnumerable<CommandRecord> All(string path)
    {
        foreach (var file in new[] { path + Older, path })
        {
            if (!File.Exists(file))
            {
                continue;
            }

            using var text = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            while (text.ReadLine() is { } line)
            {
                if (CommandRecord.Parse(line) is { } one)
                {
                    yield return one;
                }
            }
        }
    }

    /// <summary>How many lines are none of ours; 0 where there is no file.</summary>
    public static int Damaged(string path) => File.Exists(path) ? File.ReadLines(path).Count(line => CommandRecord.Parse(line) is null) : 0;

    /// <summary>Takes the lines out that are none of ours. What is appended meanwhile may be lost.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Mend(string path)
    {
        File.WriteAllLines(path + ".new", File.ReadLines(path).Where(line => CommandRecord.Parse(line) is not null));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static void Turn(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > LargestBytes })
        {
            File.Move(path, path + Older, overwrite: true);
        }
    }
}
