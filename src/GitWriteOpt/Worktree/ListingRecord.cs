using System.IO.Hashing;
using System.Text;

namespace GitWriteOpt.Worktree;

/// <summary>A directory that git entered, as it was then.</summary>
/// <param name="Path">Relative to the worktree's root, which is empty.</param>
/// <param name="Inode">Its inode.</param>
/// <param name="Modified">Its mtime, in nanoseconds since 1970.</param>
/// <param name="Changed">Its ctime, likewise.</param>
/// <param name="Device">Its file system.</param>
internal readonly record struct EnteredDirectory(string Path, ulong Inode, long Modified, long Changed, ulong Device)
{
    /// <summary>Whether what is found is this directory, and no name in it came or went.</summary>
    internal bool Matches(in Fingerprint found) => found.Kind == FileKind.Directory && found.Inode == Inode
        && found.ModifiedNanoseconds == Modified && found.ChangedNanoseconds == Changed && found.Device == Device;
}

/// <summary>What git listed as untracked, and what that depends on (<see cref="UntrackedListing"/>).</summary>
/// <param name="Key">The hash of what lies outside of the directories.</param>
/// <param name="RulesHash">The hash of the bytes of <paramref name="IgnoreFiles"/>.</param>
/// <param name="Directories">All that git enters.</param>
/// <param name="IgnoreFiles">The <c>.gitignore</c> files in them.</param>
/// <param name="Files">The answer.</param>
internal sealed record ListingRecord(
    string Key, string RulesHash, IReadOnlyList<EnteredDirectory> Directories, IReadOnlyList<string> IgnoreFiles,
    IReadOnlyList<string> Files)
{
    private const string Version = "writeopt listing 1";

    /// <summary>The hash of the bytes of these files.</summary>
    /// <exception cref="IOException">One is gone or cannot be read.</exception>
    internal static string HashOf(string root, IReadOnlyList<string> files)
    {
        var hash = new XxHash128();
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(root + "/" + file);
            hash.Append(BitConverter.GetBytes(bytes.LongLength));
            hash.Append(bytes);
        }

        return Convert.ToHexString(hash.GetCurrentHash());
    }

    /// <summary>Reads it; null where there is none or it is damaged.</summary>
    internal static ListingRecord? Read(string path)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)), Encoding.UTF8);
            if (reader.ReadString() != Version)
            {
                return null;
            }

            var (key, rules) = (reader.ReadString(), reader.ReadString());
            var directories = new EnteredDirectory[reader.ReadInt32()];
            for (var i = 0; i < directories.Length; i++)
            {
                directories[i] = new EnteredDirectory(
                    reader.ReadString(), reader.ReadUInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64());
            }

            var (ignore, files) = (Names(reader), Names(reader));

            // The last byte is written last: a file that was cut off is not believed.
            return reader.ReadByte() == 1 ? new ListingRecord(key, rules, directories, ignore, files) : null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException
            or OverflowException or FormatException)
        {
            return null; // git is asked
        }
    }

    /// <summary>Writes it in the place of the last one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Write(string path)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(Key);
        writer.Write(RulesHash);
        writer.Write(Directories.Count);
        foreach (var directory in Directories)
        {
            writer.Write(directory.Path);
            writer.Write(directory.Inode);
            writer.Write(directory.Modified);
            writer.Write(directory.Changed);
            writer.Write(directory.Device);
        }

        foreach (var names in new[] { IgnoreFiles, Files })
        {
            writer.Write(names.Count);
            foreach (var name in names)
            {
                writer.Write(name);
            }
        }

        writer.Write((byte)1);
        writer.Flush();
        File.WriteAllBytes(path + ".new", bytes.ToArray());
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string[] Names(BinaryReader reader)
    {
        var names = new string[reader.ReadInt32()];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = reader.ReadString();
        }

        return names;
    }
}
