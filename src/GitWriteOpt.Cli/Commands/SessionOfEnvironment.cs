namespace GitWriteOpt.Cli.Commands;

/// <summary>The session that the environment names.</summary>
internal static class SessionOfEnvironment
{
    /// <summary><c>WRITEOPT_SESSION</c>, or null where it is unset or empty.</summary>
    public static string? Current() =>
        Environment.GetEnvironmentVariable("WRITEOPT_SESSION") is { Length: > 0 } id ? id : null;
}
