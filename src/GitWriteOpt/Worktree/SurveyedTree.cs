using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>
/// The tree of a worktree: the index's tree with what differs from it. Where both are what they were for the last survey,
/// so is the tree, and nothing is read or made.
/// </summary>
/// <param name="Tree">The tree.</param>
/// <param name="Made">What it was made of, as a hash.</param>
/// <param name="Fresh">The trees that were made for it, now or then.</param>
internal sealed record SurveyedTree(ObjectId Tree, string Made, IReadOnlySet<ObjectId> Fresh)
{
    /// <summary>Makes it.</summary>
    internal static SurveyedTree Of(TreeStore trees, ObjectId indexTree, IReadOnlyList<TreeChange> changes, SurveyCache? earlier)
    {
        var made = Hash(indexTree, changes);
        return earlier is not null && earlier.Made == made
            ? new SurveyedTree(earlier.Tree, made, new HashSet<ObjectId>(earlier.Trees.Concat(trees.Made)))
            : new SurveyedTree(TreeUpdate.Make(trees, indexTree, changes), made, trees.Made.ToHashSet());
    }

    private static string Hash(ObjectId indexTree, IReadOnlyList<TreeChange> changes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(indexTree.ToByteArray());
        Span<byte> mode = stackalloc byte[sizeof(int)];
        foreach (var (path, bits, id) in changes)
        {
            // A NUL ends a name, and ids of one repository have one length: no two lists have the same bytes.
            hash.AppendData(Encoding.UTF8.GetBytes(path.Value + "\0"));
            BinaryPrimitives.WriteInt32LittleEndian(mode, id is null ? -1 : bits);
            hash.AppendData(mode);
            hash.AppendData(id?.ToByteArray() ?? []);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
