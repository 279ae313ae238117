using System.Diagnostics.CodeAnalysis;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The packs of an object directory, newest first, opened when they are asked; listed again where an object is not found
/// and the directory has changed since. Thread-safe.
/// </summary>
internal sealed class PackList(string objectsDirectory, ObjectFormat format) : IDisposable
{
    private readonly string _directory = objectsDirectory + "/pack";
    private readonly Lock _gate = new();
    private readonly List<Pack> _retired = [];
    private Pack[] _packs = [];
    private DateTime _listedAt;

    /// <summary>A pack to ask first, without listing the others: the one that a transaction just wrote.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "the list owns it")]
    public void Prefer(string stem)
    {
        lock (_gate)
        {
            if (_packs.FirstOrDefault(p => p.Stem == stem) is not { } pack)
            {
                pack = new Pack(stem, format);
            }

            _packs = [pack, .. _packs.Where(p => p != pack)];
        }
    }

    /// <summary>The pack and the offset of an object's entry, or null.</summary>
    public (Pack Pack, long Offset)? Find(ObjectId id)
    {
        var asked = _packs;
        if (FindIn(asked, id) is { } found)
        {
            return found;
        }

        return List() is var listed && listed != asked ? FindIn(listed, id) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pack in _packs.Concat(_retired))
        {
            pack.Dispose();
        }
    }

    private static (Pack Pack, long Offset)? FindIn(Pack[] packs, ObjectId id)
    {
        foreach (var pack in packs)
        {
            if (pack.Find(id) is >= 0 and var offset)
            {
                return (pack, offset);
            }
        }

        return null;
    }

    private Pack[] List()
    {
        lock (_gate)
        {
            var folder = new DirectoryInfo(_directory);
            if (!folder.Exists || folder.LastWriteTimeUtc == _listedAt)
            {
                return _packs;
            }

            var time = folder.LastWriteTimeUtc;
            var known = _packs.ToDictionary(p => p.Stem, StringComparer.Ordinal);
            var packs = folder.GetFiles("*.idx").OrderByDescending(f => f.LastWriteTimeUtc)
                .Select(f => _directory + "/" + Path.GetFileNameWithoutExtension(f.Name))
                .Select(stem => known.Remove(stem, out var pack) ? pack : new Pack(stem, format)).ToArray();

            // Another thread may be reading a pack that is gone: closed at the end.
            _retired.AddRange(known.Values);
            _listedAt = time;
            return _packs = packs;
        }
    }
}
