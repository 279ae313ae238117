namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Which index file this is: git never writes into one, it puts a new one in place, with a new time, length or checksum.
/// </summary>
/// <param name="Exists">Whether there is one.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Modified">When it was written, UTC.</param>
/// <param name="Checksum">Its last 20 bytes.</param>
internal sealed record IndexStamp(bool Exists, long Length, DateTime Modified, string Checksum)
{
    /// <summary>The stamp of a file as it is now.</summary>
    /// <exception cref="Errors.StoreException">It cannot be read.</exception>
    public static IndexStamp Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            var tail = new byte[Math.Min(20, length)];
            RandomAccess.Read(file, tail, length - tail.Length);
            return new IndexStamp(true, length, File.GetLastWriteTimeUtc(file), Convert.ToHexString(tail));
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return new IndexStamp(false, 0, DateTime.MinValue, "");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", path, cause);
        }
    }
}
