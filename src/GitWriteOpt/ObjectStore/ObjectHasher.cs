using System.Security.Cryptography;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// One hash computation after another, in a repository's format. The one place that decides between the managed SHA-1 and
/// the platform's: loading OpenSSL costs about 2 ms once, which some 512 KiB of hashing repay (measured: 120 files of
/// 4 KB), so the managed one serves a process until it has hashed that much. Not thread-safe: one a thread.
/// </summary>
internal sealed class ObjectHasher(ObjectFormat format) : IDisposable
{
    /// <summary>Bytes hashed in this process from which on the platform's SHA-1 is the cheaper one.</summary>
    internal const long PlatformFrom = 512 << 10;

    [ThreadStatic]
    private static ObjectHasher? _sha1;

    [ThreadStatic]
    private static ObjectHasher? _sha256;

    private static long _hashedInProcess;

    private ManagedSha1? _managed;
    private IncrementalHash? _platform;
    private bool _usesManaged;

    /// <summary>This thread's hasher of a format: for computations that begin and end within one method.</summary>
    public static ObjectHasher OfThread(ObjectFormat format) => format == ObjectFormat.Sha256
        ? _sha256 ??= new ObjectHasher(format)
        : _sha1 ??= new ObjectHasher(format);

    /// <summary>Begins a computation over about <paramref name="length"/> bytes.</summary>
    public void Start(long length)
    {
        var hashed = Interlocked.Add(ref _hashedInProcess, length);
        _usesManaged = format == ObjectFormat.Sha1 && hashed <= PlatformFrom;
        if (_usesManaged)
        {
            _managed ??= new ManagedSha1();
        }
        else
        {
            _platform ??= IncrementalHash.CreateHash(
                format == ObjectFormat.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        }
    }

    /// <summary>Begins the computation of an object's id: takes its header.</summary>
    public void Start(ObjectType type, long length)
    {
        Span<byte> header = stackalloc byte[32];
        var used = ObjectTypes.WriteHeader(type, length, header);
        Start(length + used);
        Append(header[..used]);
    }

    /// <summary>Takes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_usesManaged)
        {
            _managed!.Append(bytes);
        }
        else
        {
            _platform!.AppendData(bytes);
        }
    }

    /// <summary>Ends the computation; the hasher can be started again.</summary>
    public ObjectId Finish()
    {
        Span<byte> hash = stackalloc byte[format == ObjectFormat.Sha256 ? 32 : 20];
        if (_usesManaged)
        {
            _managed!.Finish(hash);
        }
        else
        {
            _platform!.GetHashAndReset(hash);
        }

        return new ObjectId(hash);
    }

    /// <inheritdoc/>
    public void Dispose() => _platform?.Dispose();
}
