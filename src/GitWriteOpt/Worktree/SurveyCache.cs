using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>What an earlier survey found at a path whose bytes are not those of the index's blob, or may not be.</summary>
/// <param name="Path">The path.</param>
/// <param name="Id">The blob of its raw bytes.</param>
/// <param name="Stat">What <c>lstat</c> said then.</param>
/// <param name="IsConverted">Whether attributes make the raw bytes and the index's blob two things.</param>
internal readonly record struct KnownFile(string Path, ObjectId Id, IndexStat Stat, bool IsConverted);

/// <summary>
/// What the last survey of this worktree learned, so that the next one hashes nothing that <c>lstat</c> says is the same:
/// a few lines for what differs from the index. It is believed only while the commit that it was made for is still there,
/// since nothing else keeps the blobs that it names. The user's own index is never touched.
/// </summary>
/// <param name="Ref">The ref of the commit that holds all these blobs.</param>
/// <param name="Commit">That commit.</param>
/// <param name="SurveyedAt">When the survey began, in nanoseconds since 1970.</param>
/// <param name="AttributesKey">What decided then which files are converted between worktree and index.</param>
/// <param name="Files">What was found.</param>
/// <param name="Trees">Trees that were made for it, so that the commit holds them.</param>
internal sealed record SurveyCache(
    string Ref, ObjectId Commit, long SurveyedAt, string AttributesKey, IReadOnlyList<KnownFile> Files,
    IReadOnlySet<ObjectId> Trees)
{
    private const string Version = "writeopt survey 3";

    /// <summary>What the worktree's tree was made of, as a hash (<see cref="SurveyedTree"/>); empty where that is not known.</summary>
    internal string Made { get; init; } = "";

    /// <summary>The tree that was made of it.</summary>
    internal ObjectId Tree { get; init; }

    /// <summary>Reads it; null where there is none, or it is damaged, or its commit is gone.</summary>
    internal static SurveyCache? Read(string path, RefStore refs)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)), Encoding.UTF8);
            if (reader.ReadString() != Version)
            {
                return null;
            }

            var (name, commit) = (reader.ReadString(), ObjectId.Parse(reader.ReadString()));
            if (refs.Read(name) != commit)
            {
                return null;
            }

            var (at, key) = (reader.ReadInt64(), reader.ReadString());
            var files = new KnownFile[reader.ReadInt32()];
            var length = reader.ReadByte();
            for (var i = 0; i < files.Length; i++)
            {
                files[i] = new KnownFile(reader.ReadString(), new ObjectId(reader.ReadBytes(length)), new IndexStat(
                    reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(),
                    reader.ReadUInt32(), reader.ReadUInt32()), reader.ReadBoolean());
            }

            var trees = new HashSet<ObjectId>();
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                trees.Add(new ObjectId(reader.ReadBytes(length)));
            }

            var (made, tree) = (reader.ReadString(), new ObjectId(reader.ReadBytes(length)));

            // The last byte is written last: a file that was cut off is not believed.
            return reader.ReadByte() == 1 ? new SurveyCache(name, commit, at, key, files, trees) { Made = made, Tree = tree } : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException
            or ArgumentException or OverflowException or WriteException)
        {
            return null; // a help, not a record: without it more is hashed
        }
    }

    /// <summary>Writes it in the place of the last one; nothing happens where it cannot be written.</summary>
    internal void Write(string path)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(Ref);
        writer.Write(Commit.ToString());
        writer.Write(SurveyedAt);
        writer.Write(AttributesKey);
        writer.Write(Files.Count);
        writer.Write((byte)Commit.Length);
        foreach (var (name, id, stat, converted) in Files)
        {
            writer.Write(name);
            writer.Write(id.ToByteArray());
            writer.Write(stat.ChangedNanoseconds);
            writer.Write(stat.ModifiedNanoseconds);
            writer.Write(stat.Device);
            writer.Write(stat.Inode);
            writer.Write(stat.Owner);
            writer.Write(stat.Group);
            writer.Write(stat.Size);
            writer.Write(converted);
        }

        writer.Write(Trees.Count);
        foreach (var tree in Trees)
        {
            writer.Write(tree.ToByteArray());
        }

        writer.Write(Made);
        writer.Write(Tree.ToByteArray());
        writer.Write((byte)1);
        writer.Flush();
        try
        {
            File.WriteAllBytes(path + ".new", bytes.ToArray());
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The next survey hashes more.
        }
    }
}
