using System.Globalization;
using CliWrap;
using CliWrap.Exceptions;
using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>How a command of the user's ended.</summary>
/// <param name="Error">Why it did not pass; null where it passed.</param>
/// <param name="Tail">The last lines of its output, where it did not pass.</param>
internal sealed record VerifyAnswer(WriteError? Error, IReadOnlyList<string> Tail)
{
    /// <summary>Whether it passed.</summary>
    public bool Passed => Error is null;
}

/// <summary>
/// A command of the user's that decides whether a batch is good: tests, linters. Split into words without a shell, run
/// with the user's environment but for git's own variables, so that git finds the repository by where it runs. It comes
/// from the command line, or from configuration that no repository can change (I10).
/// </summary>
/// <param name="Text">As it was given.</param>
/// <param name="Words">Program and arguments.</param>
/// <param name="Limit">How long it may take.</param>
internal sealed record VerifyCommand(string Text, IReadOnlyList<string> Words, TimeSpan Limit)
{
    /// <summary>The command that runs in the sandbox.</summary>
    public const string Key = "writeopt.verify";

    /// <summary>The command that runs in the worktree afterwards.</summary>
    public const string AfterKey = "writeopt.verifyAfter";

    /// <summary>Seconds that a command may take.</summary>
    public const string TimeoutKey = "writeopt.verify.timeout";

    /// <summary>Set for the command: what it starts of ours does not verify again because of the configuration.</summary>
    public const string Running = "WRITEOPT_VERIFYING";

    private const int DefaultSeconds = 600;

    // What git itself takes to be local to one repository (git rev-parse --local-env-vars).
    private static readonly string[] OfOneRepository =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
        "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE", "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS",
        "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
    ];

    /// <summary>The command of an option, else of the configuration; null where neither has one.</summary>
    /// <exception cref="UsageException">It cannot be split into words, or the time limit is no number.</exception>
    public static VerifyCommand? Of(string? option, GitConfig config, string key, CallerEnvironment environment)
    {
        var text = option ?? (environment[Running] is null ? config.GetTrusted(key) : null);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return CommandWords.Split(text) is { Length: > 0 } words
            ? new VerifyCommand(text, words, LimitOf(config))
            : throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-command",
                $"the command {text} cannot be split into words: a quote is open, or it ends in a backslash")
            {
                Suggestion = "there is no shell: for one, write sh -c '...'",
            });
    }

    /// <summary>Runs it.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="of">What it was run on, for messages.</param>
    /// <param name="logs">The directory in which the output of a failure is kept.</param>
    /// <param name="environment">The user's environment.</param>
    /// <exception cref="StoreException">The output cannot be kept.</exception>
    public VerifyAnswer Run(string directory, string of, string logs, CallerEnvironment environment)
    {
        using var log = VerifyLog.Open(logs);
        if (Program(directory, environment) is not { } program)
        {
            log.Drop();
            return new VerifyAnswer(new WriteError(ErrorCategory.Dependency, "verify-not-started",
                $"there is no program \"{Words[0]}\" to run {Text} with, looked for {(Words[0].Contains('/', StringComparison.Ordinal) ? "in " + directory : "on PATH")}")
            {
                Suggestion = "name one that is installed; there is no shell: for one, write sh -c '...'",
            }, []);
        }

        using var deadline = new CancellationTokenSource(Limit);
        using var stopped = new StopSignals(deadline.Cancel);
        var command = CliWrap.Cli.Wrap(program)
            .WithArguments(Words.Skip(1))
            .WithWorkingDirectory(directory)
            .WithEnvironmentVariables(Variables(directory, environment))
            .WithStandardOutputPipe(PipeTarget.ToStream(log))
            .WithStandardErrorPipe(PipeTarget.ToStream(log))
            .WithValidation(CommandResultValidation.None);
        var (child, exitCode) = (EventTrace.Current?.Child("verify", Words), -1);
        try
        {
            // On cancellation CliWrap kills the process and all that it started.
            var result = command.ExecuteAsync(deadline.Token).GetAwaiter().GetResult();
            exitCode = result.ExitCode;
            if (result.ExitCode == 0)
            {
                log.Drop();
                return new VerifyAnswer(null, []);
            }

            return Failed(log, "verify-failed", ErrorCategory.Format, $"{Text} ended with {result.ExitCode} on {of}");
        }
        catch (OperationCanceledException)
        {
            return stopped.Seen
                ? Failed(log, "verify-interrupted", ErrorCategory.System, $"{Text} was interrupted on {of}")
                : Failed(log, "verify-timeout", ErrorCategory.System,
                    $"{Text} did not end within {Limit.TotalSeconds:0.#} s on {of} and was killed");
        }
        catch (Exception cause) when (cause is CliWrapException or System.ComponentModel.Win32Exception or IOException)
        {
            return Failed(log, "verify-not-started", ErrorCategory.Dependency, $"{Text} could not be run: {cause.Message}");
        }
        finally
        {
            child?.Exited(exitCode);
        }
    }

    private static VerifyAnswer Failed(VerifyLog log, string code, ErrorCategory category, string message) =>
        new(new WriteError(category, code, $"{message}; its output is in {log.Path}")
        {
            Suggestion = code == "verify-timeout" ? $"git config --global {TimeoutKey} <seconds> allows it more time"
                : $"mend what it found, or leave it out: --verify '' and --verify-after '' run nothing",
        }, log.Tail());

    private string? Program(string directory, CallerEnvironment environment)
    {
        if (Words[0].Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(Path.Combine(directory, Words[0]));
            return File.Exists(path) ? path : null;
        }

        return (environment["PATH"] ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .SelectMany(d => OperatingSystem.IsWindows() ? [Path.Combine(d, Words[0] + ".exe"), Path.Combine(d, Words[0] + ".cmd")]
                : (string[])[Path.Combine(d, Words[0])])
            .FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) => File.Exists(path) && (OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static Dictionary<string, string?> Variables(string directory, CallerEnvironment environment)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in environment.Names)
        {
            variables[name] = OfOneRepository.Contains(name) ? null : environment[name];
        }

        variables["PWD"] = directory;
        variables[Running] = "1";
        return variables;
    }

    private static TimeSpan LimitOf(GitConfig config)
    {
        var text = config.GetTrusted(TimeoutKey);
        return text is null ? TimeSpan.FromSeconds(DefaultSeconds)
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 1e6
                ? TimeSpan.FromSeconds(seconds)
                : throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-config-value",
                    $"the configuration has {TimeoutKey} = \"{text}\"; expected a number of seconds")
                {
                    Suggestion = $"git config --show-origin --get-all {TimeoutKey}",
                });
    }
}
