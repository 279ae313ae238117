using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>A transaction that lost its own ref.</summary>
/// <param name="Id">The id.</param>
/// <param name="Commit">Its commit, a parent of the fold.</param>
/// <param name="Worktree">The token of its worktree, where it is known.</param>
/// <param name="Undid">The transactions that it undid or redid: with them the log knows what stands without the commit.</param>
internal sealed record FoldedTransaction(
    TransactionId Id, ObjectId Commit, string? Worktree, IReadOnlyList<string> Undid);

/// <summary>One commit of the chain at <c>refs/writeopt/folded</c>.</summary>
/// <param name="Transactions">What it holds, newest first.</param>
/// <param name="Earlier">The link with the next older ones, or null at the end.</param>
/// <param name="Total">The number of transactions in this link and those before it.</param>
internal sealed record FoldLink(IReadOnlyList<FoldedTransaction> Transactions, ObjectId? Earlier, int Total)
{
    private const string NoWorktree = "-";

    /// <summary>The most that one link holds, so that git never has to parse a commit of a million bytes.</summary>
    internal const int Capacity = 256;

    /// <summary>Reads a link.</summary>
    /// <exception cref="StoreException">It is not one; nothing of it is believed then.</exception>
    internal static FoldLink Of(CommitObject commit, ObjectId id)
    {
        var lines = commit.Trailers.Where(t => t.Key == TransactionTrailers.Folded).Select(t => Parse(t.Value, id)).ToList();
        var hasEarlier = commit.Parents.Count == lines.Count + 1;
        return lines.Count > 0 && lines.Select(l => l.Commit).SequenceEqual(commit.Parents.Skip(hasEarlier ? 1 : 0))
            && int.TryParse(commit.Trailer(TransactionTrailers.FoldedTotal), NumberStyles.None,
                CultureInfo.InvariantCulture, out var total)
            ? new FoldLink(lines, hasEarlier ? commit.Parents[0] : null, total)
            : throw Damaged(id, "its trailers and its parents do not agree");
    }

    /// <summary>The trailers of the commit.</summary>
    internal IEnumerable<Trailer> Trailers() =>
    [
        .. Transactions.Select(t => new Trailer(TransactionTrailers.Folded,
            string.Join(' ', (string[])[t.Id.ToString(), t.Commit.ToString(), t.Worktree ?? NoWorktree, .. t.Undid]))),
        new(TransactionTrailers.FoldedTotal, Total.ToString(CultureInfo.InvariantCulture)),
    ];

    private static FoldedTransaction Parse(string line, ObjectId fold)
    {
        var words = line.Split(' ');
        return words.Length >= 3 && TransactionId.TryParse(words[0], out var id) && ObjectId.TryParse(words[1], out var commit)
            ? new FoldedTransaction(id, commit, words[2] == NoWorktree ? null : words[2], words[3..])
            : throw Damaged(fold, $"the line \"{line}\" names no transaction");
    }

    private static StoreException Damaged(ObjectId id, string why) => new(new WriteError(ErrorCategory.Format,
        "damaged-fold", $"{RefNames.Folded} leads to {id}, which is no fold of ours: {why}")
    {
        Suggestion = "git writeopt doctor",
    });
}

/// <summary>
/// Reads the folded transactions: a chain of commits, each with an empty tree and the commits of up to
/// <see cref="FoldLink.Capacity"/> transactions as parents, so that git keeps these and sees one small tip in their place.
/// Read link by link, only as far as it is asked.
/// </summary>
internal sealed class FoldedTransactions(TransactionContext context)
{
    private readonly TransactionReader _reader = new(context.Objects);

    /// <summary>All of them, newest first in each worktree.</summary>
    /// <exception cref="StoreException">A link is missing or damaged.</exception>
    internal IEnumerable<FoldedTransaction> NewestFirst() => Links().SelectMany(l => l.Link.Transactions);

    /// <summary>Their number, from the tip alone.</summary>
    internal int Count() => Links().Select(l => l.Link.Total).FirstOrDefault();

    /// <summary>The chain, the newest link first.</summary>
    internal IEnumerable<(ObjectId Id, FoldLink Link)> Links()
    {
        for (var at = context.Refs.Read(RefNames.Folded); at is { } id;)
        {
            var link = FoldLink.Of(_reader.Commit(id), id);
            yield return (id, link);
            at = link.Earlier;
        }
    }
}
