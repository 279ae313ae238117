using System.Collections.Concurrent;
using System.Text.Json;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Mcp;

/// <summary>
/// What a server is for as long as it runs: the repositories that were named at its start, and the one session that all it
/// writes belongs to, so that protected paths are refused, leases end with it, and a rollback cannot reach beyond it.
/// </summary>
/// <param name="repositories">The roots of the worktrees.</param>
internal sealed class ServerSession(IReadOnlyList<string> repositories)
{
    private readonly ConcurrentDictionary<string, RequestHistory> _requests = new(StringComparer.Ordinal);

    /// <summary>The roots of the worktrees that are served, and no others.</summary>
    internal IReadOnlyList<string> Repositories { get; } = repositories;

    /// <summary>The session's name: the environment's, or one of its own.</summary>
    internal string Name { get; } = Environment.GetEnvironmentVariable("WRITEOPT_SESSION") is { Length: > 0 } given ? given
        : $"mcp-{Guid.NewGuid():N}"[..20];

    /// <summary>The newest plan that was made here; null before the first.</summary>
    internal JsonElement? NewestPlan { get; set; }

    /// <summary>What is known of the ids that clients gave to batches of a worktree.</summary>
    internal RequestHistory RequestsOf(string root) => _requests.GetOrAdd(root, _ => new RequestHistory());
}
