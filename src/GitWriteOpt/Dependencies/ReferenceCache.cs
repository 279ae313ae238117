using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Dependencies;

/// <summary>
/// What scanners read in blobs before, in one file below the git directory. A help, not a record: opened when it is first
/// asked, dropped as a whole where it is damaged or of another version, replaced in one rename, never an error. Keys are
/// blob ids with the scanner's name and version; a path is no part of them. Safe for several threads.
/// </summary>
internal sealed class ReferenceCache(string path)
{
    /// <summary>The file is kept below this size (bytes).</summary>
    public const int MostBytes = 48 << 20;

    private const string Version = "writeopt references 1";

    private readonly Lazy<ConcurrentDictionary<Key, byte[]>> _entries = new(() => Load(path));
    private readonly ConcurrentDictionary<Key, byte> _used = new();
    private int _added;

    /// <summary>That of a worktree.</summary>
    public static ReferenceCache Of(RepositoryLayout layout) => new(layout.GitDirectory + "/writeopt/references");

    /// <summary>What a blob refers to; null where that is not known.</summary>
    public FileReferences? TryGet(ObjectId blob, Language language)
    {
        var key = KeyOf(blob, language);
        if (!_entries.Value.TryGetValue(key, out var bytes))
        {
            return null;
        }

        _used[key] = 0;
        return bytes.Length == 0 ? FileReferences.None : Decode(bytes);
    }

    /// <summary>Keeps what a blob refers to.</summary>
    public void Put(ObjectId blob, Language language, FileReferences references)
    {
        var key = KeyOf(blob, language);
        _used[key] = 0;
        _entries.Value[key] = ReferenceEquals(references, FileReferences.None) ? [] : Encode(references);
        Interlocked.Increment(ref _added);
    }

    /// <summary>Writes the file anew if something was added; nothing happens where it cannot be written.</summary>
    public void Save()
    {
        if (Interlocked.Exchange(ref _added, 0) == 0)
        {
            return;
        }

        // What this run used first: the rest goes when there is no room.
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        foreach (var (key, value) in _entries.Value.OrderBy(e => _used.ContainsKey(e.Key) ? 0 : 1))
        {
            if (bytes.Length + value.Length + 100 > MostBytes)
            {
                break;
            }

            writer.Write((byte)key.Blob.Length);
            writer.Write(key.Blob.ToByteArray());
            writer.Write(key.Scanner);
            writer.Write7BitEncodedInt(value.Length);
            writer.Write(value);
        }

        writer.Write((byte)0);
        writer.Write(XxHash64.HashToUInt64(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        writer.Flush();
        var fresh = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = File.Create(fresh))
            {
                file.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            }

            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The next run reads more files.
        }
    }

    private static Key KeyOf(ObjectId blob, Language language) => new(blob, $"{language.Name} {language.Version}");

    private static ConcurrentDictionary<Key, byte[]> Load(string path)
    {
        var entries = new ConcurrentDictionary<Key, byte[]>();
        try
        {
            var bytes = File.ReadAllBytes(path);
            var end = bytes.Length - sizeof(ulong);
            if (end < 0 || XxHash64.HashToUInt64(bytes.AsSpan(0, end)) != BitConverter.ToUInt64(bytes, end))
            {
                return entries;
            }

            using var reader = new BinaryReader(new MemoryStream(bytes, 0, end), Encoding.UTF8);
            if (reader.ReadString() != Version)
            {
                return entries;
            }

            var scanners = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var length = reader.ReadByte(); length != 0; length = reader.ReadByte())
            {
                var id = new ObjectId(reader.ReadBytes(length));
                var scanner = reader.ReadString();
                scanner = scanners.TryGetValue(scanner, out var same) ? same : scanners[scanner] = scanner;
                entries[new Key(id, scanner)] = reader.ReadBytes(reader.Read7BitEncodedInt());
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException
            or ArgumentException or WriteException)
        {
            entries.Clear();
        }

        return entries;
    }

    private static byte[] Encode(FileReferences references)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write7BitEncodedInt(references.Uses.Count);
        foreach (var use in references.Uses)
        {
            writer.Write((byte)((int)use.Form | (use.Optional ? 0x80 : 0)));
            writer.Write(use.Target);
            writer.Write7BitEncodedInt(use.Line);
        }

        writer.Write(references.Namespace);
        writer.Write7BitEncodedInt(references.Types.Count);
        foreach (var type in references.Types)
        {
            writer.Write(type);
        }

        writer.Write7BitEncodedInt(references.Mentions.Count);
        foreach (var mention in references.Mentions)
        {
            writer.Write(mention);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    // The whole file's checksum was right, so these bytes are as they were written.
    private static FileReferences Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        var uses = new Reference[reader.Read7BitEncodedInt()];
        for (var i = 0; i < uses.Length; i++)
        {
            var form = reader.ReadByte();
            uses[i] = new Reference((ReferenceForm)(form & 0x7f), reader.ReadString(), reader.Read7BitEncodedInt(), (form & 0x80) != 0);
        }

        var space = reader.ReadString();
        var types = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = reader.ReadString();
        }

        var mentions = new uint[reader.Read7BitEncodedInt()];
        for (var i = 0; i < mentions.Length; i++)
        {
            mentions[i] = reader.ReadUInt32();
        }

        return new FileReferences(uses) { Namespace = space, Types = types, Mentions = mentions };
    }

    private readonly record struct Key(ObjectId Blob, string Scanner);
}
