using GitWriteOpt.Cli.Commands;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>The answer to --version.</summary>
/// <param name="Version">Three numbers.</param>
/// <param name="Commit">The commit that the binary was built from, hex, or null.</param>
internal sealed record VersionAnswer(string Version, string? Commit);

/// <summary>Prints the version as git prints its own, and the commit.</summary>
internal static class VersionReport
{
    private const int ShortCommit = 12;

    /// <summary>Prints it; the result is the exit code.</summary>
    public static int Print(Invocation invocation)
    {
        var (version, commit) = CommonOptions.VersionAndCommit();
        if (invocation.Json)
        {
            JsonReport.Print(invocation, new VersionAnswer(version, commit), AnswerJson.Default.VersionAnswer);
            return ExitCode.Done;
        }

        invocation.Screen.Line($"git-writeopt version {version}"
            + (commit is null ? "" : $" (commit {commit[..Math.Min(ShortCommit, commit.Length)]})"));
        return ExitCode.Done;
    }
}
