using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The repository's refs: reads any, writes those below <see cref="RefNames.Root"/> alone. The files backend is read and
/// written by own code, interoperating with git's locks (a concurrent <c>pack-refs</c>, gc or update-ref); any other
/// backend through git. No reflogs, and no hook sees these changes (I11), a <c>reference-transaction</c> hook neither.
/// Nothing is cached: each call sees the disk as it is. Thread-safe.
/// </summary>
public sealed class RefStore(RepositoryLayout layout)
{
    private const int DeepestLink = 5; // as git's SYMREF_MAXDEPTH

    private readonly LooseRefs _loose = new(layout);

    /// <summary>How long a lock of somebody else is waited for, with growing pauses.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a ref points at, or null where it does not exist. Symbolic refs are followed.</summary>
    /// <exception cref="StoreException"><c>damaged-ref</c>: its file holds no object id.</exception>
    public ObjectId? Read(string name)
    {
        if (!layout.RefsAreFiles)
        {
            return RefsByGit.Read(layout, name);
        }

        for (var depth = 0; depth < DeepestLink; depth++)
        {
            var loose = _loose.Read(name);
            if (loose.IsDamaged)
            {
                throw RefErrors.Damaged(name, _loose.FileOf(name));
            }

            if (loose.Target is null)
            {
                // Loose first: one that is packed and pruned meanwhile is then in packed-refs.
                return loose.Id ?? Packed(name);
            }

            name = loose.Target;
        }

        return null;
    }

    /// <summary>The branch that HEAD names and its commit.</summary>
    public HeadState ReadHead()
    {
        if (!layout.RefsAreFiles)
        {
            return RefsByGit.ReadHead(layout);
        }

        var head = _loose.Read("HEAD");
        return head.IsDamaged ? throw RefErrors.Damaged("HEAD", _loose.FileOf("HEAD"))
            : head.Target is { } branch ? new HeadState(branch, Read(branch))
            : new HeadState(null, head.Id);
    }

    /// <summary>All refs below a prefix that ends with a slash, in the order of their names.</summary>
    /// <param name="prefix">For example <see cref="RefNames.Transactions"/>.</param>
    /// <param name="damaged">Receives the names of refs whose files hold no id; null to throw at the first.</param>
    /// <exception cref="StoreException"><c>damaged-ref</c>.</exception>
    public IReadOnlyList<RefEntry> List(string prefix, ICollection<string>? damaged = null)
    {
        RequirePrefix(prefix);
        if (!layout.RefsAreFiles)
        {
            return RefsByGit.List(layout, prefix);
        }

        // Loose first, for the same reason as in Read; a loose ref hides a packed one.
        var refs = new List<RefEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _loose.Names(prefix))
        {
            var loose = _loose.Read(name);
            if (!loose.Exists)
            {
                continue; // packed or deleted since
            }

            seen.Add(name);
            if (loose.IsDamaged)
            {
                (damaged ?? throw RefErrors.Damaged(name, _loose.FileOf(name))).Add(name);
            }
            else if ((loose.Id ?? Read(name)) is { } id)
            {
                refs.Add(new RefEntry(name, id));
            }
        }

        using var packed = new PackedRefs(layout);
        refs.AddRange(packed.Below(prefix).Where(entry => !seen.Contains(entry.Name)));
        refs.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return refs;
    }

    /// <summary>
    /// The names of all refs below a prefix that ends with a slash, in their order, damaged ones included; loose ones are
    /// not opened, so that looking for the newest few of many is cheap.
    /// </summary>
    public IReadOnlyList<string> Names(string prefix)
    {
        RequirePrefix(prefix);
        if (!layout.RefsAreFiles)
        {
            return [.. RefsByGit.List(layout, prefix).Select(entry => entry.Name)];
        }

        var names = new HashSet<string>(_loose.Names(prefix), StringComparer.Ordinal);
        using var packed = new PackedRefs(layout);
        names.UnionWith(packed.Below(prefix).Select(entry => entry.Name));
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// The refs below a prefix that ends with a slash, the last name first, each opened when it is asked for: the newest
    /// few of many cost as much as a few. One that is deleted meanwhile is left out.
    /// </summary>
    /// <exception cref="StoreException"><c>damaged-ref</c>, when it is reached.</exception>
    public IEnumerable<RefEntry> LastFirst(string prefix)
    {
        RequirePrefix(prefix);
        if (!layout.RefsAreFiles)
        {
            return RefsByGit.List(layout, prefix).AsEnumerable().Reverse();
        }

        return Names(prefix).Reverse().Select(name => (Name: name, Id: Read(name))).Where(found => found.Id is not null)
            .Select(found => new RefEntry(found.Name, found.Id!.Value));
    }

    /// <summary>Makes a transaction ready: locks taken, old values compared, new ones written but not visible.</summary>
    /// <exception cref="StoreException">
    /// <c>ref-locked</c>, <c>ref-exists</c>, <c>ref-changed</c>, <c>ref-conflict</c>, <c>damaged-ref</c>, or the disk;
    /// nothing was changed.
    /// </exception>
    public PreparedRefs Prepare(params IReadOnlyList<RefUpdate> updates) => Prepare(sync: false, updates);

    /// <summary>
    /// As <see cref="Prepare(IReadOnlyList{RefUpdate})"/>; with <paramref name="sync"/> the lock files' bytes are durable
    /// before they have their names, so that not even a power cut leaves an empty one.
    /// </summary>
    internal PreparedRefs Prepare(bool sync, IReadOnlyList<RefUpdate> updates) => layout.RefsAreFiles
        ? new PreparedFileRefs(layout, updates, sync, LockWait)
        : new PreparedGitRefs(layout, updates);

    /// <summary>Prepares and commits.</summary>
    /// <param name="durable">Whether it has to survive a power cut on return.</param>
    /// <param name="updates">The changes.</param>
    public void Apply(bool durable, params IReadOnlyList<RefUpdate> updates)
    {
        using var prepared = Prepare(updates);
        if (durable)
        {
            prepared.SyncFiles();
        }

        prepared.Commit();
        if (durable)
        {
            prepared.SyncDirectories();
        }
    }

    private ObjectId? Packed(string name)
    {
        using var packed = new PackedRefs(layout);
        return packed.Find(name);
    }

    private static void RequirePrefix(string prefix)
    {
        if (!prefix.EndsWith('/'))
        {
            throw new ArgumentException($"\"{prefix}\" does not end with a slash", nameof(prefix));
        }
    }
}
