using GitWriteOpt.Dependencies.Languages;

namespace GitWriteOpt.Dependencies;

/// <summary>
/// The references of many files by the names in them, so that of all of them only those are resolved that can mean the
/// path that is asked for.
/// </summary>
internal sealed class ReferenceIndex
{
    private const string Anything = "";

    private readonly IReadOnlyList<(string Path, FileReferences References)> _files;
    private readonly Dictionary<string, List<(int File, Reference Use)>> _byName = new(StringComparer.Ordinal);
    private readonly string[] _everywhere;

    /// <summary>Indexes references.</summary>
    /// <param name="files">Files and what they refer to.</param>
    /// <param name="view">Resolves.</param>
    public ReferenceIndex(IReadOnlyList<(string Path, FileReferences References)> files, FileView view)
    {
        (_files, View) = (files, view);
        for (var i = 0; i < files.Count; i++)
        {
            foreach (var use in files[i].References.Uses)
            {
                foreach (var name in Names(use))
                {
                    if (!_byName.TryGetValue(name, out var list))
                    {
                        _byName.Add(name, list = []);
                    }

                    list.Add((i, use));
                }
            }
        }

        _everywhere = [.. files.SelectMany(f => f.References.Uses).Where(u => u.Form is ReferenceForm.GlobalNamespace)
            .Select(u => u.Target).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What there is.</summary>
    public FileView View { get; }

    /// <summary>How many files were left out.</summary>
    public int Unread { get; init; }

    /// <summary>Each use of a path, by importers' paths.</summary>
    public IReadOnlyList<ImportUse> UsesOf(string path)
    {
        var uses = new List<ImportUse>();
        foreach (var (file, use) in Keys(path).SelectMany(key => _byName.GetValueOrDefault(key) ?? []).Distinct())
        {
            var importer = _files[file].Path;
            if (importer != path && Language.Of(importer)!.Resolve(importer, use, View) is Resolution.Found found && found.Files.Contains(path))
            {
                uses.Add(new ImportUse(importer, use, null));
            }
        }

        foreach (var type in _files.Where(f => f.Path == path).SelectMany(f => f.References.Types))
        {
            uses.AddRange(_files.Where(f => f.Path != path && Language.Of(f.Path) == Language.Of(path)
                && TypeNames.Uses(f.References, type, _everywhere)).Select(f => new ImportUse(f.Path, null, type)));
        }

        return [.. uses.OrderBy(u => u.File, StringComparer.Ordinal).ThenBy(u => u.Reference?.Line)];
    }

    /// <summary>Whether any file declares a type, but for those given.</summary>
    public bool Declares(string type, Func<string, bool> except) =>
        _files.Any(f => f.References.Types.Contains(type) && !except(f.Path));

    // The parts of a reference that may be the name of a file or folder, without its ending; "" where it has none.
    private static IEnumerable<string> Names(Reference use)
    {
        var target = use.Target.AsSpan();
        var end = target.IndexOfAny('?', '#');
        target = (end < 0 ? target : target[..end]).TrimEnd('/');
        var last = target[(target.LastIndexOfAny('/', '\\') + 1)..];
        if (last.Length == 0 || last is "." or ".." || last.IndexOf('*') >= 0)
        {
            return [Anything];
        }

        // Dots separate parts in some languages, an ending or a part of the name in others: both are looked for.
        var text = last.ToString();
        var parts = text.Split(['.', ':'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? [Anything] : parts.Concat(parts.Select(p => p.TrimStart('_'))).Append(text)
            .Append(RelativePaths.Stem(text)).Distinct(StringComparer.Ordinal);
    }

    private IEnumerable<string> Keys(string path)
    {
        var stem = RelativePaths.Stem(path);
        var folders = path.Split('/').SkipLast(1);
        string[] names = [RelativePaths.Name(path), stem, stem.Split('.')[0], stem.TrimStart('_')];

        // A file that stands for its folder or its package, which any part of its path can name.
        return names.Concat(Language.Of(path)?.Name switch
        {
            "java" or "csharp" => folders.TakeLast(1),
            "go" => folders.TakeLast(1).Concat(GoModules.From(RelativePaths.Folder(path), View).Select(m => RelativePaths.Name(m.Module)))
                .SelectMany(n => new[] { n, RelativePaths.Stem(n) }),
            _ when stem is "index" or "_index" or "__init__" or "mod" or "lib" or "main" or "README" || Language.Of(path)?.Name == "script" =>
                folders.Append(Anything),
            _ => [],
        }).Distinct(StringComparer.Ordinal);
    }
}
