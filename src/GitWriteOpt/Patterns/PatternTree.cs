using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Patterns;

/// <summary>
/// What <c>refs/writeopt/patterns</c> holds at one moment: files by their paths in its tree (<c>state.json</c>,
/// <c>commits/*.jsonl</c> and <c>rules/*.jsonl</c> of co-change, <c>templates/&lt;name&gt;/...</c>). Contents are read when they are asked for.
/// </summary>
public sealed class PatternTree
{
    private readonly ObjectReader? _objects;
    private readonly SortedDictionary<string, ObjectId> _files;

    internal PatternTree(ObjectReader? objects, ObjectId? commit, SortedDictionary<string, ObjectId> files, string? damage)
    {
        (_objects, _files) = (objects, files);
        (Commit, Damage) = (commit, damage);
    }

    /// <summary>The commit that the ref points at, or null where there is none: nothing has been learned yet.</summary>
    public ObjectId? Commit { get; }

    /// <summary>Why nothing of it can be used although the ref is there, or null. Learning afresh mends it.</summary>
    public string? Damage { get; }

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => _files.Count == 0;

    /// <summary>The paths of all files, in order.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    internal IReadOnlyDictionary<string, ObjectId> Ids => _files;

    /// <summary>The paths below a directory (<c>templates/</c>), in order.</summary>
    /// <param name="directory">With a slash at its end.</param>
    public IEnumerable<string> Below(string directory) =>
        _files.Keys.Where(path => path.StartsWith(directory, StringComparison.Ordinal));

    /// <summary>The bytes of a file, or null where there is none.</summary>
    /// <exception cref="Errors.StoreException">Its blob is missing or damaged.</exception>
    public byte[]? TryRead(string path) => _files.TryGetValue(path, out var id) ? _objects!.ReadVerified(id).Bytes : null;

    /// <summary>The same without one of its files.</summary>
    internal PatternTree Without(string path)
    {
        var files = new SortedDictionary<string, ObjectId>(_files, Comparer);
        files.Remove(path);
        return new PatternTree(_objects, Commit, files, Damage);
    }

    /// <summary>A tree without files over the ref as it is now.</summary>
    internal static PatternTree Nothing(ObjectId? commit, string? damage) =>
        new(null, commit, new SortedDictionary<string, ObjectId>(Comparer), damage);

    /// <summary>Order of paths as git has them.</summary>
    internal static IComparer<string> Comparer { get; } = Comparer<string>.Create(Utf8Order.Compare);
}
