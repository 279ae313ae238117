namespace GitWriteOpt.Patterns;

/// <summary>
/// Counts by file for one round at a time: arrays that grow with the files and are never cleared, since each entry knows
/// the round that it belongs to.
/// </summary>
internal sealed class Tally
{
    private readonly List<int> _touched = [];
    private Entry[] _entries = [];
    private int _round;

    /// <summary>The files that were counted in this round.</summary>
    internal List<int> Touched => _touched;

    /// <summary>Begins a round, over so many files.</summary>
    internal void Begin(int files)
    {
        if (_entries.Length < files)
        {
            Array.Resize(ref _entries, Math.Max(files, _entries.Length * 2));
        }

        _round++;
        _touched.Clear();
    }

    /// <summary>The entry of a file, empty at its first use in a round.</summary>
    internal ref Entry this[int file]
    {
        get
        {
            ref var entry = ref _entries[file];
            if (entry.Round != _round)
            {
                entry = new Entry { Round = _round };
                _touched.Add(file);
            }

            return ref entry;
        }
    }

    /// <summary>The entry of a file where it was counted in this round.</summary>
    internal bool Has(int file) => _entries[file].Round == _round;

    /// <summary>What was counted.</summary>
    internal struct Entry
    {
        internal int Round;
        internal float Number;
        internal float Weight;
        internal bool IsNewest;
        internal int Row;
    }
}
