using System.Text;
using CliWrap;
using CliWrap.Exceptions;
using GitWriteOpt.Errors;

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
/// Starts git (I11): arguments as a list, never a shell; hooks, fsmonitor, prompts and optional locks off; <c>GIT_*</c>
/// scrubbed and the discovered paths given explicitly; a time limit; both pipes always set, since a child whose output
/// goes nowhere gets SIGPIPE.
/// </summary>
public sealed class GitProcess(RepositoryLayout? layout, TimeSpan? timeLimit = null)
{
    private static readonly TimeSpan DefaultTimeLimit = TimeSpan.FromMinutes(5);

    /// <summary>Extra environment for this git, for example <c>GIT_INDEX_FILE</c> of a private index.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where git runs; null for the worktree's root.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Whether the caller's own <c>GIT_DIR</c>, <c>GIT_CONFIG_*</c> and so on are handed on: for discovery alone.
    /// </summary>
    public bool KeepCallersEnvironment { get; init; }

    /// <summary>Runs git and returns its answer, whatever its exit code.</summary>
    /// <exception cref="StoreException">git could not be started or did not end in time.</exception>
    public GitAnswer Try(IEnumerable<string> arguments, ReadOnlyMemory<byte> input = default)
    {
        using var output = new MemoryStream();
        var errors = new StringBuilder();
        using var deadline = new CancellationTokenSource(timeLimit ?? DefaultTimeLimit);
        var command = CliWrap.Cli.Wrap("git")
            .WithArguments([.. Settings(), .. arguments])
            .WithWorkingDirectory(WorkingDirectory ?? layout?.WorktreeRoot ?? System.Environment.CurrentDirectory)
            .WithEnvironmentVariables(Variables())
            .WithStandardInputPipe(PipeSource.FromBytes(input))
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors))
            .WithValidation(CommandResultValidation.None);
        try
        {
            var result = command.ExecuteAsync(deadline.Token).GetAwaiter().GetResult();
            return new GitAnswer(result.ExitCode, output.ToArray(), errors.ToString());
        }
        catch (OperationCanceledException cause)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "git-timeout",
                $"git {string.Join(' ', arguments.Take(2))} did not end in time"), cause);
        }
        catch (Exception cause) when (cause is CliWrapException or System.ComponentModel.Win32Exception or IOException)
        {
            throw new StoreException(new WriteError(ErrorCategory.System, "git-not-started",
                $"git could not be run: {cause.Message}")
            {
                Suggestion = "install git and put it on PATH",
            }, cause);
        }
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
                $"git {list.FirstOrDefault(a => !a.StartsWith('-'))} failed ({answer.ExitCode}): {answer.ErrorText.Trim()}"));
    }

    private static IEnumerable<string> Settings() =>
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "gc.auto=0", "-c", "maintenance.auto=false",
        "--no-replace-objects", "--literal-pathspecs",
    ];

    // Configuration that the caller gave by the environment still holds (I11); it cannot come from a repository.
    private static bool IsHandedOn(string name) =>
        name is "GIT_EXEC_PATH" or "GIT_CEILING_DIRECTORIES" || name.StartsWith("GIT_CONFIG", StringComparison.Ordinal);

    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (!KeepCallersEnvironment)
        {
            foreach (var name in System.Environment.GetEnvironmentVariables().Keys.Cast<string>())
            {
                if (name.StartsWith("GIT_", StringComparison.Ordinal) && !IsHandedOn(name))
                {
                    variables[name] = null;
                }
            }

            if (layout is not null)
            {
                variables["GIT_DIR"] = layout.GitDirectory;
                variables["GIT_WORK_TREE"] = layout.WorktreeRoot;
                variables["GIT_COMMON_DIR"] = layout.CommonDirectory;
                variables["GIT_OBJECT_DIRECTORY"] = layout.ObjectsDirectory;
                variables["GIT_INDEX_FILE"] = layout.IndexFile;
            }
        }

        variables["GIT_OPTIONAL_LOCKS"] = "0";
        variables["GIT_TERMINAL_PROMPT"] = "0";
        variables["GIT_ASKPASS"] = "true";
        variables["LC_ALL"] = "C";
        foreach (var (name, value) in Environment)
        {
            variables[name] = value;
        }

        return variables;
    }
}
