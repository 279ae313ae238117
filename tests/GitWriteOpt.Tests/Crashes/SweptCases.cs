using System.Collections.Concurrent;
using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Crashes.Sweeps;
using GitWriteOpt.Crashes.Tracing;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Crashes;

/// <summary>The cases that the tests of a class strike: each is prepared once, which takes as long as some strikes.</summary>
public sealed class SweptCases : IDisposable
{
    private readonly ConcurrentDictionary<(string, RepositoryKind, string), Lazy<SweptCase>> _made = new();

    /// <summary>
    /// Whether the published program is tried. The one beside the tests is not compiled ahead and starts many times
    /// slower, so that fewer points are struck with it.
    /// </summary>
    public static bool Fast => HermeticEnvironment.NamedBinary is not null;

    public Workshop Workshop { get; } = new(Writeopt.Binary);

    public SweptCase Get(string scenario, RepositoryKind kind, string command)
    {
        Assert.SkipWhen(Tracer.Unavailable is not null, Tracer.Unavailable ?? "");
        return _made.GetOrAdd((scenario, kind, command), _ => new Lazy<SweptCase>(() => SweptCase.Make(Workshop,
            Workshop.Prepare(Scenario.All.Single(s => s.Name == scenario), kind, inTheWay: true),
            SweptCommand.Ours.Single(c => c.Name == command)))).Value;
    }

    public void Dispose() => Workshop.Dispose();
}
