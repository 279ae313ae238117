using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Transactions;

/// <summary>
/// This worktree's own note that it began a transaction (I6): a pending ref alone is never believed, since a push or a
/// mirror clone can bring one. Written before the pending ref, removed after a later barrier has made the transaction's
/// end durable; so a witness outlives its transaction for a while, which is not an open transaction.
/// </summary>
/// <param name="Id">The transaction.</param>
/// <param name="Commit">Its commit.</param>
/// <param name="Token">The worktree's token when it began.</param>
/// <param name="BootId">The running system when it began.</param>
/// <param name="Durability">What was promised.</param>
/// <param name="Pack">The base name of its pack, whose <c>.keep</c> may still be there.</param>
/// <param name="IndexLockHash">The hash of the bytes that we wrote into <c>index.lock</c>, or null.</param>
internal sealed record Witness(
    TransactionId Id, ObjectId Commit, string Token, string BootId, Durability Durability, string Pack,
    string? IndexLockHash)
{
    /// <summary>Whether the system was started anew since: what was not synced may be gone.</summary>
    internal bool FromEarlierBoot => BootId.Length > 0 && LocalState.BootId.Length > 0 && BootId != LocalState.BootId;

    /// <summary>Writes it; the name appears when its content is there.</summary>
    internal void Write(LocalState state, bool sync)
    {
        var path = PathOf(state, Id);
        var text = $"commit {Commit}\nworktree {Token}\nboot {BootId}\ndurability {Durability}\npack {Pack}\n"
            + (IndexLockHash is null ? "" : $"index {IndexLockHash}\n") + "end\n";
        try
        {
            using (var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(handle, Encoding.UTF8.GetBytes(text), 0);
                if (sync)
                {
                    Sync.File(handle, path);
                }
            }

            if (sync)
            {
                Sync.Directory(state.Open);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", path);
        }
    }

    /// <summary>Removes it; not there is fine.</summary>
    internal static void Remove(LocalState state, TransactionId id)
    {
        try
        {
            File.Delete(PathOf(state, id));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "remove", PathOf(state, id));
        }
    }

    /// <summary>
    /// Removes the witness of a transaction that has ended, and first the keep file of its pack, where a kill after the
    /// commit point has left it: nobody else knows whose it is.
    /// </summary>
    internal static void Settle(TransactionContext context, TransactionId id, Witness? witness)
    {
        if (witness is { Pack.Length: > 0 })
        {
            OwnPacks.ReleaseKeep(context.Layout, witness.Pack);
        }

        Remove(context.State, id);
    }

    /// <summary>
    /// All witnesses of this worktree, oldest first. One that is torn (a kill or power cut while it was written) has no
    /// pending ref yet, so nothing was swapped: it comes with a null value and only its temps have to go.
    /// </summary>
    internal static IReadOnlyList<(TransactionId Id, Witness? Witness)> All(LocalState state)
    {
        if (!Directory.Exists(state.Open))
        {
            return [];
        }

        var found = new List<(TransactionId, Witness?)>();
        foreach (var path in Directory.EnumerateFiles(state.Open))
        {
            if (TransactionId.TryParse(Path.GetFileName(path), out var id))
            {
                found.Add((id, Parse(id, ReadText(path))));
            }
        }

        found.Sort((a, b) => string.CompareOrdinal(a.Item1.ToString(), b.Item1.ToString()));
        return found;
    }

    private static string PathOf(LocalState state, TransactionId id) => state.Open + "/" + id;

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "read", path);
        }
    }

    private static Witness? Parse(TransactionId id, string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            fields[blank < 0 ? line : line[..blank]] = blank < 0 ? "" : line[(blank + 1)..];
        }

        return fields.ContainsKey("end") && ObjectId.TryParse(fields.GetValueOrDefault("commit", ""), out var commit)
            && Enum.TryParse<Durability>(fields.GetValueOrDefault("durability"), out var durability)
            ? new Witness(id, commit, fields.GetValueOrDefault("worktree", ""), fields.GetValueOrDefault("boot", ""),
                durability, fields.GetValueOrDefault("pack", ""), fields.GetValueOrDefault("index"))
            : null;
    }
}
