using System.Diagnostics;

namespace GitWriteOpt.Crashes;

/// <summary>A mount namespace of the program's own, with which all that it mounted goes.</summary>
internal static class Namespaces
{
    private const string Mark = "WRITEOPT_CRASHES_UNSHARED";

    /// <summary>
    /// Runs this program again within one, where mounts may be needed and allowed; its exit code, or null where this is
    /// the inner one already or there is nothing to gain.
    /// </summary>
    internal static int? RunAgainInside(string[] args)
    {
        if (!Environment.IsPrivilegedProcess || Environment.GetEnvironmentVariable(Mark) is not null
            || !File.Exists("/usr/bin/unshare"))
        {
            return null;
        }

        var start = new ProcessStartInfo("/usr/bin/unshare", ["-m", Environment.ProcessPath!, .. Self(), .. args]);
        start.Environment[Mark] = "1";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    // Under `dotnet x.dll` the process is dotnet, and wants the assembly's name first.
    private static string[] Self() => Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
        ? [typeof(Namespaces).Assembly.Location] : [];
}
