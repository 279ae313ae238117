namespace GitWriteOpt.Crashes.Tracing;

/// <summary>What came of a traced command.</summary>
/// <param name="ExitCode">Its exit code, or 128 and the number of the signal that ended it.</param>
/// <param name="Calls">The calls that were counted, in order.</param>
/// <param name="Hit">The call that was struck, or null.</param>
/// <param name="BlindSpots">Ways of writing that were opened and cannot be seen.</param>
/// <param name="TimedOut">Whether it had to be killed for time.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record TraceResult(int ExitCode, IReadOnlyList<TracedCall> Calls, TracedCall? Hit,
    IReadOnlyCollection<string> BlindSpots, bool TimedOut, string Output, string Error);

/// <summary>What to trace.</summary>
/// <param name="Command">The program (an absolute path, or a name on PATH) and its arguments.</param>
/// <param name="Directory">Its working directory.</param>
/// <param name="Root">Only calls on paths below this folder count; an absolute path without links.</param>
/// <param name="Environment">Its whole environment.</param>
public sealed record TraceRequest(
    IReadOnlyList<string> Command, string Directory, string Root, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The classes of calls that count.</summary>
    public CallClass Counted { get; init; } = CallClass.StateChanging;

    /// <summary>What happens at the N-th of them.</summary>
    public Strike Strike { get; init; } = new Strike.None();

    /// <summary>N, from 1.</summary>
    public int At { get; init; }

    /// <summary>How long it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(20);
}
