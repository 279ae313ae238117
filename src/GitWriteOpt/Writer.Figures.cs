using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Statistics;

namespace GitWriteOpt;

/// <summary>What recorded transactions, sessions and commands add up to.</summary>
public sealed partial class Writer
{
    /// <summary>The figures. Changes nothing, takes no lock.</summary>
    /// <exception cref="StoreException">What is recorded cannot be read.</exception>
    public FigureReport Figures(FigureRequest request) =>
        new FigureCollection(_context, request.Since is { } since ? Since(since) : null).Collect();

    /// <summary>
    /// Measures what single writes and one batch of them cost here, with real transactions in a scratch repository below the
    /// git directory, and keeps the result there. Takes seconds; the worktree is not touched.
    /// </summary>
    /// <exception cref="StoreException">The scratch repository cannot be made or written.</exception>
    public Calibration Calibrate() => new CalibrationRun(_context, ApplyIn) { Progress = Progress }.Measure();

    /// <summary>A calibration of another size, for tests.</summary>
    internal Calibration Calibrate(int files, int rounds) => new CalibrationRun(_context, ApplyIn) { Files = files, Rounds = rounds }.Measure();

    // Whatever repository the caller's environment names, this is about that one alone.
    private static double ApplyIn(string root, Batch batch, Durability durability)
    {
        using var writer = Open(root, null, portable: false, null,
            environment: CallerEnvironment.OfProcess().With(LocalVariables.Names.Select(n => (n, (string?)null))));
        if (OperatingSystem.IsLinux() && writer.Layout.WorktreeRoot != (Platform.CanonicalPath.Of(root) ?? root))
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "calibration-failed",
                $"\"{root}\" is not taken for a repository of its own: {writer.Layout.WorktreeRoot} is"));
        }

        var outcome = writer.Apply(batch, new ApplyOptions { Durability = durability, Verify = "", VerifyAfter = "" });
        if (outcome.State != WriteState.Applied)
        {
            throw new StoreException(outcome.Error ?? new WriteError(ErrorCategory.System, "calibration-failed",
                $"a batch in \"{root}\" was {outcome.State}"));
        }

        return Writing(outcome);
    }

    // git reads dates as people write them; what it cannot read it takes for now.
    private DateTimeOffset Since(string when)
    {
        var answer = new GitProcess(Layout).Run(["rev-parse", "--since=" + when]).Text.Trim();
        return answer.StartsWith("--max-age=", StringComparison.Ordinal)
            && long.TryParse(answer.AsSpan("--max-age=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-date", $"git cannot read \"{when}\" as a date")
            {
                Suggestion = "write it as git log --since wants it, for example \"2 weeks ago\"",
            });
    }
}
