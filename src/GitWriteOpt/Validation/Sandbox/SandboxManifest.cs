using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>What we last put at a path of the sandbox, and what its file looked like then.</summary>
/// <param name="Mode">git's mode; 0 for one that was about to be written.</param>
/// <param name="Id">The blob id.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="ModifiedTicks">Its mtime.</param>
internal readonly record struct SandboxEntry(int Mode, ObjectId Id, long Length, long ModifiedTicks);

/// <summary>
/// What the sandbox holds by our own hand, so that the next run writes only what differs, and removes what is no longer
/// wanted but nothing that a build left there. Written before files are (with those that are coming) and after.
/// </summary>
internal sealed class SandboxManifest
{
    private const string Version = "writeopt sandbox 1";

    /// <summary>The files, by path.</summary>
    public Dictionary<string, SandboxEntry> Files { get; private init; } = new(StringComparer.Ordinal);

    /// <summary>Paths of links into the worktree's ignored directories.</summary>
    public IReadOnlyList<string> Links { get; set; } = [];

    /// <summary>Reads it; null where there is none or it is damaged: then the sandbox is made anew.</summary>
    public static SandboxManifest? Read(string path)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)), Encoding.UTF8);
            if (reader.ReadString() != Version)
            {
                return null;
            }

            var length = reader.ReadByte();
            var links = Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString()).ToList();
            var manifest = new SandboxManifest { Links = links };
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                manifest.Files[reader.ReadString()] = new SandboxEntry(reader.ReadInt32(), new ObjectId(reader.ReadBytes(length)),
                    reader.ReadInt64(), reader.ReadInt64());
            }

            return reader.ReadByte() == 1 ? manifest : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException
            or ArgumentException or OverflowException or WriteException)
        {
            return null;
        }
    }

    /// <summary>Writes it in the place of the last one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path, ObjectFormat format)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Version);
            writer.Write((byte)(format == ObjectFormat.Sha256 ? 32 : 20));
            writer.Write(Links.Count);
            foreach (var link in Links)
            {
                writer.Write(link);
            }

            writer.Write(Files.Count);
            foreach (var (name, entry) in Files)
            {
                writer.Write(name);
                writer.Write(entry.Mode);
                writer.Write(entry.Id.ToByteArray());
                writer.Write(entry.Length);
                writer.Write(entry.ModifiedTicks);
            }

            writer.Write((byte)1); // last, so that a file that was cut off is not believed
        }

        File.WriteAllBytes(path + ".new", bytes.ToArray());
        File.Move(path + ".new", path, overwrite: true);
    }
}
