using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>Whether the user wants colour: <c>NO_COLOR</c>, <c>TERM=dumb</c>, then <c>color.ui</c>.</summary>
internal static class ColourSetting
{
    /// <summary>On a terminal. git is asked, since there may be no repository whose configuration we have read.</summary>
    public static bool IsOn(string directory) => !IsForbidden(onTerminal: true)
        && new GitProcess(null) { WorkingDirectory = directory, KeepCallersEnvironment = true }
            .Try(["config", "--get-colorbool", "color.ui", "true"]).Text.Trim() == "true";

    /// <summary>
    /// Where the output is a file or a pipe: only under <c>color.ui=always</c>, and where the pipe is the pager that git
    /// started for us (<c>pager.writeopt</c>). No process is started for it, since most runs are such.
    /// </summary>
    public static bool IsAlways(RepositoryLayout? layout)
    {
        if (layout is null || IsForbidden(onTerminal: false))
        {
            return false;
        }

        var config = GitConfig.Open(layout);
        return config.Get("color.ui") is var wanted && (wanted == "always"
            || (Environment.GetEnvironmentVariable("GIT_PAGER_IN_USE") is "true" or "1" && (wanted is null or "auto" or "true")
                && config.GetBool("color.pager", whereNotSet: true)));
    }

    private static bool IsForbidden(bool onTerminal) => Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
        || (onTerminal && Environment.GetEnvironmentVariable("TERM") == "dumb");
}
