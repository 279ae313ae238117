using System.Security.Cryptography;
using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// git's own lock on the index: the file <c>index.lock</c>, which must not exist. Ours appears complete, as a second
/// name of the private copy, so that a kill leaves either nothing or a lock that is known for ours by its bytes. Another's
/// lock is waited for, about two seconds, and never removed.
/// </summary>
internal sealed class IndexLock(RepositoryLayout layout)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(5);

    /// <summary>How long another's lock is waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The lock's path.</summary>
    public string LockFile => layout.IndexFile + ".lock";

    /// <summary>Takes the lock by giving a complete file its name.</summary>
    /// <exception cref="StoreException"><c>index-locked</c>: somebody else holds it; or it cannot be made.</exception>
    public void Take(string completeFile)
    {
        var waited = TimeSpan.Zero;
        for (var wait = FirstWait; !TryTake(completeFile); wait *= 2)
        {
            if (waited >= LongestWait)
            {
                throw new StoreException(new WriteError(ErrorCategory.Permission, "index-locked",
                    $"the index is locked: \"{LockFile}\" is there, and stayed for {LongestWait.TotalSeconds} s")
                {
                    Path = LockFile,
                    Suggestion = $"wait for the other git command; if none is running, remove \"{LockFile}\"",
                });
            }

            Thread.Sleep(wait);
            waited += wait;
        }
    }

    /// <summary>Gives the lock up; only its holder may.</summary>
    public void Release()
    {
        try
        {
            File.Delete(LockFile);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("remove", LockFile, cause);
        }
    }

    /// <summary>Puts the new index in place, which gives the lock up.</summary>
    public void Commit()
    {
        try
        {
            File.Move(LockFile, layout.IndexFile, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("replace", layout.IndexFile, cause);
        }
    }

    /// <summary>Removes the lock where its bytes are these; true where it did.</summary>
    public bool ReleaseIf(string recordedHash)
    {
        if (Hash(LockFile) is { } hash && hash == recordedHash)
        {
            Release();
            return true;
        }

        return false;
    }

    /// <summary>The SHA-256 of a file in lower-case hexadecimal, or null where there is none.</summary>
    public static string? Hash(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of("read", path, cause);
        }
    }

    private bool TryTake(string completeFile) => HardLink.Make(completeFile, LockFile) switch
    {
        LinkAttempt.Made => true,
        LinkAttempt.Exists => false,
        _ => TryCopy(completeFile),
    };

    // Where links are not to be had: an exclusive creation, as git does it.
    private bool TryCopy(string completeFile)
    {
        var created = false;
        try
        {
            using var target = new FileStream(LockFile, FileMode.CreateNew, FileAccess.Write);
            created = true;
            using var source = File.OpenRead(completeFile);
            source.CopyTo(target);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target.SafeFileHandle, File.GetUnixFileMode(completeFile));
            }

            return true;
        }
        catch (IOException) when (!created && File.Exists(LockFile))
        {
            return false;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            if (created)
            {
                Release();
            }

            throw FileFailure.Of("make", LockFile, cause);
        }
    }
}
