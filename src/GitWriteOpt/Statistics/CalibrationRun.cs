using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Statistics;

/// <summary>
/// Measures what the same files cost written singly and as one batch, at each durability: real transactions in a scratch
/// repository below the git directory, on the same file system, which goes afterwards. The result is kept beside it.
/// </summary>
/// <param name="context">The repository.</param>
/// <param name="apply">Applies a batch in the scratch repository at a durability: the milliseconds of its phases.</param>
internal sealed class CalibrationRun(TransactionContext context, Func<string, Batch, Durability, double> apply)
{
    private const int FileBytes = 4096;
    private const int LargeBytes = 1 << 20;
    private static readonly TimeSpan LongestLevel = TimeSpan.FromSeconds(10);

    /// <summary>How many files.</summary>
    internal int Files { get; init; } = 16;

    /// <summary>How often each is measured; the median counts.</summary>
    internal int Rounds { get; init; } = 3;

    /// <summary>Called with what is measured, levels done and levels in all.</summary>
    internal Action<string, int, int>? Progress { get; init; }

    private string File => context.State.Root + "/calibration";

    /// <summary>What was measured on this machine; null where nothing was, or it cannot be read.</summary>
    internal static Calibration? Read(LocalState state)
    {
        try
        {
            var file = state.Root + "/calibration";
            return System.IO.File.Exists(file) && Calibration.Parse(System.IO.File.ReadAllText(file)) is { } found
                && found.Machine == Environment.MachineName ? found : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Measures, and keeps the result.</summary>
    /// <exception cref="StoreException">The scratch repository cannot be made or written.</exception>
    internal Calibration Measure()
    {
        context.State.Prepare();
        var scratch = $"{File}-{SystemRandom.HexDigits(4)}";
        var levels = new List<CalibratedLevel>();
        try
        {
            foreach (var durability in new[] { Durability.Full, Durability.Batch, Durability.None })
            {
                Progress?.Invoke("measuring", levels.Count, 3);
                var root = $"{scratch}/{durability}";
                Make(root);
                levels.Add(Level(root, durability));
            }

            var result = new Calibration(context.Time.GetUtcNow(), Environment.MachineName, new DriveInfo(context.State.Root).DriveFormat,
                Files, FileBytes, levels);
            System.IO.File.WriteAllText(File + ".new", result.ToText());
            System.IO.File.Move(File + ".new", File, overwrite: true);
            return result;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "calibrate in", scratch);
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    private void Make(string root)
    {
        Directory.CreateDirectory(root);
        new GitProcess(null) { WorkingDirectory = root, PlainPathspecs = false }.Run(
            ["init", "-q", "--template=", $"--object-format={context.Layout.ObjectFormat.ToString().ToLowerInvariant()}", "."]);
    }

    private CalibratedLevel Level(string root, Durability durability)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var (singles, batches, larges) = (new List<WriteCost>(), new List<WriteCost>(), new List<double>());
        var version = 0;
        Cost(root, durability, Written(version++, 0, Files), null); // what is only done once
        for (var round = 0; round < Rounds && (round == 0 || clock.Elapsed < LongestLevel); round++, version++)
        {
            var each = new WriteCost(0, 0, 0);
            for (var i = 0; i < Files; i++)
            {
                Cost(root, durability, Written(version, i, 1), null, cost => each = new WriteCost(each.Milliseconds + cost.Milliseconds,
                    each.Calls + cost.Calls, each.Syncs + cost.Syncs));
            }

            singles.Add(new WriteCost(each.Milliseconds / Files, each.Calls / Files, each.Syncs / Files));
            Cost(root, durability, Written(++version, 0, Files), batches);
            larges.Add(apply(root, new Batch("large", [new Operation.Write(RepoPath.Parse("large"), Text(version, 0, LargeBytes))]), durability));
        }

        var single = Median(singles);
        larges.Sort();
        return new CalibratedLevel(durability, single, Median(batches),
            Math.Max(0, larges[larges.Count / 2] - single.Milliseconds) * LargeBytes / (LargeBytes - FileBytes));
    }

    private void Cost(string root, Durability durability, Batch batch, List<WriteCost>? into, Action<WriteCost>? each = null)
    {
        var (calls, syncs) = (Calls(), Sync.Count);
        var milliseconds = apply(root, batch, durability);
        var cost = new WriteCost(milliseconds, Calls() - calls, Sync.Count - syncs);
        into?.Add(cost);
        each?.Invoke(cost);
    }

    private static Batch Written(int version, int first, int count)
    {
        var operations = new List<Operation>(count);
        for (var i = first; i < first + count; i++)
        {
            operations.Add(new Operation.Write(RepoPath.Parse($"f{i:00}"), Text(version, i, FileBytes)));
        }

        return new Batch("calibrate", operations);
    }

    // Text that compresses about as source does, another one each time.
    private static Content Text(int version, int number, int length)
    {
        var text = new StringBuilder(length + 64);
        for (var line = 0; text.Length < length; line++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"let value{line} = combine({version}, {number}, {(line * 7919) ^ (version << 8)})\n");
        }

        return Content.Of(text.ToString(0, length));
    }

    private static WriteCost Median(List<WriteCost> costs)
    {
        costs.Sort((a, b) => a.Milliseconds.CompareTo(b.Milliseconds));
        return costs[costs.Count / 2];
    }

    // Reads and writes of this process so far, as the kernel counts them.
    private static double Calls()
    {
        const string path = "/proc/self/io";
        var calls = 0.0;
        foreach (var line in OperatingSystem.IsLinux() && System.IO.File.Exists(path) ? System.IO.File.ReadAllLines(path) : [])
        {
            if (line.StartsWith("syscr: ", StringComparison.Ordinal) || line.StartsWith("syscw: ", StringComparison.Ordinal))
            {
                calls += double.Parse(line.AsSpan(7), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return calls;
    }
}
