using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Transactions;

/// <summary>
/// What this worktree keeps for itself, in <c>writeopt/</c> below its git directory: the lock, the witnesses of open
/// transactions, temps, and a random token that tells this worktree from every other. Never shared, never in a ref.
/// </summary>
internal sealed class LocalState(RepositoryLayout layout)
{
    private string? _token;

    /// <summary>The directory of it all.</summary>
    internal string Root { get; } = layout.GitDirectory + "/writeopt";

    /// <summary>A witness each for transactions that have begun (I6).</summary>
    internal string Open => Root + "/open";

    /// <summary>A directory of temps for each transaction.</summary>
    internal string Stage => Root + "/stage";

    /// <summary>The lock that this worktree's writers hold one after another (I7); the file is never unlinked.</summary>
    internal string Lock => Root + "/lock";

    /// <summary>The lock that writers share and gc takes alone; the file is never unlinked.</summary>
    internal string SharedLock => layout.CommonDirectory + "/writeopt/gc";

    /// <summary>What the last survey of the worktree learned.</summary>
    internal string Survey => Root + "/survey";

    /// <summary>What git listed last as untracked.</summary>
    internal string Listing => Root + "/listing";

    /// <summary>Held by gc and forget from their beginning to their end, so that one runs at a time; writers never ask for it.</summary>
    internal string UpkeepLock => layout.CommonDirectory + "/writeopt/gc-run";

    /// <summary>Its time is that of the last gc.</summary>
    internal string UpkeepStamp => layout.CommonDirectory + "/writeopt/gc-stamp";

    /// <summary>A file for each session that holds leases on paths.</summary>
    internal string Leases => Root + "/leases";

    /// <summary>What earlier transactions took, for estimates.</summary>
    internal string Figures => Root + "/figures";

    /// <summary>What became of suggestions.</summary>
    internal string Suggestions => Root + "/suggestions";

    /// <summary>
    /// Identifies the running system since it was started: a witness from an earlier boot may have seen a power cut.
    /// Empty where the platform does not tell.
    /// </summary>
    internal static string BootId { get; } = ReadBootId();

    /// <summary>Makes the directories; cheap where they are there.</summary>
    internal void Prepare()
    {
        try
        {
            Directory.CreateDirectory(Open);
            Directory.CreateDirectory(Stage);
            Directory.CreateDirectory(layout.CommonDirectory + "/writeopt");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(Fallbacks.WithoutBackup(Errno.Error(cause, "make the directory", Root)), cause);
        }
    }

    /// <summary>This worktree's random token, or null where it has none yet.</summary>
    internal string? Token()
    {
        if (_token is null && File.Exists(Root + "/worktree"))
        {
            var text = File.ReadAllText(Root + "/worktree").Trim();
            _token = text.Length == 16 ? text : null;
        }

        return _token;
    }

    /// <summary>This worktree's random token, made on first use. The worktree's lock is held.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    internal string EnsureToken()
    {
        if (Token() is null)
        {
            WriteToken(SystemRandom.HexDigits(8));
        }

        return _token!;
    }

    /// <summary>Gives this worktree a token. Its lock is held.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    internal void WriteToken(string token)
    {
        try
        {
            // Renamed into place, and synced before and after, once in a worktree's life: a token that a kill left
            // half-written, or that a power cut took, would make our own journals look foreign.
            using (var file = File.OpenHandle(Root + "/worktree.new", FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, Encoding.ASCII.GetBytes(token + "\n"), 0);
                Sync.File(file, Root + "/worktree.new");
            }

            File.Move(Root + "/worktree.new", Root + "/worktree", overwrite: true);
            Sync.Directory(Root);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", Root + "/worktree");
        }

        _token = token;
    }

    private static string ReadBootId()
    {
        const string path = "/proc/sys/kernel/random/boot_id";
        return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
    }
}
