using System.Buffers.Binary;
using System.Collections.Concurrent;
using GitWriteOpt.ObjectStore;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Validation;

/// <summary>
/// Which results are known, in a file of fixed size that is looked into rather than read: half a kilobyte a blob, however
/// much was validated before. Safe for several threads.
/// </summary>
/// <remarks>
/// The file is a row of buckets of 32 entries of 8 bytes. A blob's entries stand in the bucket that its id names, or in the
/// next one; where both are full, an older entry makes room. An entry is one half of the result's 128-bit key: the lower
/// one where the rule found nothing, the upper one where what it found stands in the <see cref="ResultFile"/>. So neither
/// a torn write, nor two at once, nor a flipped bit can make an entry that matches: it only loses one, and the rule runs
/// again. Nothing is locked and nothing is synced.
/// </remarks>
internal sealed class ResultTable(string path)
{
    private const int Buckets = 1 << 14;
    private const int EntriesOfBucket = 32;
    private const int Window = 2 * EntriesOfBucket;
    private const int BucketLength = EntriesOfBucket * sizeof(ulong);

    /// <summary>Bytes that the file takes at most; where the file system can, only buckets in use take room.</summary>
    public const long Length = (Buckets + 1L) * BucketLength;

    private readonly ConcurrentDictionary<int, ulong[]> _windows = new();
    private readonly Lazy<SafeFileHandle?> _file = new(() => Open(path, FileMode.Open, FileAccess.Read));

    /// <summary>Whether a result is known: false where it found nothing, true where the result file has it, else null.</summary>
    public bool? Found(ObjectId blob, UInt128 key)
    {
        var window = _windows.GetOrAdd(BucketOf(blob), Read);
        return window.AsSpan().Contains(Clean(key)) ? false : window.AsSpan().Contains(Kept(key)) ? true : null;
    }

    /// <summary>Notes results, as far as that can be done.</summary>
    public void Add(IEnumerable<(ObjectId Blob, UInt128 Key, bool Found)> results)
    {
        using var file = Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (file is null)
        {
            return;
        }

        try
        {
            if (RandomAccess.GetLength(file) != Length)
            {
                RandomAccess.SetLength(file, Length);
            }

            var raw = new byte[Window * sizeof(ulong)];
            foreach (var bucket in results.GroupBy(r => BucketOf(r.Blob)))
            {
                var window = Read(file, bucket.Key, raw);
                foreach (var (_, key, found) in bucket)
                {
                    Insert(window, found ? Kept(key) : Clean(key));
                }

                for (var i = 0; i < Window; i++)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(raw.AsSpan(i * sizeof(ulong)), window[i]);
                }

                RandomAccess.Write(file, raw, (long)bucket.Key * BucketLength);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A full disk: the rules run again next time.
        }
    }

    private static void Insert(ulong[] window, ulong entry)
    {
        if (!window.AsSpan().Contains(entry))
        {
            var free = Array.IndexOf(window, 0ul);
            window[free >= 0 ? free : (int)(entry >> 32) & (EntriesOfBucket - 1)] = entry;
        }
    }

    private ulong[] Read(int bucket) =>
        _file.Value is { } file ? Read(file, bucket, new byte[Window * sizeof(ulong)]) : [];

    // What cannot be read is not known.
    private static ulong[] Read(SafeFileHandle file, int bucket, byte[] raw)
    {
        Array.Clear(raw);
        try
        {
            RandomAccess.Read(file, raw, (long)bucket * BucketLength);
        }
        catch (IOException)
        {
            Array.Clear(raw);
        }

        var window = new ulong[Window];
        for (var i = 0; i < Window; i++)
        {
            window[i] = BinaryPrimitives.ReadUInt64LittleEndian(raw.AsSpan(i * sizeof(ulong)));
        }

        return window;
    }

    private static SafeFileHandle? Open(string path, FileMode mode, FileAccess access)
    {
        try
        {
            if (mode == FileMode.OpenOrCreate)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            }

            return File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null; // not there yet, or a git directory that cannot be written
        }
    }

    // An id is a cryptographic hash: any of its bits will do.
    private static int BucketOf(ObjectId blob)
    {
        Span<byte> raw = stackalloc byte[blob.Length];
        blob.CopyTo(raw);
        return BinaryPrimitives.ReadUInt16LittleEndian(raw) & (Buckets - 1);
    }

    // Zero is a free entry.
    private static ulong Clean(UInt128 key) => Math.Max((ulong)key, 1);

    private static ulong Kept(UInt128 key) => Math.Max((ulong)(key >> 64), 1);
}
