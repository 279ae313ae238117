using GitWriteOpt.Platform;

namespace GitWriteOpt.Sessions;

/// <summary>Which process a session lives and dies with.</summary>
public static class SessionOwner
{
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "git", "git-writeopt", "sh", "bash", "dash", "zsh", "ksh", "fish", "env", "timeout",
    };

    /// <summary>
    /// Of a hook: the agent, above the shells and git that it started and that end with the hook. Null where that cannot
    /// be told.
    /// </summary>
    public static int? OfHook() => ProcessIdentity.Above(Passing);
}
