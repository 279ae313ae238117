using System.Collections;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The entries of an index by their number. Names and what <c>lstat</c> said are read in place, so that a look at all
/// entries makes no object for those that are as they were; an entry is made when it is asked for. May be read from
/// several threads.
/// </summary>
internal sealed class IndexTable : IReadOnlyList<IndexEntry>
{
    private readonly IndexBytes _bytes;
    private readonly int[] _offsets;
    private Made? _newest;

    internal IndexTable(IndexBytes bytes)
    {
        _bytes = bytes;
        _offsets = new int[bytes.Count];
        for (var at = IndexBytes.First; at.Ordinal < _offsets.Length; at = bytes.Next(at))
        {
            _offsets[at.Ordinal] = at.Offset;
        }
    }

    /// <inheritdoc/>
    public int Count => _offsets.Length;

    /// <inheritdoc/>
    public IndexEntry this[int index]
    {
        get
        {
            // Who walks the entries asks for each several times.
            if (_newest is { } made && made.Number == index)
            {
                return made.Entry;
            }

            var entry = _bytes.EntryAt(At(index));
            _newest = new Made(index, entry);
            return entry;
        }
    }

    /// <summary>The name of an entry with the NUL that ends it.</summary>
    internal ReadOnlySpan<byte> TerminatedName(int index) => _bytes.TerminatedNameAt(At(index));

    /// <summary>git's mode.</summary>
    internal int Mode(int index) => _bytes.ModeAt(At(index));

    /// <summary>What <c>lstat</c> said when the entry was last known to be clean.</summary>
    internal IndexStat Stat(int index) => _bytes.StatAt(At(index));

    /// <summary>Whether an entry has a blob of its own: neither in conflict nor only intended to be added.</summary>
    internal bool IsMerged(int index) =>
        _bytes.StageAt(At(index)) == 0 && !_bytes.UserFlagsAt(At(index)).HasFlag(IndexFlags.IntentToAdd);

    /// <summary>Whether an entry need not be in the worktree (a sparse checkout).</summary>
    internal bool IsSkipped(int index) => _bytes.UserFlagsAt(At(index)).HasFlag(IndexFlags.SkipWorktree);

    /// <summary>Whether an entry is another stage of the path before it.</summary>
    internal bool IsRepeated(int index) =>
        index > 0 && TerminatedName(index).SequenceEqual(TerminatedName(index - 1));

    /// <inheritdoc/>
    public IEnumerator<IndexEntry> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return _bytes.EntryAt(At(i));
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IndexBytes.Position At(int index) => new(index, _offsets[index]);

    private sealed record Made(int Number, IndexEntry Entry);
}
