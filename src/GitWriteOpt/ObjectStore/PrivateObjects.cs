using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using GitWriteOpt.Operations;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Loose objects in a private object directory: enough for a git child to find what it is given, and for us to read what
/// it made. Not durable, not for the user's repository.
/// </summary>
internal sealed class PrivateObjects(string directory, ObjectFormat format)
{
    /// <summary>Writes a blob; its id.</summary>
    /// <exception cref="Errors.StoreException">The disk failed.</exception>
    public ObjectId Write(Content content)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0"));
        var temporary = directory + "/incoming";
        try
        {
            using var hash = IncrementalHash.CreateHash(Name());
            using (var zlib = new ZLibStream(File.Create(temporary), CompressionLevel.Fastest))
            {
                hash.AppendData(header);
                zlib.Write(header);
                using var source = content.Open();
                var buffer = new byte[(int)Math.Clamp(content.Length, 1, 1 << 16)];
                for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
                {
                    hash.AppendData(buffer, 0, read);
                    zlib.Write(buffer, 0, read);
                }
            }

            var id = new ObjectId(hash.GetHashAndReset());
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(id))!);
            File.Move(temporary, PathOf(id), overwrite: true);
            return id;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("write", temporary, cause);
        }
    }

    /// <summary>The bytes of a blob, or null where it is not a loose one here.</summary>
    /// <exception cref="Errors.StoreException">The disk failed, or it is damaged.</exception>
    public byte[]? TryRead(ObjectId id)
    {
        try
        {
            using var zlib = new ZLibStream(File.OpenRead(PathOf(id)), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            zlib.CopyTo(bytes);
            var whole = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
            return whole[(whole.IndexOf((byte)0) + 1)..].ToArray();
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw FileFailure.Of("read", PathOf(id), cause);
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "git names objects by SHA-1; nothing is secured by it")]
    private HashAlgorithmName Name() =>
        format == ObjectFormat.Sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1;

    private string PathOf(ObjectId id)
    {
        var hex = id.ToString();
        return $"{directory}/{hex[..2]}/{hex[2..]}";
    }
}
