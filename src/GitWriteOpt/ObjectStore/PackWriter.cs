using System.Buffers;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Writes objects into one new pack (gitformat-pack, version 2, no deltas): a fraction of what loose objects cost, and
/// protectable while no ref reaches them, which loose ones are not. Thread-safe until <see cref="Finish"/>.
/// </summary>
/// <remarks>
/// Order on disk: the pack under a temporary name, <c>.keep</c>, <c>.pack</c>, <c>.idx</c>. git sees the objects with the
/// last of them, and from then on a concurrent <c>git gc --prune=now</c> finds the keep file. A failure leaves no name.
/// An object that the repository has elsewhere is packed again: what is not reachable may be pruned at any time.
/// </remarks>
public sealed class PackWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PackDirectory _directory;
    private readonly PackOutput _output;
    private readonly List<PackedObject> _objects = [];
    private readonly HashSet<ObjectId> _known = [];
    private bool _finished;

    /// <summary>A writer of one pack. Nothing is written to disk before there is a lot, or <see cref="Finish"/>.</summary>
    /// <param name="layout">The repository.</param>
    /// <param name="owner">The token of the worktree that writes, by which its recovery knows what a kill left.</param>
    public PackWriter(RepositoryLayout layout, string owner = "")
    {
        _directory = new PackDirectory(layout, owner);
        Format = layout.ObjectFormat;
        _output = new PackOutput(_directory, Format);
    }

    /// <summary>The hash function of the repository.</summary>
    public ObjectFormat Format { get; }

    /// <summary>The number of objects so far.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _objects.Count;
            }
        }
    }

    /// <summary>Whether the pack holds an object already.</summary>
    public bool Contains(ObjectId id)
    {
        lock (_gate)
        {
            return _known.Contains(id);
        }
    }

    /// <summary>Adds a blob; a large file is streamed, hashed and compressed in one pass, never held in memory.</summary>
    /// <exception cref="StoreException">It cannot be read, changed its length meanwhile, or the disk is full.</exception>
    public ObjectId AddBlob(Content content)
    {
        var entry = PackEntry.FitsMemory(content) ? Prepare(content) : default(PackEntry?);
        return entry is { } small ? Append(small) : AppendStreamed(content);
    }

    /// <summary>
    /// Adds many blobs, hashing and compressing in parallel. Memory is bounded whatever their number.
    /// </summary>
    /// <returns>The ids, in the same order.</returns>
    public IReadOnlyList<ObjectId> AddBlobs(IReadOnlyList<Content> contents) => ParallelBlobs.Add(this, contents);

    /// <summary>Adds a tree of these bytes.</summary>
    public ObjectId AddTree(ReadOnlySpan<byte> bytes) => Add(ObjectType.Tree, bytes);

    /// <summary>Adds a commit of these bytes.</summary>
    public ObjectId AddCommit(ReadOnlySpan<byte> bytes) => Add(ObjectType.Commit, bytes);

    /// <summary>Ends the pack and puts it into its place; null where nothing was added.</summary>
    /// <exception cref="StoreException">The disk did not take it: nothing of it is left.</exception>
    public WrittenPack? Finish() => Seal()?.Publish();

    /// <summary>Ends the pack under its temporary name; null where nothing was added.</summary>
    /// <exception cref="StoreException">The disk did not take it: nothing of it is left.</exception>
    internal SealedPack? Seal()
    {
        lock (_gate)
        {
            if (_finished)
            {
                throw new InvalidOperationException("the pack is finished already");
            }

            _finished = true;
            return _objects.Count == 0 ? null : SealedPack.Seal(_directory, _output, _objects);
        }
    }

    /// <summary>Removes the temporary file where the pack was not finished.</summary>
    public void Dispose()
    {
        _output.Dispose();
        if (_output.TemporaryPath is { } path)
        {
            PackDirectory.TryDelete(path);
        }
    }

    /// <summary>Hashes a small content, and compresses it where the pack does not hold it: the parallel part.</summary>
    internal PackEntry Prepare(Content content)
    {
        if (content is Content.Memory memory)
        {
            return Prepare(ObjectType.Blob, memory.Bytes.Span);
        }

        var length = (int)content.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length + 1);
        try
        {
            return Prepare(ObjectType.Blob, buffer.AsSpan(0, ReadWhole((Content.InFile)content, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Appends an entry unless the pack holds its object: the part that is in order.</summary>
    internal ObjectId Append(in PackEntry entry)
    {
        lock (_gate)
        {
            if (!_known.Contains(entry.Id))
            {
                var offset = _output.Position;
                _output.Write(entry.Bytes);
                _objects.Add(new PackedObject(entry.Id, offset, entry.Crc));
                _known.Add(entry.Id);
            }

            return entry.Id;
        }
    }

    private static int ReadWhole(Content.InFile file, byte[] buffer)
    {
        try
        {
            using var handle = File.OpenHandle(file.AbsolutePath, share: FileShare.ReadWrite | FileShare.Delete);
            var length = (int)file.Size;
            var seen = 0;
            for (int read; seen <= length
                && (read = RandomAccess.Read(handle, buffer.AsSpan(seen, length + 1 - seen), seen)) > 0;)
            {
                seen += read;
            }

            return seen == length ? length : throw ObjectHash.ChangedLength(file.AbsolutePath, length, seen);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "read", file.AbsolutePath);
        }
    }

    private ObjectId Add(ObjectType type, ReadOnlySpan<byte> bytes) => Append(Prepare(type, bytes));

    private PackEntry Prepare(ObjectType type, ReadOnlySpan<byte> bytes)
    {
        var id = ObjectHash.Of(type, bytes, Format);
        return Contains(id) ? new PackEntry(id, default, 0) : PackEntry.Of(id, type, bytes);
    }

    // The id is known only at the end: an object that was there already is cut off again.
    private ObjectId AppendStreamed(Content content)
    {
        lock (_gate)
        {
            var start = _output.Position;
            try
            {
                var id = StreamedBlob.Write(content, _output, Format, out var crc);
                if (_known.Add(id))
                {
                    _objects.Add(new PackedObject(id, start, crc));
                }
                else
                {
                    _output.Truncate(start);
                }

                return id;
            }
            catch
            {
                _output.Truncate(start);
                throw;
            }
        }
    }
}
