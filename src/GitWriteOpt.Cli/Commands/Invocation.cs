using System.CommandLine;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// One run of the program: the options that every command takes, and what is made only when it is needed (the opened
/// repository, the log, the screen).
/// </summary>
internal sealed class Invocation : IDisposable
{
    private readonly Lazy<Screen> _screen;
    private readonly List<Writer> _writers = [];
    private Learning? _learning;
    private ILoggerFactory? _logging;
    private RepositoryLayout? _layout;

    public Invocation() => _screen = new Lazy<Screen>(() => new Screen(StandardStream.Output(),
        !Console.IsOutputRedirected, () => ColourSetting.IsOn(Directory))
    {
        WantsColourAlways = () => ColourSetting.IsAlways(_layout),
    });

    /// <summary>Where git would look for the repository; absolute.</summary>
    public string Directory { get; private set; } = Environment.CurrentDirectory;

    /// <summary>One JSON document on standard output, nothing else there.</summary>
    public bool Json { get; private set; }

    /// <summary>Errors and asked-for data only.</summary>
    public bool Quiet { get; private set; }

    /// <summary>Log to standard error; stack traces of defects.</summary>
    public bool Verbose { get; private set; }

    /// <summary>What stood after <c>--</c>, as it was typed.</summary>
    public IReadOnlyList<string> RawPaths { get; set; } = [];

    /// <summary>Where data goes.</summary>
    public Screen Screen => _screen.Value;

    /// <summary>Takes the common options over.</summary>
    public void ReadOptions(ParseResult parsed)
    {
        Json = parsed.GetValue(CommonOptions.Json);
        Quiet = parsed.GetValue(CommonOptions.Quiet);
        Verbose = parsed.GetValue(CommonOptions.Verbose);
        if (parsed.GetValue(CommonOptions.Directory) is { } directory)
        {
            Directory = Path.GetFullPath(directory);
            if (!System.IO.Directory.Exists(Directory))
            {
                throw UsageErrors.Of("no-such-directory", $"there is no directory \"{directory}\" to run in (-C)");
            }
        }
    }

    /// <summary>Opens the repository.</summary>
    public Writer Open()
    {
        var writer = Writer.Open(Directory, Log());
        _writers.Add(writer);
        _layout = writer.Layout;
        writer.Waiting = () =>
        {
            if (!Quiet)
            {
                Diagnostics.Note("another git writeopt is at work in this worktree; waiting for it");
            }
        };
        writer.UpkeepDue = () => BackgroundRun.Start(writer.Layout, ["gc", "--auto", "--quiet"]);
        writer.ShapeFound = transaction => BackgroundRun.Start(writer.Layout, ["template", "extract", "--transaction", transaction, "--quiet"]);
        return writer;
    }

    /// <summary>Opens what the history teaches; in a bare repository too.</summary>
    public Learning OpenLearning()
    {
        _learning = Learning.Open(Directory, Log());
        _layout = _learning.Layout;
        return _learning;
    }

    /// <summary>The paths after <c>--</c>, which are relative to where we run, inside the worktree.</summary>
    public IReadOnlyList<RepoPath> Paths(Writer writer) =>
        Pathspecs.Resolve(RawPaths, Directory, writer.Layout.WorktreeRoot);

    /// <summary>The log, where <c>-v</c> was given: its factory costs 4 ms, so nobody else makes one.</summary>
    public ILogger? Log()
    {
        if (!Verbose)
        {
            return null;
        }

        _logging ??= LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace)
            .AddSimpleConsole(line => line.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        return _logging.CreateLogger("writeopt");
    }

    /// <summary>Brings buffered output out, while failing to can still be reported.</summary>
    public void Finish()
    {
        if (_screen.IsValueCreated)
        {
            _screen.Value.Finish();
        }
    }

    /// <summary>
    /// Lets go of the repository, which removes what it spooled, of the log, which writes what it still holds, and of the
    /// screen.
    /// </summary>
    public void Dispose()
    {
        _writers.ForEach(writer => writer.Dispose());
        _learning?.Dispose();
        _logging?.Dispose();
        if (_screen.IsValueCreated)
        {
            _screen.Value.Dispose();
        }
    }
}
