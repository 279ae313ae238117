using System.Globalization;
using System.Reflection;

namespace GitWriteOpt.Metrics;

/// <summary>
/// What one process does, as lines of JSON, an event a line, for machines (<c>WRITEOPT_TRACE</c>). Where the events agree
/// with git's trace2 they have its names and fields: <c>version</c>, <c>start</c>, <c>cmd_name</c>, <c>region_enter</c>,
/// <c>region_leave</c>, <c>data</c>, <c>child_start</c>, <c>child_exit</c>, <c>error</c>, <c>exit</c>.
/// </summary>
/// <remarks>
/// <see cref="Begin"/> once, at the process's start; then whoever has something to tell asks <see cref="Current"/>, which is
/// null where nothing is traced. Each event is one write to a file that is opened for appending, so that several processes
/// may share it. Nothing that fails here is a failure of the command: the first trouble is told once, and tracing ends.
/// Contents of files, messages of errors (which may quote contents) and passwords in URLs are left out.
/// </remarks>
public sealed class EventTrace : IDisposable
{
    /// <summary>The variable that names the file or the directory.</summary>
    public const string Variable = "WRITEOPT_TRACE";

    private readonly Lock _writing = new();
    private readonly TraceFile _file;
    private readonly Action<string> _complain;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly string _session;
    private int _children;
    private bool _broken;

    private EventTrace(TraceFile file, string session, Action<string> complain, TimeProvider time) =>
        (_file, _session, _complain, _time, _start) = (file, session, complain, time, time.GetTimestamp());

    /// <summary>The trace of this process; null where nothing is traced.</summary>
    public static EventTrace? Current { get; private set; }

    /// <summary>Begins to trace, where a target is named.</summary>
    /// <param name="target">An absolute path: a file that is appended to, or a directory that gets a file a process.</param>
    /// <param name="arguments">The program's arguments, without its name.</param>
    /// <param name="complain">Called once, where the trace cannot be written, with a sentence for a person.</param>
    public static void Begin(string? target, IReadOnlyList<string> arguments, Action<string> complain)
    {
        if (string.IsNullOrEmpty(target) || Open(target, complain, TimeProvider.System) is not { } trace)
        {
            return;
        }

        Current = trace;
        trace.Started(typeof(EventTrace).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            ["git-writeopt", .. arguments]);
    }

    /// <summary>Opens one that is not the process's; null where that is not possible.</summary>
    internal static EventTrace? Open(string target, Action<string> complain, TimeProvider time)
    {
        if (!Path.IsPathFullyQualified(target))
        {
            complain($"{Variable} is \"{target}\", which is no absolute path; nothing is traced");
            return null;
        }

        var session = string.Create(CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyyMMdd'T'HHmmss.ffffff'Z'}-P{Environment.ProcessId:x8}");
        try
        {
            return new EventTrace(TraceFile.Append(Directory.Exists(target) ? Path.Combine(target, session) : target), session, complain, time);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            complain($"{Variable}: \"{target}\" cannot be written: {cause.Message}; nothing is traced");
            return null;
        }
    }

    /// <summary>The first two events.</summary>
    internal void Started(string version, IReadOnlyList<string> arguments)
    {
        using (var line = Line("version"))
        {
            line.Text("evt", "3");
            line.Text("exe", version);
        }

        using (var line = Line("start"))
        {
            line.Number("t_abs", Elapsed());
            line.List("argv", arguments);
        }
    }

    /// <summary>The command that was found in the arguments.</summary>
    public void Command(string name)
    {
        using var line = Line("cmd_name");
        line.Text("name", name);
    }

    /// <summary>A phase that has just ended: its beginning and its end.</summary>
    /// <param name="category"><c>phase</c>, <c>lock</c> or what else it is.</param>
    /// <param name="label">Its name.</param>
    /// <param name="took">How long it took.</param>
    public void Region(string category, string label, TimeSpan took)
    {
        using (var line = Line("region_enter", took))
        {
            line.Text("category", category);
            line.Text("label", label);
        }

        using (var line = Line("region_leave"))
        {
            line.Number("t_rel", took.TotalSeconds);
            line.Text("category", category);
            line.Text("label", label);
        }
    }

    /// <summary>A figure or a decision.</summary>
    /// <param name="category"><c>decision</c>, <c>optimisation</c>, <c>retry</c>.</param>
    /// <param name="key">What it is about.</param>
    /// <param name="value">What was decided or measured.</param>
    public void Data(string category, string key, string value)
    {
        using var line = Line("data");
        line.Text("category", category);
        line.Text("key", key);
        line.Text("value", value);
    }

    /// <summary>A program that is about to be started.</summary>
    /// <param name="kind">What for: <c>git</c>, <c>checker</c>, <c>verify</c>, <c>command</c>.</param>
    /// <param name="arguments">Its name and its arguments.</param>
    /// <returns>Its number, for its end.</returns>
    public TracedChild Child(string kind, IReadOnlyList<string> arguments)
    {
        var child = new TracedChild(this, Interlocked.Increment(ref _children) - 1, _time.GetTimestamp());
        using var line = Line("child_start");
        line.Whole("child_id", child.Number);
        line.Text("child_class", kind);
        line.Flag("use_shell", false);
        line.List("argv", arguments);
        return child;
    }

    /// <summary>An error, by what stays the same in it; its message may quote contents and is left out.</summary>
    public void Error(string category, string code, string? path)
    {
        using var line = Line("error");
        line.Text("fmt", code);
        line.Text("msg", path is null ? $"{category}: {code}" : $"{category}: {code}: {path}");
    }

    /// <summary>The end of the process.</summary>
    public void Exit(int code)
    {
        using var line = Line("exit");
        line.Number("t_abs", Elapsed());
        line.Whole("code", code);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            _broken = true;
            _file.Dispose();
        }
    }

    /// <summary>Ends the process's trace, for tests and for hosts that go on.</summary>
    internal static void End()
    {
        Current?.Dispose();
        Current = null;
    }

    internal void Exited(int number, long started, int code)
    {
        using var line = Line("child_exit");
        line.Whole("child_id", number);
        line.Whole("code", code);
        line.Number("t_rel", _time.GetElapsedTime(started).TotalSeconds);
    }

    internal void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_writing)
        {
            if (_broken)
            {
                return;
            }

            try
            {
                _file.Write(bytes);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                _broken = true;
                _complain($"{Variable}: the trace cannot be written: {cause.Message}; it ends here");
            }
        }
    }

    private double Elapsed() => _time.GetElapsedTime(_start).TotalSeconds;

    private TraceLine Line(string kind, TimeSpan ago = default) => new(this, kind, _session, _time.GetUtcNow() - ago);
}

/// <summary>A program that was started and whose end is to be traced.</summary>
public sealed class TracedChild
{
    private readonly EventTrace _trace;
    private readonly long _started;

    internal TracedChild(EventTrace trace, int number, long started) => (_trace, Number, _started) = (trace, number, started);

    /// <summary>Its number.</summary>
    internal int Number { get; }

    /// <summary>It has ended.</summary>
    /// <param name="code">Its exit code; -1 where it could not be started or was killed.</param>
    public void Exited(int code) => _trace.Exited(Number, _started, code);
}
