using System.Diagnostics.CodeAnalysis;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Reads objects by id. First our own quick way: loose objects, and packs through their indexes, newest first. What that
/// does not find goes to libgit2 where there are alternates, and at last, like what it does not understand (other index
/// versions, damage), to git, which has the last word on what is missing. Thread-safe; replace refs are never followed.
/// </summary>
public sealed class ObjectReader : IDisposable
{
    private readonly LooseObjects _loose;
    private readonly PackList _packs;
    private readonly GitObjects _git;
    private readonly Lazy<LibGit2Objects?> _libGit2;

    /// <summary>A reader of a repository. Nothing is opened before it is needed.</summary>
    public ObjectReader(RepositoryLayout layout)
    {
        _loose = new LooseObjects(layout.ObjectsDirectory);
        _packs = new PackList(layout.ObjectsDirectory, layout.ObjectFormat);
        _git = new GitObjects(layout);
        _libGit2 = new Lazy<LibGit2Objects?>(() => LibGit2Objects.TryOpen(layout));
    }

    /// <summary>Asks this pack first: the objects that are wanted next are likely to be in it.</summary>
    public void Prefer(WrittenPack pack) => _packs.Prefer(pack.PackPath[..^".pack".Length]);

    /// <summary>An object, or null where the repository does not have it.</summary>
    /// <exception cref="StoreException">It is damaged, or git could not be run.</exception>
    public StoredObject? TryRead(ObjectId id) => Quick(() => ReadQuickly(id))
        ?? (_libGit2.Value?.TryRead(id) is { } blob ? blob : _git.TryRead(id));

    /// <summary>An object whose bytes were hashed again and found to be what the id says.</summary>
    /// <exception cref="StoreException">It is missing (<c>missing-object</c>) or damaged (<c>damaged-object</c>).</exception>
    public StoredObject ReadVerified(ObjectId id)
    {
        var found = TryRead(id) ?? throw DamagedObject.Missing(id);
        return ObjectHash.Of(found.Type, found.Bytes, id.Format) == id
            ? found
            : throw DamagedObject.Error(id, "its bytes have another hash");
    }

    /// <summary>The bytes of a tree.</summary>
    /// <exception cref="StoreException">It is missing, damaged or not a tree.</exception>
    public byte[] ReadTree(ObjectId id) => Read(id, ObjectType.Tree);

    /// <summary>A commit.</summary>
    /// <exception cref="StoreException">It is missing, damaged or not a commit.</exception>
    public CommitObject ReadCommit(ObjectId id) => CommitObject.Parse(Read(id, ObjectType.Commit), id);

    /// <summary>Whether the repository has an object that can at least be begun to read.</summary>
    /// <exception cref="StoreException">It is there and damaged, or git could not be run.</exception>
    public bool Exists(ObjectId id) => Quick(() => FindQuickly(id) ? id : default(ObjectId?)) is not null || _git.Exists(id);

    /// <summary>The content of a blob.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="spool">
    /// Asked for the absolute path of a file to make where the content is larger than
    /// <see cref="Content.StreamingThreshold"/>; the file is the caller's to remove.
    /// </param>
    /// <param name="verify">Whether to hash the bytes again.</param>
    /// <exception cref="StoreException">It is missing, damaged, not a blob, or the file cannot be written.</exception>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "disposed of by the using statement")]
    public Content OpenBlob(ObjectId id, Func<string> spool, bool verify = true)
    {
        if (Quick(() => OpenQuickly(id)) is { } stream)
        {
            using (stream)
            {
                if (stream.Type == ObjectType.Blob && stream.Length > Content.StreamingThreshold)
                {
                    return SpooledBlob.Write(stream, id, spool(), verify);
                }
            }
        }

        var found = verify ? ReadVerified(id) : TryRead(id) ?? throw DamagedObject.Missing(id);
        return found.Type == ObjectType.Blob ? Content.Of(found.Bytes) : throw WrongType(id, found.Type, ObjectType.Blob);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _packs.Dispose();
        if (_libGit2.IsValueCreated)
        {
            _libGit2.Value?.Dispose();
        }
    }

    private static StoreException WrongType(ObjectId id, ObjectType actual, ObjectType wanted) =>
        DamagedObject.Error(id, $"it is a {actual.Word()} where a {wanted.Word()} is expected");

    // What our own reader stumbles over is not an error yet: git may read the object all the same.
    private static T? Quick<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return default;
        }
    }

    private byte[] Read(ObjectId id, ObjectType wanted)
    {
        var found = TryRead(id) ?? throw DamagedObject.Missing(id);
        return found.Type == wanted ? found.Bytes : throw WrongType(id, found.Type, wanted);
    }

    private StoredObject? ReadQuickly(ObjectId id)
    {
        if (_packs.Find(id) is var (pack, offset) && pack.TryRead(offset) is { } packed)
        {
            return packed;
        }

        using var loose = _loose.TryOpen(id);
        return loose?.ReadWhole() is { } bytes ? new StoredObject(loose.Type, bytes) : null;
    }

    private ObjectStream? OpenQuickly(ObjectId id) =>
        _packs.Find(id) is var (pack, offset) ? pack.TryOpen(offset) : _loose.TryOpen(id);

    private bool FindQuickly(ObjectId id)
    {
        if (_packs.Find(id) is not null)
        {
            return true;
        }

        using var loose = _loose.TryOpen(id);
        return loose is not null;
    }
}
