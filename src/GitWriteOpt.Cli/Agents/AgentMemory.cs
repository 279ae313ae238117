using System.Security.Cryptography;
using System.Text;
using GitWriteOpt.Paths;
using GitWriteOpt.Sessions;

namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// What has to be known from one hook to the next, in small files below <c>writeopt/agents</c> of the worktree's git
/// directory: which tools are running, which blob of a file the agent has seen, what was said already. A help, not a
/// record: without it less is told.
/// </summary>
internal sealed class AgentMemory(string gitDirectory, string session)
{
    private const string Anything = "*";

    private readonly string _root = $"{gitDirectory}/writeopt/agents/{Key(session)}";

    /// <summary>Notes that a tool runs.</summary>
    internal void Begin(string? call, ToolFootprint footprint)
    {
        if (call is not null && footprint is not ToolFootprint.None)
        {
            Put($"running/{Key(call)}", footprint is ToolFootprint.These these
                ? string.Join('\n', these.Paths.Select(p => p.Value)) : Anything);
        }
    }

    /// <summary>Notes that a tool has ended; the paths that it and those beside it said they write, none if one may write anything.</summary>
    internal IReadOnlyList<string> End(string? call, ToolFootprint footprint)
    {
        if (call is not null)
        {
            Remove($"running/{Key(call)}");
        }

        var others = Running().ToList();
        return footprint is not ToolFootprint.These these || others.Contains(Anything) ? []
            : [.. these.Paths.Select(p => p.Value).Concat(others.SelectMany(o => o.Split('\n'))).Distinct()];
    }

    /// <summary>The tools that began since a moment and have not ended; null where there is none.</summary>
    internal OpenCalls? Unfinished(DateTimeOffset since)
    {
        var calls = !Directory.Exists(_root + "/running") ? [] : Directory.EnumerateFiles(_root + "/running")
            .Where(file => File.GetLastWriteTimeUtc(file) >= since.UtcDateTime)
            .Select(file => Get("running/" + Path.GetFileName(file))).OfType<string>().ToList();
        return calls.Count == 0 ? null : new OpenCalls(calls.Contains(Anything) ? [] : [.. calls.SelectMany(c => c.Split('\n')).Distinct()]);
    }

    /// <summary>Notes that the findings of a tool's write were told before it ran.</summary>
    internal void Told(string? call)
    {
        if (call is not null)
        {
            Put($"told/{Key(call)}", "");
        }
    }

    /// <summary>Whether the findings of a tool's write were told before it ran; from now on they were not.</summary>
    internal bool WasTold(string? call)
    {
        var told = call is not null && Get($"told/{Key(call)}") is not null;
        if (told)
        {
            Remove($"told/{Key(call!)}");
        }

        return told;
    }

    /// <summary>Notes which blob of a file the agent has seen.</summary>
    internal void Saw(RepoPath path, string? blob)
    {
        if (blob is null)
        {
            Remove($"seen/{Key(path.Value)}");
        }
        else
        {
            Put($"seen/{Key(path.Value)}", blob);
        }
    }

    /// <summary>The blob of a file that the agent has seen, or null.</summary>
    internal string? Seen(RepoPath path) => Get($"seen/{Key(path.Value)}");

    /// <summary>Counts a write of a tool that says what it writes.</summary>
    internal void CountWrite(IReadOnlyList<RepoPath> paths) =>
        Put("writes", Get("writes") + string.Join(' ', paths.Select(p => Key(p.Value))) + "\n");

    /// <summary>How many such writes there were one after another since the last prompt, and of how many files; counted from 0 again.</summary>
    internal (int Writes, int Files) TakeWrites()
    {
        var lines = (Get("writes") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Remove("writes");
        return (lines.Length, lines.SelectMany(line => line.Split(' ')).Distinct().Count());
    }

    /// <summary>Whether something has not been said in this session yet; from now on it has.</summary>
    internal bool IsNews(string what)
    {
        if (Get($"said/{Key(what)}") is not null)
        {
            return false;
        }

        Put($"said/{Key(what)}", "");
        return true;
    }

    /// <summary>Forgets the session.</summary>
    internal void Clear()
    {
        try
        {
            if (Directory.Exists(_root))
            {
                Directory.Delete(_root, recursive: true);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It is told apart by its session's name, so it harms nobody.
        }
    }

    private IEnumerable<string> Running() => !Directory.Exists(_root + "/running") ? []
        : Directory.EnumerateFiles(_root + "/running").Select(file => Get("running/" + Path.GetFileName(file))).OfType<string>();

    private void Put(string name, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName($"{_root}/{name}")!);
            File.WriteAllText($"{_root}/{name}", text);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Less is told next time.
        }
    }

    private string? Get(string name)
    {
        try
        {
            return File.ReadAllText($"{_root}/{name}");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Remove(string name)
    {
        try
        {
            File.Delete($"{_root}/{name}");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It was not there, or stays and is told again.
        }
    }

    // Names that hosts and repositories choose are no file names.
    private static string Key(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
}
