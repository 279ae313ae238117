using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A commit of ours: the real time as author date; committer date <c>1 +0000</c>, so that ours come last in
/// <c>git log --all</c> and are not offered to servers by <c>git fetch</c>; never signed. Commits of others are read too.
/// </summary>
public sealed record CommitObject
{
    private static readonly UTF8Encoding Lenient = new(false);

    /// <summary>The tree.</summary>
    public required ObjectId Tree { get; init; }

    /// <summary>The parents, in order.</summary>
    public IReadOnlyList<ObjectId> Parents { get; init; } = [];

    /// <summary>Who made it: <c>Name &lt;mail&gt;</c>. What git does not allow there is dropped when it is written.</summary>
    public required string Author { get; init; }

    /// <summary>When it was made; whole seconds are kept.</summary>
    public required DateTimeOffset AuthorDate { get; init; }

    /// <summary>The message without its trailers and without blank lines at its end.</summary>
    public required string Message { get; init; }

    /// <summary>The trailers, in order; keys may repeat.</summary>
    public IReadOnlyList<Trailer> Trailers { get; init; } = [];

    /// <summary>The first line of the message.</summary>
    public string Subject => Message.Split('\n', 2)[0];

    /// <summary>The value of the first trailer of this key, or null. Case does not count, as in git.</summary>
    public string? Trailer(string key) =>
        Trailers.FirstOrDefault(t => t.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The bytes of the object.</summary>
    /// <exception cref="RefusedException">A trailer's value has a line break or another control character.</exception>
    public byte[] ToBytes()
    {
        var author = AuthorLine.Clean(Author);
        var text = new StringBuilder(512).Append("tree ").Append(Tree).Append('\n');
        foreach (var parent in Parents)
        {
            text.Append("parent ").Append(parent).Append('\n');
        }

        text.Append("author ").Append(author).Append(' ').Append(AuthorLine.Date(AuthorDate)).Append('\n');
        text.Append("committer ").Append(author).Append(" 1 +0000\n\n");
        text.Append(TrailerBlock.Append(Message, Trailers));
        return Lenient.GetBytes(text.ToString());
    }

    /// <summary>Reads the bytes of a commit.</summary>
    /// <exception cref="StoreException">They are not a commit.</exception>
    public static CommitObject Parse(ReadOnlySpan<byte> bytes, ObjectId id)
    {
        var text = Lenient.GetString(bytes);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        ObjectId? tree = null;
        var parents = new List<ObjectId>();
        string? author = null;
        foreach (var line in (end < 0 ? text : text[..end]).Split('\n'))
        {
            if (line.StartsWith("tree ", StringComparison.Ordinal) && ObjectId.TryParse(line.AsSpan(5), out var named))
            {
                tree ??= named;
            }
            else if (line.StartsWith("parent ", StringComparison.Ordinal)
                && ObjectId.TryParse(line.AsSpan(7), out var parent))
            {
                parents.Add(parent);
            }
            else if (line.StartsWith("author ", StringComparison.Ordinal))
            {
                author ??= line[7..];
            }
        }

        if (tree is not { } found || author is null || !AuthorLine.TryParse(author, out var who, out var when))
        {
            throw DamagedObject.Error(id, "it is not a well-formed commit");
        }

        var (message, trailers) = TrailerBlock.Split(end < 0 ? "" : text[(end + 2)..]);
        return new CommitObject
        {
            Tree = found,
            Parents = parents,
            Author = who,
            AuthorDate = when,
            Message = message,
            Trailers = trailers,
        };
    }
}
