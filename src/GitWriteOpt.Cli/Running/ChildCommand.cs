using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Metrics;

namespace GitWriteOpt.Cli.Running;

/// <summary>
/// A command that has our terminal: its input, output and errors are ours, and so are the signals. What the terminal
/// sends reaches it by itself; what somebody sends us alone is passed on.
/// </summary>
internal static partial class ChildCommand
{
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int Terminate = 15;
    private const int HangUp = 1;

    /// <summary>Runs it to its end.</summary>
    /// <param name="words">The command and its arguments.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="session">The session that its writes belong to.</param>
    /// <param name="without">Variables of our environment that it does not get.</param>
    /// <param name="toErrors">Whether its output goes to our standard error, because ours is for one JSON document.</param>
    /// <returns>Its exit code, 128 and the signal that killed it; 126 or 127, as of <c>env</c>, where it could not be run.</returns>
    internal static int Run(IReadOnlyList<string> words, string directory, string session,
        IEnumerable<string> without, bool toErrors)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardOutput = toErrors,
        };
        foreach (var name in without)
        {
            start.Environment.Remove(name);
        }

        start.Environment["WRITEOPT_SESSION"] = session;
        var child = EventTrace.Current?.Child("command", words);
        using var process = Start(start, out var refused);
        if (process is null)
        {
            child?.Exited(refused);
            return refused;
        }

        // The terminal sends these to the child too: we stay to see what it has done.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => PassOn(signal, process, Terminate));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => PassOn(signal, process, HangUp));
        if (toErrors)
        {
            using var errors = StandardStream.Error();
            process.StandardOutput.BaseStream.CopyTo(errors);
        }

        process.WaitForExit();
        child?.Exited(process.ExitCode);
        return process.ExitCode;
    }

    private static Process? Start(ProcessStartInfo start, out int refused)
    {
        refused = 0;
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception cause)
        {
            const int noEntry = 2;
            refused = cause.NativeErrorCode == noEntry ? NotFound : NotExecutable;
            Diagnostics.Note(refused == NotFound ? $"there is no command \"{start.FileName}\"" : $"the command \"{start.FileName}\" cannot be executed");
            return null;
        }
    }

    private static void PassOn(PosixSignalContext signal, Process process, int number)
    {
        signal.Cancel = true;
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else if (!process.HasExited)
        {
            _ = Kill(process.Id, number);
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
