using System.ComponentModel;
using System.Diagnostics;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>
/// The user's pager as git chooses it: <c>GIT_PAGER</c>, <c>core.pager</c>, <c>PAGER</c>, <c>less</c>. A repository's own
/// configuration is left out, so that a cloned one cannot choose a program for us to run (I10).
/// </summary>
internal sealed class Pager : IDisposable
{
    private readonly Process _process;

    private Pager(Process process) => _process = process;

    /// <summary>Where to write.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts it; null where none is wanted or it cannot be started.</summary>
    public static Pager? Start(string directory)
    {
        var command = Environment.GetEnvironmentVariable("GIT_PAGER") ?? Configured(directory)
            ?? Environment.GetEnvironmentVariable("PAGER") ?? (IsInstalled("less") ? "less" : "cat");
        return OperatingSystem.IsWindows() || command is "" or "cat" ? null : Run(command);
    }

    /// <summary>Starts a command of the shell; null where there is no shell.</summary>
    public static Pager? Run(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true };
        start.Environment.TryAdd("LESS", "FRX");
        start.Environment.TryAdd("LV", "-c");
        try
        {
            return Process.Start(start) is { } process ? new Pager(process) : null;
        }
        catch (Win32Exception)
        {
            return null; // No shell: unpaged output is better than none.
        }
    }

    /// <summary>Tells it that this was all and waits until its reader is done.</summary>
    public void Wait()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It was closed from the other side.
        }

        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private static bool IsInstalled(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(directory => File.Exists(Path.Combine(directory, program)));

    // Lines of "<scope>\t<value>", the last one wins.
    private static string? Configured(string directory) =>
        new GitProcess(null) { WorkingDirectory = directory, KeepCallersEnvironment = true }
            .Try(["config", "--show-scope", "--get-all", "core.pager"]).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2))
            .LastOrDefault(parts => parts is ["system" or "global" or "command", _])?[1];
}
