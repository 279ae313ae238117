using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sharing;

/// <summary>
/// Sessions and patterns on their way to other people and from them, over git's own wires: hidden refs travel only when
/// that is asked for, below the sender's own name. What comes from others is never acted on (I6).
/// </summary>
internal sealed class Shares(TransactionContext context)
{
    private const int MostNamed = 20;

    /// <summary>Gets a session ready: checks it, and makes the refs here that will travel. The worktree's lock is held.</summary>
    /// <param name="session">The session.</param>
    /// <param name="remote">Where it shall go; null for an address that we know nothing of.</param>
    /// <param name="force">Whether what looks like a secret is shared all the same; private files never are.</param>
    /// <exception cref="RefusedException">It holds what looks like a secret.</exception>
    internal (IReadOnlyList<RefEntry> Refs, SharePushOutcome Outcome) Prepare(SessionSummary session, string? remote, bool force)
    {
        var user = ShareNamespace.User(context.Config);
        var shared = new SharedSession(context, session);
        var found = new SecretScan(context).Look(shared.Entries(), shared.New(remote));
        RefuseSecrets(found, $"the session {session.Id}", force);
        using var pack = new PackWriter(context.Layout, context.State.EnsureToken());
        List<RefEntry> refs = [.. shared.Write(pack)
            .Select(c => new RefEntry($"{ShareNamespace.Of(user)}session/{session.Id}/{c.Name}", c.Commit))];
        context.Publish(pack.Seal(), durable: false, Updates(refs));
        return (refs, new SharePushOutcome(remote ?? "", user, [.. refs.Select(r => r.Name)], [.. shared.Private.Select(p => p.Value)])
        {
            Forced = found,
        });
    }

    /// <summary>Gets what was learned ready. The worktree's lock is held.</summary>
    /// <exception cref="UsageException">Nothing was learned yet.</exception>
    internal (IReadOnlyList<RefEntry> Refs, SharePushOutcome Outcome) PreparePatterns(string? remote, bool force)
    {
        var user = ShareNamespace.User(context.Config);
        var commit = context.Refs.Read(RefNames.Patterns) ?? throw new UsageException(new WriteError(ErrorCategory.Usage,
            "no-patterns", "nothing was learned here yet that could be shared")
        {
            Suggestion = "git writeopt learn",
        });
        List<(string Path, ObjectId Blob)> entries = [.. Retention.SnapshotEntries.Of(context, commit)];
        var found = new SecretScan(context).Look(entries, entries.Select(e => e.Blob).ToHashSet());
        RefuseSecrets(found, RefNames.Patterns, force);
        var one = new RefEntry(ShareNamespace.Of(user) + "patterns", commit);
        context.Refs.Apply(durable: false, Updates([one]));
        return ([one], new SharePushOutcome(remote ?? "", user, [one.Name], []) { Forced = found });
    }

    /// <summary>Takes refs over that were fetched. The worktree's lock is held.</summary>
    internal ShareFetchOutcome Take(string remote, IReadOnlyList<RefEntry> fetched)
    {
        List<RefEntry> usable = [.. fetched.Where(r => r.Name.StartsWith(RefNames.Shared, StringComparison.Ordinal) && RefNames.IsOurs(r.Name))];
        List<RefEntry> news = [.. usable.Where(r => context.Refs.Read(r.Name) != r.Id)];
        if (news.Count > 0)
        {
            context.Refs.Apply(durable: false, Updates(news));
        }

        return new ShareFetchOutcome(remote, [.. news.Select(r => r.Name)], usable.Count - news.Count);
    }

    /// <summary>What is shared, by us and by others, as far as it is here.</summary>
    internal IEnumerable<SharedItem> List() => context.Refs.List(RefNames.Shared).Select(Item).OfType<SharedItem>();

    /// <summary>Commits that a remote need not send: what is here of it and of what is shared.</summary>
    internal IEnumerable<ObjectId> Tips() => context.Refs.List(RefNames.Shared).Select(r => r.Id)
        .Concat(context.Refs.ReadHead().Commit is { } head ? [head] : []).Distinct().Take(256);

    private RefUpdate[] Updates(IEnumerable<RefEntry> refs) =>
    [
        .. refs.Select(r => (Entry: r, Old: context.Refs.Read(r.Name))).Where(r => r.Old != r.Entry.Id)
            .Select(r => r.Old is { } old ? (RefUpdate)new RefUpdate.Update(r.Entry.Name, r.Entry.Id, old)
                : new RefUpdate.Create(r.Entry.Name, r.Entry.Id)),
    ];

    private static void RefuseSecrets(IReadOnlyList<string> found, string what, bool force)
    {
        if (found.Count > 0 && !force)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Permission, "secrets",
                $"{what} is not shared: {string.Join("; ", found.Take(MostNamed))}"
                + (found.Count > MostNamed ? $"; and {found.Count - MostNamed} more" : ""))
            {
                Suggestion = "git writeopt forget --path <path> takes a file out of all that is recorded; --force shares it all",
            });
        }
    }

    // "<user>/session/<id>/checkpoints", "<user>/session/<id>/tx/<id>", "<user>/patterns"
    private SharedItem? Item(RefEntry one)
    {
        var parts = one.Name[RefNames.Shared.Length..].Split('/');
        var (session, kind) = parts switch
        {
            [_, "patterns"] => (null, "patterns"),
            [_, "session", var id, "checkpoints"] => (id, "checkpoints"),
            [_, "session", var id, ("tx" or "snap") and var family, _] => (id, family),
            _ => (null, ""),
        };
        if (kind.Length == 0)
        {
            return null;
        }

        var commit = context.Objects.TryRead(one.Id) is { Type: ObjectType.Commit } read
            ? CommitObject.Parse(read.Bytes, one.Id) : null;
        return new SharedItem(parts[0], session, kind, one.Name, one.Id.ToString(), commit?.AuthorDate, commit?.Subject ?? "");
    }
}
