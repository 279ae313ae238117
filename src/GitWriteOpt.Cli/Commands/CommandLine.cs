using System.CommandLine;
using System.CommandLine.Help;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Metrics;

namespace GitWriteOpt.Cli.Commands;

/// <summary>
/// From the process's arguments to its exit code. Only the command that is named is built, since start-up is most of
/// what a small batch costs; help, completion and misspelt names build them all.
/// </summary>
internal static class CommandLine
{
    private const string Program = "git-writeopt";

    /// <summary>Every command in the order in which help lists them.</summary>
    private static readonly (string Name, Func<Invocation, Command> Build)[] All =
    [
        ("apply", ApplyCommand.Build),
        ("plan", PlanCommand.Build),
        ("check", CheckCommand.Build),
        ("log", LogCommand.Build),
        ("show", ShowCommand.Build),
        ("diff", DiffCommand.Build),
        ("rollback", RollbackCommand.Build),
        ("redo", RedoCommand.Build),
        ("snapshot", SnapshotCommand.Build),
        ("restore", RestoreCommand.Build),
        ("session", SessionCommand.Build),
        ("run", RunCommand.Build),
        ("status", StatusCommand.Build),
        ("recover", RecoverCommand.Build),
        ("rescue", RescueCommand.Build),
        ("doctor", DoctorCommand.Build),
        ("gc", GcCommand.Build),
        ("forget", ForgetCommand.Build),
        ("share", ShareCommand.Build),
        ("learn", LearnCommand.Build),
        ("suggest", SuggestCommand.Build),
        ("template", TemplateCommand.Build),
        ("workflow", WorkflowCommand.Build),
        ("stats", StatsCommand.Build),
        ("schema", SchemaCommand.Build),
        ("hook", HookCommand.Build),
        ("install", InstallCommand.Build),
        ("uninstall", UninstallCommand.Build),
        ("mcp", McpCommand.Build),
        ("completion", CompletionCommand.Build),
        ("demo", DemoCommand.Build),
    ];

    /// <summary>Parses, runs and reports; never throws.</summary>
    public static int Run(string[] arguments)
    {
        EventTrace.Begin(Environment.GetEnvironmentVariable(EventTrace.Variable), arguments, Diagnostics.Note);
        var exitCode = Carry(arguments);
        EventTrace.Current?.Exit(exitCode);
        return exitCode;
    }

    private static int Carry(string[] arguments)
    {
        using var invocation = new Invocation();
        try
        {
            if (arguments is ["--version"])
            {
                VersionReport.Print(invocation);
                invocation.Finish();
                return ExitCode.Done;
            }

            var name = NameOf(arguments);
            EventTrace.Current?.Command(name ?? "status");
            var (words, paths) = Pathspecs.Split(arguments, name);
            invocation.RawPaths = paths;
            var parsed = Tree(invocation, name, help: arguments.Any(a => a is ['-', ..] && a.Contains('h', StringComparison.Ordinal)))
                .Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
            invocation.ReadOptions(parsed);
            var exitCode = UsageErrors.Find(parsed) is { } objection
                ? Failure.Report(objection, invocation)
                : parsed.Invoke(new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                });
            invocation.Finish();
            return exitCode;
        }
#pragma warning disable CA1031 // The last line before the user: whatever it is becomes a message and an exit code.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            return Failure.Report(cause, invocation);
        }
    }

    /// <summary>The tree of commands: with a known name, of that command alone.</summary>
    /// <remarks>
    /// A plain command at the root: <see cref="RootCommand"/> asks for the program's path and, as the option of help does,
    /// for texts of the library's resources, which costs more than the parsing of all arguments.
    /// </remarks>
    /// <param name="invocation">What the commands act for.</param>
    /// <param name="name">The command that is named, if one is.</param>
    /// <param name="help">Whether help may be asked for.</param>
    public static Command Tree(Invocation invocation, string? name = null, bool help = true)
    {
        var root = new Command(Program, "Makes batches of file writes transactional inside a git repository.");
        if (help)
        {
            root.Add(new HelpOption("--help", "-h"));
        }

        root.Add(CommonOptions.Version);
        root.Add(CommonOptions.Directory);
        root.Add(CommonOptions.Json);
        root.Add(CommonOptions.Verbose);
        root.Add(CommonOptions.Quiet);
        var named = Array.FindAll(All, c => c.Name == (name == "undo" ? "rollback" : name));
        foreach (var (_, build) in named.Length == 1 ? named : All)
        {
            root.Add(build(invocation));
        }

        root.SetAction(parsed => parsed.GetValue(CommonOptions.Version)
            ? VersionReport.Print(invocation)
            : StatusCommand.Overview(invocation));
        return root;
    }

    // The first word that is no option; -C takes the next one with it.
    private static string? NameOf(string[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == CommonOptions.Directory.Name)
            {
                i++;
            }
            else if (!arguments[i].StartsWith('-'))
            {
                return arguments[i];
            }
        }

        return null;
    }
}
