using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Sessions;

/// <summary>What becomes of a write to a path that another session is writing: <c>writeopt.lease</c>.</summary>
public enum LeasePolicy
{
    /// <summary>It is done, with a warning.</summary>
    Warn,

    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>Nobody takes leases, nobody asks for them.</summary>
    Off,
}

/// <summary>A lease that another session holds.</summary>
/// <param name="Path">Relative to the worktree's root.</param>
/// <param name="Session">The session's name, or its id where it has none.</param>
/// <param name="Pid">The process that the lease lives and dies with.</param>
public sealed record HeldLease(string Path, string Session, int Pid)
{
    private const int LongestName = 64;

    /// <summary>
    /// Who holds it, for a message. What a session is called is its caller's choice, and messages may reach a model: only a
    /// name that looks like an id is told.
    /// </summary>
    public string Holder => Session.Length is > 0 and <= LongestName
        && Session.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        ? $"the session {Session} (process {Pid})" : $"another session (process {Pid})";
}

/// <summary>The answer to asking for leases.</summary>
/// <param name="Policy">What the configuration says.</param>
/// <param name="Held">The leases of others that are in the way, at most one a path.</param>
public sealed record LeaseAnswer(LeasePolicy Policy, IReadOnlyList<HeldLease> Held);

/// <summary>Reads the policy.</summary>
internal static class LeasePolicies
{
    /// <summary>The setting.</summary>
    internal const string Key = "writeopt.lease";

    /// <summary>What is configured; a warning where nothing is.</summary>
    /// <exception cref="UsageException">It is none of the three.</exception>
    internal static LeasePolicy Of(GitConfig config) => config.Get(Key) switch
    {
        null or "warn" => LeasePolicy.Warn,
        "refuse" => LeasePolicy.Refuse,
        "off" => LeasePolicy.Off,
        var other => throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-setting",
            $"{Key} is \"{other}\"; it has to be warn, refuse or off")
        {
            Suggestion = $"git config {Key} warn",
        }),
    };
}
