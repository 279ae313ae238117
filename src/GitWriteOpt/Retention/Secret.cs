using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Retention;

/// <summary>
/// What is to be forgotten: paths, and blobs wherever they are. The blobs count at other paths too, since a secret that
/// was moved or copied is still one; the empty blob is nobody's.
/// </summary>
/// <param name="Paths">Files, and directories with all below them.</param>
/// <param name="Blobs">Contents.</param>
internal sealed record Secret(IReadOnlyList<RepoPath> Paths, HashSet<ObjectId> Blobs)
{
    /// <summary>Whether a path is named.</summary>
    internal bool Names(string path) => Paths.Any(p => path == p.Value
        || (path.Length > p.Value.Length && path[p.Value.Length] == '/' && path.StartsWith(p.Value, StringComparison.Ordinal)));

    /// <summary>Whether a path with this content has to go.</summary>
    internal bool Covers(string path, ObjectId? blob) => (blob is { } id && Blobs.Contains(id)) || Names(path);

    /// <summary>Adds a content, unless it is empty.</summary>
    internal void Add(ObjectId? blob)
    {
        if (blob is { } id && id != ObjectHash.Of(ObjectType.Blob, [], id.Format))
        {
            Blobs.Add(id);
        }
    }
}
