namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// The commits that made files, oldest first, with an index from the shapes of paths to the files that have them. Grows by
/// one commit at a time.
/// </summary>
internal sealed class AdditionLog
{
    private readonly List<AddedGroup> _groups = [];
    private readonly Dictionary<ulong, List<Addition>> _byShape = [];
    private readonly Dictionary<string, (int Group, int File)> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int Group, int File)>> _byExtension = new(StringComparer.Ordinal);

    /// <summary>How many commits there are.</summary>
    internal int Count => _groups.Count;

    /// <summary>A commit.</summary>
    internal AddedGroup this[int group] => _groups[group];

    /// <summary>Learns a commit.</summary>
    internal void Append(AddedGroup group)
    {
        _groups.Add(group);
        for (var file = 0; file < group.Added.Count; file++)
        {
            var path = group.Added[file].Path;
            _byPath[path] = (_groups.Count - 1, file);
            var extension = Path.GetExtension(path);
            if (!_byExtension.TryGetValue(extension, out var list))
            {
                _byExtension.Add(extension, list = new List<(int, int)>(1));
            }

            list.Add((_groups.Count - 1, file));
            foreach (var reading in PathReading.Of(group.Added[file].Path))
            {
                var addition = new Addition(_groups.Count - 1, file, reading.Name);
                Enlist(reading.Full, addition);
                Enlist(reading.Near, addition);
                Enlist(reading.Bare, addition);
            }
        }
    }

    /// <summary>The files of a shape, newest first.</summary>
    internal IEnumerable<Addition> Of(ulong shape)
    {
        if (_byShape.TryGetValue(shape, out var found))
        {
            for (var i = found.Count - 1; i >= 0; i--)
            {
                yield return found[i];
            }
        }
    }

    /// <summary>Where a path was made last; null where no learned commit made it.</summary>
    internal (int Group, int File)? Find(string path) => _byPath.TryGetValue(path, out var found) ? found : null;

    /// <summary>The files of an extension, newest first.</summary>
    internal IEnumerable<AddedFile> WithExtension(string extension)
    {
        if (_byExtension.TryGetValue(extension, out var found))
        {
            for (var i = found.Count - 1; i >= 0; i--)
            {
                yield return _groups[found[i].Group].Added[found[i].File];
            }
        }
    }

    /// <summary>The file of an addition.</summary>
    internal AddedFile FileOf(Addition addition) => _groups[addition.Group].Added[addition.File];

    private void Enlist(ulong shape, Addition addition)
    {
        if (!_byShape.TryGetValue(shape, out var list))
        {
            _byShape.Add(shape, list = new List<Addition>(1));
        }

        list.Add(addition);
    }
}

/// <summary>A file that a learned commit made, as a shape reads it.</summary>
/// <param name="Group">The number of the commit.</param>
/// <param name="File">The number of the file in it.</param>
/// <param name="Name">The name that the shape leaves open.</param>
internal readonly record struct Addition(int Group, int File, NameWords Name);
