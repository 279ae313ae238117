namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Trees that are there and trees that are being made: those of the object store, and new ones, which go into a pack
/// where one is given (without one they are only calculated). One that the store happens to have is packed all the same,
/// unless a ref is known to hold it: what nothing holds, a gc at this moment may take.
/// </summary>
/// <param name="reader">The object store.</param>
/// <param name="pack">Where new trees go; null to calculate ids alone.</param>
/// <param name="format">The hash function.</param>
/// <param name="held">Trees that a ref holds.</param>
internal sealed class TreeStore(ObjectReader reader, PackWriter? pack, ObjectFormat format, IReadOnlySet<ObjectId>? held = null)
{
    private readonly Dictionary<ObjectId, byte[]> _fresh = [];

    /// <summary>The trees that were made here.</summary>
    public IReadOnlyCollection<ObjectId> Made => _fresh.Keys;

    /// <summary>The id of the tree without entries.</summary>
    public ObjectId Empty { get; } = ObjectHash.EmptyTree(format);

    /// <summary>The lines of a tree.</summary>
    /// <exception cref="Errors.StoreException">It is missing or damaged.</exception>
    public List<RawTreeEntry> Read(ObjectId id) =>
        id == Empty ? [] : TreeObject.Parse(_fresh.TryGetValue(id, out var bytes) ? bytes : reader.ReadTree(id), id);

    /// <summary>Makes a tree of these lines, sorted here.</summary>
    public ObjectId Add(List<RawTreeEntry> entries)
    {
        entries.Sort(static (left, right) => Compare(left, right));
        using var bytes = new MemoryStream(entries.Count * 48);
        foreach (var entry in entries)
        {
            SparseTree.Line(bytes, entry.Mode, entry.Name.Span, entry.Id);
        }

        var content = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        var id = ObjectHash.Of(ObjectType.Tree, content, format);
        if (_fresh.TryAdd(id, content.ToArray()) && pack is not null && held?.Contains(id) != true)
        {
            pack.AddTree(content);
        }

        return id;
    }

    // git compares directories as if their names ended in a slash (base_name_compare).
    private static int Compare(in RawTreeEntry left, in RawTreeEntry right)
    {
        var a = left.Name.Span;
        var b = right.Name.Span;
        var common = Math.Min(a.Length, b.Length);
        var order = a[..common].SequenceCompareTo(b[..common]);
        return order != 0 ? order : Next(left, common) - Next(right, common);
    }

    private static int Next(in RawTreeEntry entry, int at) =>
        at < entry.Name.Length ? entry.Name.Span[at] : entry.IsDirectory ? '/' : 0;
}
