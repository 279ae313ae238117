using System.Buffers.Binary;
using System.IO.Hashing;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Validation;

/// <summary>
/// What rules found, for a <see cref="ResultCache"/>: blocks, each of a validation's new findings, one behind the other.
/// </summary>
/// <remarks>
/// A block is a magic number, its length, a checksum, and records (<see cref="ResultRecords"/>). A block is appended under
/// a lock; one that a kill tore, or that anything else damaged, fails its checksum: it and what follows are passed over,
/// and the next append writes over them. A file that would outgrow its bound keeps its newer half, renamed into place.
/// Who does not get the lock keeps nothing. A power cut may take the newest blocks: nothing is synced.
/// </remarks>
internal sealed class ResultFile
{
    private const int Bound = 4 << 20;
    private const uint Magic = 0x31434757; // "WGC1": another form has another number
    private const int HeadLength = 16;

    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly Dictionary<UInt128, int> _offsets = [];

    private ResultFile(string path, byte[] bytes)
    {
        _path = path;
        _bytes = bytes;
        foreach (var (start, length) in Blocks(bytes))
        {
            // What a damaged record means is not guessed at: the checksum has held, so the form is ours.
            ResultRecords.Index(bytes, start + HeadLength, start + length, _offsets);
        }
    }

    /// <summary>Reads it; an empty one where that cannot be done.</summary>
    public static ResultFile Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new ResultFile(path, ReadAll(file));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return new ResultFile(path, []);
        }
    }

    /// <summary>A result; null where there is none.</summary>
    public IReadOnlyList<Sighting>? TryGet(UInt128 key) =>
        _offsets.TryGetValue(key, out var offset) ? ResultRecords.Read(_bytes, offset) : null;

    /// <summary>Appends results, as far as that can be done.</summary>
    public void Append(IEnumerable<KeyValuePair<UInt128, IReadOnlyList<Sighting>>> results)
    {
        var block = Block(results);
        if (block.Length > Bound / 2)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            using var file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!OperatingSystem.IsWindows() && !FileLock.TryTake(file))
            {
                return;
            }

            // Another process may have appended since.
            var there = RandomAccess.GetLength(file) == _bytes.Length ? _bytes : ReadAll(file);
            var good = Blocks(there).Select(b => b.Start + b.Length).LastOrDefault();
            if (good + block.Length > Bound)
            {
                Replace(there, block);
                return;
            }

            RandomAccess.SetLength(file, good);
            RandomAccess.Write(file, block, good);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // A full disk or a git directory that cannot be written: the rules run again next time.
        }
    }

    private void Replace(byte[] there, byte[] block)
    {
        var next = _path + "." + Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var kept = Blocks(there).SkipWhile(b => there.Length - b.Start > (Bound / 2) - block.Length).ToList();
        try
        {
            using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
            {
                foreach (var (start, length) in kept)
                {
                    file.Write(there, start, length);
                }

                file.Write(block);
            }

            File.Move(next, _path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            File.Delete(next);
        }
    }

    private static byte[] Block(IEnumerable<KeyValuePair<UInt128, IReadOnlyList<Sighting>>> results)
    {
        using var stream = new MemoryStream();
        stream.Write(new byte[HeadLength]);
        ResultRecords.Write(stream, results);
        var block = stream.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(block, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), block.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(8), XxHash3.HashToUInt64(block.AsSpan(HeadLength)));
        return block;
    }

    private static List<(int Start, int Length)> Blocks(byte[] bytes)
    {
        var blocks = new List<(int Start, int Length)>();
        for (var at = 0; bytes.Length - at >= HeadLength;)
        {
            var head = bytes.AsSpan(at);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic || length < HeadLength || length > head.Length
                || BinaryPrimitives.ReadUInt64LittleEndian(head[8..]) != XxHash3.HashToUInt64(head[HeadLength..length]))
            {
                break;
            }

            blocks.Add((at, length));
            at += length;
        }

        return blocks;
    }

    private static byte[] ReadAll(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        if (length > Bound)
        {
            return [];
        }

        var bytes = new byte[length];
        var filled = 0;
        while (filled < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(filled), filled) is var count and > 0)
        {
            filled += count;
        }

        return filled == bytes.Length ? bytes : bytes[..filled];
    }
}
