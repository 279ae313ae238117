namespace GitWriteOpt.Patterns;

/// <summary>What one commit changed, as the learner takes it.</summary>
/// <param name="Id">The commit, or the transaction, abbreviated: what a reason names.</param>
/// <param name="Time">When, in seconds since 1970.</param>
/// <param name="Changes">Its paths.</param>
internal sealed record LearnedCommit(string Id, long Time, IReadOnlyList<LearnedChange> Changes)
{
    /// <summary>
    /// Whether it changed more files than <see cref="ChangeLog.WidestCommit"/>: then it tells which files there are and
    /// no more, and what it only modified is left out.
    /// </summary>
    internal bool IsWide { get; init; }

    /// <summary>Who made it, as <see cref="CommitFilter.AuthorOf"/> has it; null where that is not known.</summary>
    internal string? Author { get; init; }

    /// <summary>What it made, with contents, where it made files and not too many of them.</summary>
    internal Templates.AddedGroup? Group { get; init; }
}

/// <summary>A path of a learned commit.</summary>
/// <param name="Kind">A, M, D or R, as git has them.</param>
/// <param name="Path">The path afterwards.</param>
/// <param name="From">The path before a rename, or null.</param>
internal readonly record struct LearnedChange(char Kind, string Path, string? From = null);

/// <summary>
/// The commits that were learned, oldest first, with indexes from files, directories and kinds of new files to the
/// commits that touched them. Grows by one commit at a time; nothing in it is ever counted anew.
/// </summary>
internal sealed class ChangeLog
{
    /// <summary>A commit with more files is a sweep that says little about what belongs together.</summary>
    internal const int WidestCommit = 30;

    private readonly List<string> _ids = [];
    private readonly List<int[]> _files = [];
    private readonly List<ulong> _created = [];
    private readonly List<List<int>> _byFile = [];
    private readonly List<List<int>> _byDirectory = [];
    private readonly Dictionary<(int Directory, string Extension), List<int>> _additions = [];
    private readonly Dictionary<(int Given, int Other), ShapeCount> _shapes = [];

    /// <summary>The files that the commits name.</summary>
    internal FileTable Files { get; } = new();

    /// <summary>How many commits there are.</summary>
    internal int Count => _files.Count;

    /// <summary>The files of a commit that exist after it, none for one that is too wide.</summary>
    internal int[] FilesOf(int commit) => _files[commit];

    /// <summary>The name of a commit.</summary>
    internal string IdOf(int commit) => _ids[commit];

    /// <summary>Whether a commit made the n-th of its files.</summary>
    internal bool Created(int commit, int n) => (_created[commit] >> n & 1) != 0;

    /// <summary>The commits that touched a file, oldest first.</summary>
    internal List<int> CommitsOf(int file) => file < _byFile.Count ? _byFile[file] : [];

    /// <summary>The commits that touched something directly in a directory, oldest first.</summary>
    internal List<int> CommitsIn(int directory) => directory >= 0 && directory < _byDirectory.Count ? _byDirectory[directory] : [];

    /// <summary>The commits that made a file of this extension in a directory, oldest first.</summary>
    internal List<int> AdditionsIn(int directory, string extension) =>
        _additions.TryGetValue((directory, extension), out var found) ? found : [];

    /// <summary>The pairs of affixes that were seen as companions.</summary>
    internal IReadOnlyDictionary<(int Given, int Other), ShapeCount> Shapes => _shapes;

    /// <summary>How often a companion of one affix was changed with a file of another.</summary>
    internal ShapeCount Shape(int given, int other) => _shapes.GetValueOrDefault((given, other));

    /// <summary>Learns a commit.</summary>
    internal void Append(LearnedCommit commit)
    {
        var narrow = !commit.IsWide && commit.Changes.Count <= WidestCommit;
        var touched = new List<int>(narrow ? commit.Changes.Count : 0);
        var created = 0ul;
        foreach (var change in commit.Changes)
        {
            if (change.Kind == 'D')
            {
                if (Files.Find(change.Path) is var gone and >= 0)
                {
                    Files[gone].Exists = false;
                }

                continue;
            }

            var file = change.From is { } from ? Files.Rename(from, change.Path) : Files.Add(change.Path);
            Files[file].Exists = true;
            if (narrow && !touched.Contains(file))
            {
                created |= change.Kind == 'A' ? 1ul << touched.Count : 0;
                touched.Add(file);
            }
        }

        var number = _files.Count;
        _ids.Add(commit.Id);
        _files.Add([.. touched]);
        _created.Add(created);
        Index(number, touched, created);
        CountShapes(touched);
    }

    private void Index(int number, List<int> touched, ulong created)
    {
        for (var n = 0; n < touched.Count; n++)
        {
            var file = touched[n];
            At(_byFile, file).Add(number);
            var directory = At(_byDirectory, Files[file].Directory);
            if (directory.Count == 0 || directory[^1] != number)
            {
                directory.Add(number);
            }

            if ((created >> n & 1) != 0)
            {
                var key = (Files[file].Directory, Files[file].Shape.Extension);
                if (!_additions.TryGetValue(key, out var list))
                {
                    _additions.Add(key, list = []);
                }

                if (list.Count == 0 || list[^1] != number)
                {
                    list.Add(number);
                }
            }
        }
    }

    private void CountShapes(List<int> touched)
    {
        foreach (var file in touched)
        {
            var siblings = Files.WithStem(Files[file].Stem);
            if (siblings.Count is < 2 or > 12)
            {
                continue;
            }

            foreach (var sibling in siblings)
            {
                if (sibling != file && Files[sibling].Exists)
                {
                    var key = (Files[file].Affix, Files[sibling].Affix);
                    var count = _shapes.GetValueOrDefault(key);
                    _shapes[key] = new ShapeCount(count.Kept + (touched.Contains(sibling) ? 1 : 0), count.Chances + 1);
                }
            }
        }
    }

    private static List<int> At(List<List<int>> lists, int index)
    {
        while (lists.Count <= index)
        {
            lists.Add([]);
        }

        return lists[index];
    }
}

/// <summary>How often a companion was changed too, of how often it could have been.</summary>
/// <param name="Kept">Both in one commit.</param>
/// <param name="Chances">The given one changed while the other was there.</param>
internal readonly record struct ShapeCount(int Kept, int Chances);
