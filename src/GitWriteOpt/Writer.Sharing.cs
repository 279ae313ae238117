using GitWriteOpt.ObjectStore;
using GitWriteOpt.Sessions;
using GitWriteOpt.Sharing;

namespace GitWriteOpt;

/// <summary>Sharing: hidden refs travel only when that is asked for.</summary>
public sealed partial class Writer
{
    /// <summary>Shares a session, or what was learned, under the user's own name.</summary>
    /// <param name="remote">A configured remote, or an address.</param>
    /// <param name="session">The session; null for what was learned.</param>
    /// <param name="force">Whether what looks like a secret is shared all the same; private files never are.</param>
    /// <param name="mayPrompt">Whether git may ask for a password in the terminal.</param>
    /// <exception cref="Errors.UsageException">There is no such session or remote.</exception>
    /// <exception cref="Errors.RefusedException">It holds what looks like a secret.</exception>
    /// <exception cref="Errors.StoreException">The remote refused.</exception>
    public SharePushOutcome Share(string remote, string? session, bool force, bool mayPrompt)
    {
        var transport = new RemoteTransport(Layout, _context.Config, mayPrompt);
        var known = transport.IsConfigured(remote) ? remote : null;
        var (refs, outcome) = Locked(() => session is null ? new Shares(_context).PreparePatterns(known, force)
            : new Shares(_context).Prepare(new AgentSessions(_context).Find(session), known, force));
        transport.Push(remote, refs);
        return outcome with { Remote = remote };
    }

    /// <summary>Fetches what others shared; it can be looked at, and is never acted on.</summary>
    /// <param name="remote">A configured remote, or an address.</param>
    /// <param name="user">Only this user's; null for all.</param>
    /// <param name="mayPrompt">Whether git may ask for a password in the terminal.</param>
    /// <exception cref="Errors.UsageException">There is no such remote.</exception>
    /// <exception cref="Errors.StoreException">The remote refused.</exception>
    public ShareFetchOutcome FetchShared(string remote, string? user, bool mayPrompt)
    {
        var pattern = (user is null ? RefNames.Shared : ShareNamespace.Of(ShareNamespace.Sanitised(user))) + "*";
        var fetched = new RemoteTransport(Layout, _context.Config, mayPrompt).Fetch(remote, pattern, new Shares(_context).Tips());
        return Locked(() => new Shares(_context).Take(remote, fetched));
    }

    /// <summary>What is shared, by us and by others, as far as it is here.</summary>
    public IEnumerable<SharedItem> Shared() => new Shares(_context).List();
}
