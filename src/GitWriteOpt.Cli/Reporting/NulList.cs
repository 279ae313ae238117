using System.CommandLine;
using System.Text;
using GitWriteOpt.Cli.Commands;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Lists for scripts: names, ids or paths alone, raw, each ended by NUL, for <c>xargs -0</c>.</summary>
internal static class NulList
{
    /// <summary><c>-z</c>.</summary>
    /// <param name="what">What is printed of each.</param>
    public static Option<bool> Option(string what) => new("-z") { Description = $"Print the {what} alone, each ended by NUL" };

    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(IEnumerable<string> items, Invocation invocation)
    {
        var output = invocation.Screen.Raw();
        foreach (var item in items)
        {
            output.Write(Encoding.UTF8.GetBytes(item + '\0'));
        }

        output.Flush();
        return ExitCode.Done;
    }
}
