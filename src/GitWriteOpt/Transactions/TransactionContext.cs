using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Worktree;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Transactions;

/// <summary>What everything in this room needs of one opened repository.</summary>
/// <param name="Layout">Where its parts are.</param>
/// <param name="State">What this worktree keeps for itself.</param>
/// <param name="Refs">Its refs.</param>
/// <param name="Objects">Its objects.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Log">For decisions and phases.</param>
internal sealed record TransactionContext(
    RepositoryLayout Layout, LocalState State, RefStore Refs, ObjectReader Objects, GitConfig Config, ILogger Log)
    : IDisposable
{
    private readonly Lock _spooling = new();
    private PrivateDirectory? _spool;
    private int _spooled;

    /// <summary>Use .NET's own file calls even where Linux's are at hand: the slower way that tests run, too.</summary>
    internal bool Portable { get; init; }

    /// <summary>What stands between a transaction and its directories: nothing, but for tests that act in between.</summary>
    internal Func<OpenDirectory, OpenDirectory> Watch { get; init; } = directory => directory;

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Opens the worktree for looking and swapping.</summary>
    internal WorktreeReader OpenWorktree() => new(OpenAt(Layout.WorktreeRoot));

    /// <summary>Opens a directory by its path: the worktree's root, the temps'.</summary>
    internal OpenDirectory OpenAt(string path) => Watch(OpenDirectory.At(path, Portable));

    /// <summary>What the repository contributes to a commit.</summary>
    internal CommitFacts Facts() =>
        new(Identity.Of(Config).ToString(), Time.GetLocalNow(), State.EnsureToken(), Refs.ReadHead().Commit);

    /// <summary>
    /// A new id, greater than every one that this worktree still has a witness of; where it has none (gc has settled them),
    /// than the newest transaction with a ref.
    /// </summary>
    internal TransactionId NewId() =>
        TransactionId.New(Time, Witness.All(State) is { Count: > 0 } all ? all[^1].Id : NewestWithRef());

    /// <summary>The content of a blob, for several threads at once; large ones lie in a private directory until this is disposed of.</summary>
    internal Content Blob(ObjectId id) => Objects.OpenBlob(id, () =>
    {
        lock (_spooling)
        {
            _spool ??= PrivateDirectory.Make(Layout);
        }

        return _spool.At($"blob{Interlocked.Increment(ref _spooled)}");
    });

    /// <summary>Puts a pack in its place and then the refs that protect it, in an order that survives a kill.</summary>
    /// <param name="pack">Complete; null where the refs need no new object.</param>
    /// <param name="durable">Whether it has to survive a power cut on return.</param>
    /// <param name="updates">The refs.</param>
    internal void Publish(SealedPack? pack, bool durable, params IReadOnlyList<RefUpdate> updates)
    {
        if (durable)
        {
            pack?.Sync();
        }

        var written = pack?.Publish();
        if (durable)
        {
            written?.Sync();
        }

        if (updates.Count > 0)
        {
            Refs.Apply(durable, updates);
        }

        written?.ReleaseKeep();
        if (written is not null)
        {
            OwnPacks.Record(Layout, written);
        }
    }

    /// <summary>Changes the index.</summary>
    internal IndexStaging Staging(bool durable = true) => new(Layout, AttributeSettings(), durable);

    /// <summary>The configuration of line ends.</summary>
    internal AttributeSettings AttributeSettings() =>
        new(Config.Get("core.autocrlf"), Config.Get("core.eol"), Config.Get("core.attributesFile"));

    private TransactionId? NewestWithRef() => Refs.Names(RefNames.Transactions).Reverse()
        .Select(name => TransactionId.TryParse(name.AsSpan(RefNames.Transactions.Length), out var id) ? id : (TransactionId?)null)
        .FirstOrDefault(id => id is not null);

    /// <inheritdoc/>
    public void Dispose()
    {
        _spool?.Dispose();
        Objects.Dispose();
    }
}
