using System.Buffers.Text;
using System.Text;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// What the index's <c>TREE</c> extension (git's <c>Documentation/gitformat-index.txt</c>, "Cache tree") says of a
/// directory: the tree object that its entries make, as long as none of them changed.
/// </summary>
/// <param name="Count">How many index entries it covers; -1 where it is out of date.</param>
/// <param name="Id">The tree; null where it is out of date.</param>
/// <param name="Below">The directories in it, by name.</param>
internal sealed record CachedTree(int Count, ObjectId? Id, IReadOnlyDictionary<string, CachedTree> Below)
{
    private const int DeepestDirectory = 2048;

    /// <summary>Reads the extension; null where it is empty or cannot be understood (then trees are made anew).</summary>
    public static CachedTree? Parse(ReadOnlySpan<byte> bytes, ObjectFormat format) =>
        bytes.IsEmpty ? null : Node(ref bytes, format == ObjectFormat.Sha256 ? 32 : 20, 0)?.Tree;

    // "<name>\0<count> <directories>\n", then the id where the count is not negative, then the directories.
    private static (string Name, CachedTree Tree)? Node(ref ReadOnlySpan<byte> rest, int idLength, int depth)
    {
        var nul = rest.IndexOf((byte)0);
        if (nul < 0 || depth > DeepestDirectory)
        {
            return null;
        }

        var name = Encoding.UTF8.GetString(rest[..nul]);
        rest = rest[(nul + 1)..];
        if (!Utf8Parser.TryParse(rest, out int count, out var used) || rest.Length <= used || rest[used] != ' ')
        {
            return null;
        }

        rest = rest[(used + 1)..];
        if (!Utf8Parser.TryParse(rest, out int directories, out used) || rest.Length <= used || rest[used] != '\n')
        {
            return null;
        }

        rest = rest[(used + 1)..];
        ObjectId? id = null;
        if (count >= 0)
        {
            if (rest.Length < idLength)
            {
                return null;
            }

            id = new ObjectId(rest[..idLength]);
            rest = rest[idLength..];
        }

        var below = new Dictionary<string, CachedTree>(StringComparer.Ordinal);
        for (var i = 0; i < directories; i++)
        {
            if (Node(ref rest, idLength, depth + 1) is not var (inner, tree))
            {
                return null;
            }

            below[inner] = tree;
        }

        return (name, new CachedTree(count, id, below));
    }
}
