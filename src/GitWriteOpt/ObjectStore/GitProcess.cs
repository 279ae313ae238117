using System.Diagnostics;
using System.Text;
using CliWrap;
using CliWrap.Exceptions;
using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;

namespace GitWriteOpt.ObjectStore;

/// <summary>What a git child answered.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">Its standard output, raw.</param>
/// <param name="ErrorText">Its standard error.</param>
public sealed record GitAnswer(int ExitCode, byte[] Output, string ErrorText)
{
    /// <summary>The output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);
}

/// <summary>
/// Starts git (I11): arguments as a list, never a shell; hooks, fsmonitor, prompts, optional locks and lazy fetches off,
/// every configured filter overridden to empty; <c>GIT_*</c> scrubbed and the discovered paths given explicitly; a time
/// limit after which the whole process tree is killed; both pipes always set, since a child whose output goes nowhere
/// gets SIGPIPE. What is off comes back through <see cref="Environment"/> alone, by whoever needs it.
/// </summary>
public sealed class GitProcess(RepositoryLayout? layout, TimeSpan? timeLimit = null)
{
    private const string EmptyVariable = "GIT_WRITEOPT_EMPTY";
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromMinutes(5);

    /// <summary>Extra environment for this git, for example <c>GIT_INDEX_FILE</c> of a private index.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where git runs; null for the worktree's root.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Whether the caller's own <c>GIT_DIR</c>, <c>GIT_CONFIG_*</c> and so on are handed on: for discovery alone.
    /// </summary>
    public bool KeepCallersEnvironment { get; init; }

    /// <summary>The caller's environment; this process's where it is not given.</summary>
    public CallerEnvironment Caller { get; init; } = CallerEnvironment.OfProcess();

    /// <summary>
    /// Names of the filter drivers to override; null to read them from the configuration anew for each run, so that one
    /// that was configured meanwhile does not run either.
    /// </summary>
    public IReadOnlyCollection<string>? Filters { get; init; }

    /// <summary>Whether paths mean what they say: always, but for the commands of git that know no such mode.</summary>
    internal bool PlainPathspecs { get; init; } = true;

    /// <summary>Leaves our own <c>-c</c> settings out: for reading the configuration, which runs nothing.</summary>
    internal bool WithoutSettings { get; init; }

    /// <summary>Runs git and returns its answer, whatever its exit code.</summary>
    /// <exception cref="StoreException">git could not be started or did not end in time.</exception>
    public GitAnswer Try(IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default)
    {
        var list = arguments.ToList();
        using var output = new MemoryStream();
        var errors = new StringBuilder();
        using var deadline = new CancellationTokenSource(timeLimit ?? DefaultTimeLimit);
        var command = CliWrap.Cli.Wrap("git")
            .WithArguments(WithoutSettings ? list : [.. Settings(), .. list])
            .WithWorkingDirectory(WorkingDirectory ?? layout?.WorktreeRoot ?? System.Environment.CurrentDirectory)
            .WithEnvironmentVariables(Variables())
            .WithStandardInputPipe(PipeSource.FromBytes(input))
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors))
            .WithValidation(CommandResultValidation.None);
        var (child, exitCode) = (EventTrace.Current?.Child("git", ["git", .. list]), -1);
        try
        {
            // On cancellation CliWrap kills the process and all that it started.
            var result = command.ExecuteAsync(deadline.Token).GetAwaiter().GetResult();
            exitCode = result.ExitCode;
            return new GitAnswer(result.ExitCode, output.ToArray(), errors.ToString());
        }
        catch (OperationCanceledException cause)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "git-timeout",
                $"git {Verb(list)} did not end within {(timeLimit ?? DefaultTimeLimit).TotalSeconds:0.#} s and was killed")
            {
                Suggestion = "look whether another git process or a slow disk blocks it, then run it again",
            }, cause);
        }
        catch (Exception cause) when (cause is CliWrapException or System.ComponentModel.Win32Exception or IOException)
        {
            throw NotStarted(list, cause);
        }
        finally
        {
            child?.Exited(exitCode);
        }
    }

    /// <summary>
    /// Runs git and copies its output as it comes, for what may be large and whose reader may stop early; its errors go
    /// where ours go. No time limit: the reader sets the pace.
    /// </summary>
    /// <exception cref="StoreException">git could not be started, or it failed.</exception>
    /// <exception cref="IOException">The output was closed from the other side; git has ended.</exception>
    public void Copy(IEnumerable<string> arguments, Stream output)
    {
        var list = arguments.ToList();
        var start = StartInfo(list);
        var child = EventTrace.Current?.Child("git", ["git", .. list]);
        using var git = Start(start, list);
        try
        {
            git.StandardOutput.BaseStream.CopyTo(output);
            output.Flush();
        }
        finally
        {
            git.StandardOutput.Close(); // git, if it still writes, ends by SIGPIPE.
            git.WaitForExit();
            child?.Exited(git.ExitCode);
        }

        if (git.ExitCode != 0)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "git-failed",
                $"git {Verb(list)} failed ({git.ExitCode})"));
        }
    }

    /// <summary>
    /// Starts git for a reader of its output as it comes, with a short input that it reads before it answers. No time
    /// limit: the reader sets the pace.
    /// </summary>
    /// <exception cref="StoreException">git could not be started.</exception>
    internal GitStream Open(IEnumerable<string> arguments, ReadOnlySpan<byte> input = default)
    {
        var list = arguments.ToList();
        var start = StartInfo(list);
        start.RedirectStandardInput = start.RedirectStandardError = true;
        var child = EventTrace.Current?.Child("git", ["git", .. list]);
        return new GitStream(Start(start, list), input, child);
    }

    /// <summary>Runs git and returns its output.</summary>
    /// <exception cref="StoreException">It failed; the message has git's own words.</exception>
    public GitAnswer Run(IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default)
    {
        var list = arguments.ToList();
        var answer = Try(list, input);
        return answer.ExitCode == 0
            ? answer
            : throw new StoreException(new WriteError(ErrorCategory.System, "git-failed",
                $"git {Verb(list)} failed ({answer.ExitCode}): {answer.ErrorText.Trim()}"));
    }

    private ProcessStartInfo StartInfo(List<string> arguments)
    {
        var start = new ProcessStartInfo("git", [.. Settings(), .. arguments])
        {
            WorkingDirectory = WorkingDirectory ?? layout?.WorktreeRoot ?? System.Environment.CurrentDirectory,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Variables())
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static Process Start(ProcessStartInfo start, List<string> arguments)
    {
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("a process without a shell is new");
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw NotStarted(arguments, cause);
        }
    }

    private static StoreException NotStarted(List<string> arguments, Exception cause) =>
        new(new WriteError(ErrorCategory.System, "git-not-started",
            $"git {Verb(arguments)} could not be run: {cause.Message}")
        {
            Suggestion = "install git and put it on PATH",
        }, cause);

    private static string Verb(List<string> arguments) => arguments.Find(a => !a.StartsWith('-')) ?? "";

    private IEnumerable<string> Settings() =>
    [
        "-c", "core.hooksPath=" + (OperatingSystem.IsWindows() ? "NUL" : "/dev/null"), "-c", "core.fsmonitor=false",
        "-c", "gc.auto=0", "-c", "maintenance.auto=false", "--no-replace-objects", .. PlainPathspecs ? ["--literal-pathspecs"] : Array.Empty<string>(),
        .. (Filters ?? ConfiguredFilters()).SelectMany(Override), .. ConfiguredHooks().Select(hook => $"--config-env=hook.{hook}.enabled={EmptyVariable}"),
    ];

    // Since 2.54 hooks stand in the configuration too, whatever core.hooksPath says; an empty value is false.
    private List<string> ConfiguredHooks() => layout is null
        ? []
        : [.. GitConfig.Open(layout, Caller).Keys("hook.").Where(key => key.EndsWith(".event", StringComparison.Ordinal) && key.Length > "hook..event".Length)
            .Select(key => key["hook.".Length..^".event".Length]).Distinct()];

    private List<string> ConfiguredFilters() => layout is null
        ? []
        : [.. GitConfig.Open(layout, Caller).Keys("filter.").Where(key => key.LastIndexOf('.') > "filter.".Length - 1)
            .Select(key => key["filter.".Length..key.LastIndexOf('.')]).Distinct()];

    // "-c" ends the key at the first "=", "--config-env" at the last: so the latter works for every driver's name.
    private static IEnumerable<string> Override(string driver) =>
    [
        $"--config-env=filter.{driver}.clean={EmptyVariable}", $"--config-env=filter.{driver}.smudge={EmptyVariable}",
        $"--config-env=filter.{driver}.process={EmptyVariable}", $"--config-env=filter.{driver}.required={EmptyVariable}",
    ];

    // Configuration that the caller gave by the environment still holds (I11); it cannot come from a repository.
    // GIT_CONFIG itself is not configuration: it names the file that "git config" reads.
    private static bool IsHandedOn(string name) => name is "GIT_EXEC_PATH" or "GIT_CEILING_DIRECTORIES"
        || name.StartsWith("GIT_CONFIG_", StringComparison.Ordinal);

    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Union(Caller.Names))
        {
            variables[name] = KeepCallersEnvironment || !name.StartsWith("GIT_", StringComparison.Ordinal)
                || IsHandedOn(name) ? Caller[name] : null;
        }

        variables["GIT_CONFIG"] = null;
        if (!KeepCallersEnvironment && layout is not null)
        {
            variables["GIT_DIR"] = layout.GitDirectory;
            variables["GIT_WORK_TREE"] = layout.IsBare ? null : layout.WorktreeRoot;
            variables["GIT_COMMON_DIR"] = layout.CommonDirectory;
            variables["GIT_OBJECT_DIRECTORY"] = layout.ObjectsDirectory;
            variables["GIT_INDEX_FILE"] = layout.IndexFile;
        }

        variables["GIT_OPTIONAL_LOCKS"] = "0";
        variables["GIT_NO_LAZY_FETCH"] = "1"; // a repository's remote could name any program (I10)
        variables["GIT_TERMINAL_PROMPT"] = "0";
        variables["GIT_ASKPASS"] = "true";
        variables["LC_ALL"] = "C";
        variables[EmptyVariable] = "";
        foreach (var (name, value) in Environment)
        {
            variables[name] = value;
        }

        return variables;
    }
}
