using System.CommandLine;
using System.Reflection;

namespace GitWriteOpt.Cli.Commands;

/// <summary>The options that every command takes, before or after its name.</summary>
internal static class CommonOptions
{
    /// <summary><c>-C &lt;dir&gt;</c>: as git's.</summary>
    public static Option<string?> Directory { get; } = new("-C")
    {
        Description = "Run as if started in <dir>",
        HelpName = "dir",
        Recursive = true,
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output",
        Recursive = true,
    };

    /// <summary><c>-v</c>.</summary>
    public static Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Log every decision and phase to standard error",
        Recursive = true,
    };

    /// <summary><c>-q</c>.</summary>
    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Print errors and what was asked for, nothing else",
        Recursive = true,
    };

    /// <summary>The version and the commit that the binary was built from, where it is known.</summary>
    public static (string Version, string? Commit) VersionAndCommit()
    {
        var text = typeof(CommonOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "unknown";
        return text.Split('+', 2) is [var version, var commit] ? (version, commit) : (text, null);
    }

    /// <summary><c>--version</c>.</summary>
    public static Option<bool> Version { get; } = new("--version") { Description = "Print the version and its commit" };
}
