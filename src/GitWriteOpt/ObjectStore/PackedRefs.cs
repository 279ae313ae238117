using System.IO.MemoryMappedFiles;
using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// <c>packed-refs</c>, read: by binary search where its header says <c>sorted</c> (as git writes it), so that a lookup does
/// not grow with the repository (I12); line by line otherwise. Holds the file that was there when it was opened.
/// </summary>
internal sealed unsafe class PackedRefs : IDisposable
{
    private const int MappedFrom = 1 << 16;

    private readonly string _file;
    private readonly int _digits;
    private readonly byte[] _bytes = [];
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _pointer;
    private readonly int _length;
    private readonly int _first;
    private readonly bool _sorted;

    /// <summary>Opens it; a missing one has no refs.</summary>
    public PackedRefs(RepositoryLayout layout)
    {
        _file = layout.CommonDirectory + "/packed-refs";
        _digits = layout.ObjectFormat == ObjectFormat.Sha256 ? 64 : 40;
        if (PathStatus.IsKnownAbsent(_file))
        {
            return;
        }

        try
        {
            using var handle = File.OpenHandle(_file, FileMode.Open, FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete);
            _length = checked((int)RandomAccess.GetLength(handle));
            if (_length < MappedFrom || OperatingSystem.IsWindows()) // there a mapped file could not be replaced
            {
                _bytes = new byte[_length];
                var read = 0;
                while (read < _length && RandomAccess.Read(handle, _bytes.AsSpan(read), read) is > 0 and var some)
                {
                    read += some;
                }
            }
            else
            {
                _map = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read,
                    HandleInheritability.None, leaveOpen: true);
                _view = _map.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
                _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pointer);
                _pointer += _view.PointerOffset;
            }
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "read", _file);
        }

        if (Content.StartsWith("#"u8))
        {
            _first = LineEnd(0);
            _sorted = Content[.._first].IndexOf(" sorted "u8) > 0;
        }
    }

    private ReadOnlySpan<byte> Content => _pointer is null ? _bytes : new ReadOnlySpan<byte>(_pointer, _length);

    /// <summary>What a ref points at, or null where it is not packed.</summary>
    public ObjectId? Find(string name)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        for (var at = LowerBound(wanted); at < _length; at = Next(at))
        {
            var found = NameAt(at);
            if (found.SequenceEqual(wanted))
            {
                return IdAt(at);
            }

            if (_sorted)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>All refs below a prefix, in the file's order.</summary>
    public List<RefEntry> Below(string prefix)
    {
        var wanted = Encoding.UTF8.GetBytes(prefix);
        var refs = new List<RefEntry>();
        for (var at = LowerBound(wanted); at < _length; at = Next(at))
        {
            var name = NameAt(at);
            if (name.StartsWith(wanted))
            {
                refs.Add(new RefEntry(Encoding.UTF8.GetString(name), IdAt(at)));
            }
            else if (_sorted)
            {
                break;
            }
        }

        return refs;
    }

    /// <summary>Writes all but these refs.</summary>
    /// <param name="without">The names to leave out.</param>
    /// <param name="write">Called with one stretch of the new file after the other.</param>
    /// <returns>False where none of them is packed; nothing was written then.</returns>
    public bool CopyWithout(IReadOnlyCollection<string> without, Action<ReadOnlySpan<byte>> write)
    {
        var stretches = new List<(int Start, int End)>();
        var names = without.Select(Encoding.UTF8.GetBytes).ToList();
        if (_sorted)
        {
            stretches.AddRange(names.Select(name => (Name: name, At: LowerBound(name)))
                .Where(hit => hit.At < _length && NameAt(hit.At).SequenceEqual(hit.Name))
                .Select(hit => (hit.At, Next(hit.At))).Order());
        }
        else
        {
            for (var at = _first; at < _length; at = Next(at))
            {
                if (names.Exists(name => NameAt(at).SequenceEqual(name)))
                {
                    stretches.Add((at, Next(at)));
                }
            }
        }

        if (stretches.Count == 0)
        {
            return false;
        }

        var kept = 0;
        foreach (var (start, end) in stretches)
        {
            write(Content[kept..start]);
            kept = end;
        }

        write(Content[kept..]);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pointer is not null)
        {
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        _view?.Dispose();
        _map?.Dispose();
    }

    // The first record whose name is not below the wanted one; of an unsorted file the first record.
    private int LowerBound(ReadOnlySpan<byte> wanted)
    {
        var (low, high) = (_first, _sorted ? _length : _first);
        while (low < high)
        {
            var middle = RecordAround(low, low + ((high - low) / 2));
            if (NameAt(middle).SequenceCompareTo(wanted) < 0)
            {
                low = Next(middle);
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int RecordAround(int low, int at)
    {
        while (true)
        {
            at = low + Content[low..at].LastIndexOf((byte)'\n') + 1;
            if (at == low || Content[at] != '^')
            {
                return at;
            }

            at--; // a peeled tag's second line belongs to the record before
        }
    }

    private int Next(int record)
    {
        var next = LineEnd(record);
        return next < _length && Content[next] == '^' ? LineEnd(next) : next;
    }

    private int LineEnd(int at)
    {
        var end = Content[at..].IndexOf((byte)'\n');
        return end < 0 ? _length : at + end + 1;
    }

    private ReadOnlySpan<byte> NameAt(int record)
    {
        var line = Content[record..LineEnd(record)];
        return line.Length > _digits + 2 && line[_digits] == ' ' && line[^1] == '\n'
            ? line[(_digits + 1)..^1]
            : throw RefErrors.DamagedPackedRefs(_file, record);
    }

    private ObjectId IdAt(int record)
    {
        Span<char> hex = stackalloc char[_digits];
        Encoding.Latin1.GetChars(Content.Slice(record, _digits), hex);
        return ObjectId.TryParse(hex, out var id) ? id : throw RefErrors.DamagedPackedRefs(_file, record);
    }
}
