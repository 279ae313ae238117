using System.Diagnostics;

namespace GitWriteOpt.Crashes.Scenarios;

/// <summary>
/// Runs programs that see nothing of the user's settings: own HOME, no system configuration, no inherited variables.
/// </summary>
public sealed class Hermetic
{
    /// <summary>Makes the home.</summary>
    /// <param name="home">Where.</param>
    public Hermetic(string home)
    {
        Directory.CreateDirectory(home);
        File.WriteAllText(home + "/.gitconfig",
            "[user]\n\tname = A Tester\n\temail = tester@example.com\n[init]\n\tdefaultBranch = main\n"
            + "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[safe]\n\tdirectory = *\n");
        Variables = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = home,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["LC_ALL"] = "C",
        };
    }

    /// <summary>All that a command finds in its environment.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="TimeoutException">It took longer than twenty minutes and was killed.</exception>
    public Ran Run(string directory, params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(20)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} did not end in {directory}");
        }

        return new Ran(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs a program that must succeed; its standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public string Must(string directory, params IReadOnlyList<string> command)
    {
        var ran = Run(directory, command);
        return ran.ExitCode == 0 ? ran.Output : throw new InvalidOperationException(
            $"{string.Join(' ', command)} in {directory} ended with {ran.ExitCode}: {ran.Output}{ran.Error}");
    }
}

/// <summary>What a program did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
public sealed record Ran(int ExitCode, string Output, string Error);
