using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>One point of a sweep.</summary>
/// <param name="At">The call, counted from 1.</param>
/// <param name="How">What is done to it.</param>
/// <param name="Counted">What is counted.</param>
/// <param name="Strike">The same, for the tracer.</param>
public sealed record Point(int At, string How, CallClass Counted, Strike Strike);

/// <summary>What came of one point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Hit">The call that was struck; null where the run ended before.</param>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Verdict">The judgement.</param>
/// <param name="Folder">Where it happened.</param>
public sealed record Trial(Point Point, string? Hit, int ExitCode, Verdict Verdict, string Folder)
{
    /// <summary>One line.</summary>
    public string Text => $"{Point.How} at {Point.At} ({Hit ?? "not reached"}), exit code {ExitCode}: "
        + string.Join("; ", Verdict.Findings.Select(f => $"{f.Harm.ToString().ToUpperInvariant()} {f.Detail}"));
}
