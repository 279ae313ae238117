using System.Diagnostics;
using System.Globalization;

namespace GitWriteOpt.Platform;

/// <summary>
/// A process told apart from every other that had or will have its number: by when it was started, on which boot of which
/// machine.
/// </summary>
/// <param name="Pid">Its number.</param>
/// <param name="Started">When it was started, in the system's own ticks; empty where that cannot be told.</param>
/// <param name="Boot">The boot id of the system; empty where it has none.</param>
/// <param name="Host">The machine's name.</param>
internal sealed record ProcessIdentity(int Pid, string Started, string Boot, string Host)
{
    /// <summary>What is known of a running process; null where there is none of this number.</summary>
    internal static ProcessIdentity? Of(int pid, string boot) =>
        StartOf(pid) is { } started ? new ProcessIdentity(pid, started, boot, Environment.MachineName) : null;

    /// <summary>
    /// The nearest process above this one that is none of these programs; null where that cannot be told. What started us
    /// is often <c>git</c>, or a shell that ends as soon as we do.
    /// </summary>
    internal static int? Above(IReadOnlySet<string> passing)
    {
        const int deepest = 64;
        var pid = Environment.ProcessId;
        for (var i = 0; i < deepest; i++)
        {
            if (Fields(pid) is not [_, var parent, ..]
                || !int.TryParse(parent, NumberStyles.None, CultureInfo.InvariantCulture, out pid) || pid < 2)
            {
                return null;
            }

            if (!passing.Contains(Name(pid)))
            {
                return pid;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether it is still running. One of another machine, which shares the repository over a network, is taken to be.
    /// </summary>
    internal bool IsAlive(string boot) => Host != Environment.MachineName
        || ((Boot.Length == 0 || boot.Length == 0 || Boot == boot) && StartOf(Pid) is { } started && started == Started);

    /// <summary>As one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Pid} {(Started.Length == 0 ? "-" : Started)} {(Boot.Length == 0 ? "-" : Boot)} {Host}");

    /// <summary>Reads the line; null where it is none.</summary>
    internal static ProcessIdentity? Parse(string? line) => line?.Split(' ', 4) is [var pid, var started, var boot, var host]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? new ProcessIdentity(number, started == "-" ? "" : started, boot == "-" ? "" : boot, host) : null;

    // The name, in parentheses, may hold blanks and parentheses; the fields are counted from its end (proc(5)).
    private static string[] Fields(int pid)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Name(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/comm")).TrimEnd('\n');
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string? StartOf(int pid)
    {
        const int startTime = 19; // field 22 of the line, the state being field 3
        if (OperatingSystem.IsLinux())
        {
            return Fields(pid) is { Length: > startTime } fields && fields[0] != "Z" ? fields[startTime] : null;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException
            or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return null;
        }
    }
}
