using System.Collections.Concurrent;
using GitWriteOpt.Crashes.Scenarios;

namespace GitWriteOpt.Crashes.Sweeps;

/// <summary>The folder in which scenarios are built and trials are run, and the binary under test.</summary>
public sealed class Workshop : IDisposable
{
    private readonly ConcurrentDictionary<(string, RepositoryKind, bool), PreparedScenario> _prepared = new();
    private readonly ConcurrentBag<string> _free = [];
    private readonly bool _keep;
    private int _folders;

    /// <summary>Opens a workshop.</summary>
    /// <param name="binary">The binary under test, an absolute path.</param>
    /// <param name="above">An existing folder; null for memory where there is such a folder, else a temporary one.</param>
    /// <param name="keep">Whether everything stays for a look.</param>
    public Workshop(string binary, string? above = null, bool keep = false)
    {
        (Binary, _keep) = (binary, keep);
        above ??= Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Root = Directory.CreateDirectory($"{above}/writeopt-crashes-{Guid.NewGuid().ToString("N")[..8]}").FullName;
        Hermetic = new Hermetic(Root + "/home");
    }

    /// <summary>Its folder.</summary>
    public string Root { get; }

    /// <summary>The binary under test.</summary>
    public string Binary { get; }

    /// <summary>Runs programs.</summary>
    public Hermetic Hermetic { get; }

    /// <summary>A scenario, built at most once.</summary>
    public PreparedScenario Prepare(Scenario scenario, RepositoryKind kind, bool inTheWay) =>
        _prepared.GetOrAdd((scenario.Name, kind, inTheWay), _ => PreparedScenario.Make(
            scenario, kind, inTheWay, NewFolder($"{scenario.Name}-{kind}-{(inTheWay ? "dirty" : "clean")}"), Hermetic));

    /// <summary>A new, empty folder.</summary>
    public string NewFolder(string name) =>
        Directory.CreateDirectory($"{Root}/{Interlocked.Increment(ref _folders)}-{name}").FullName;

    /// <summary>Does something with a trial's folder, which is used again by the next one.</summary>
    public T WithTrial<T>(Func<string, T> what)
    {
        var folder = _free.TryTake(out var free) && !_keep ? free : NewFolder("trial");
        var result = what(folder);
        _free.Add(folder);
        return result;
    }

    /// <summary>Whether the binary knows a command.</summary>
    public bool Knows(string command) => Hermetic.Run(Root, Binary, command, "-h").ExitCode == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_keep)
        {
            FolderCopy.Remove(Root);
        }
    }
}
