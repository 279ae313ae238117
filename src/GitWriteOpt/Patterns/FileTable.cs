namespace GitWriteOpt.Patterns;

/// <summary>
/// The files that the history names, numbered: a file keeps its number through renames. Beside each stands what its path
/// tells: directory, extension, and the stem that it shares with its tests, headers and other companions.
/// </summary>
internal sealed class FileTable
{
    private readonly Dictionary<string, int> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _directories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _affixes = new(StringComparer.Ordinal);
    private readonly List<KnownFile> _files = [];
    private readonly List<List<int>> _byDirectory = [];
    private readonly List<List<int>> _byStem = [];
    private readonly List<string> _affixTexts = [];

    /// <summary>How many files have a number.</summary>
    internal int Count => _files.Count;

    /// <summary>A file.</summary>
    internal KnownFile this[int file] => _files[file];

    /// <summary>The number of a path, or -1 where the history does not name it.</summary>
    internal int Find(string path) => _byPath.GetValueOrDefault(path, -1);

    /// <summary>The number of a directory, or -1.</summary>
    internal int FindDirectory(string directory) => _directories.GetValueOrDefault(directory, -1);

    /// <summary>The files that share a stem; none for -1.</summary>
    internal List<int> WithStem(int stem) => _byStem[stem];

    /// <summary>The number of a stem, or -1.</summary>
    internal int FindStem(string stem) => _stems.GetValueOrDefault(stem, -1);

    /// <summary>The number of an affix, or -1.</summary>
    internal int FindAffix(string affix) => _affixes.GetValueOrDefault(affix, -1);

    /// <summary>The text of an affix.</summary>
    internal string Affix(int affix) => _affixTexts[affix];

    /// <summary>The number of a path, made where it has none.</summary>
    internal int Add(string path)
    {
        if (!_byPath.TryGetValue(path, out var file))
        {
            file = _files.Count;
            _byPath.Add(path, file);
            _files.Add(Describe(path));
            Enlist(file);
        }

        return file;
    }

    /// <summary>Gives a file another path.</summary>
    internal int Rename(string from, string to)
    {
        if (!_byPath.Remove(from, out var file))
        {
            return Add(to);
        }

        if (_byPath.TryGetValue(to, out var there))
        {
            _files[there].Exists = false;
        }

        Delist(file);
        _byPath[to] = file;
        _files[file] = Describe(to);
        Enlist(file);
        return file;
    }

    private KnownFile Describe(string path)
    {
        var shape = PathShape.Of(path);
        if (!_affixes.TryGetValue(shape.Affix, out var affix))
        {
            affix = _affixTexts.Count;
            _affixes.Add(shape.Affix, affix);
            _affixTexts.Add(shape.Affix);
        }

        return new KnownFile(path, shape, Number(_directories, shape.Directory, _byDirectory),
            Number(_stems, shape.Stem, _byStem), affix);
    }

    private void Enlist(int file)
    {
        _byDirectory[_files[file].Directory].Add(file);
        _byStem[_files[file].Stem].Add(file);
    }

    private void Delist(int file)
    {
        _byDirectory[_files[file].Directory].Remove(file);
        _byStem[_files[file].Stem].Remove(file);
    }

    private static int Number(Dictionary<string, int> numbers, string text, List<List<int>> lists)
    {
        if (!numbers.TryGetValue(text, out var number))
        {
            number = lists.Count;
            numbers.Add(text, number);
            lists.Add([]);
        }

        return number;
    }
}

/// <summary>A file that the history names.</summary>
/// <param name="Path">Where it lies now.</param>
/// <param name="Shape">What its path tells.</param>
/// <param name="Directory">The number of its directory.</param>
/// <param name="Stem">The number of its stem.</param>
/// <param name="Affix">The number of its affix.</param>
internal sealed record KnownFile(string Path, PathShape Shape, int Directory, int Stem, int Affix)
{
    /// <summary>Whether it is there after the newest commit.</summary>
    internal bool Exists { get; set; } = true;
}
