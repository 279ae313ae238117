using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Whether the user wants colour on a terminal: <c>NO_COLOR</c>, <c>TERM=dumb</c>, then <c>color.ui</c>.</summary>
internal static class ColourSetting
{
    /// <summary>Asked for only on a terminal, since git has to be started to read its configuration.</summary>
    public static bool IsOn(string directory)
    {
        if (Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            || Environment.GetEnvironmentVariable("TERM") == "dumb")
        {
            return false;
        }

        return new GitProcess(null) { WorkingDirectory = directory, KeepCallersEnvironment = true }
            .Try(["config", "--get-colorbool", "color.ui", "true"]).Text.Trim() == "true";
    }
}
