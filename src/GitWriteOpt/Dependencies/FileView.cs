using System.Collections.Concurrent;

namespace GitWriteOpt.Dependencies;

/// <summary>Where a <see cref="FileView"/> looks; nothing is asked for before it is needed.</summary>
/// <param name="Exists">Whether there is a file at a path.</param>
/// <param name="Read">Its bytes; null where there is none or it is too large.</param>
/// <param name="All">All paths that there are.</param>
internal sealed record FileSource(
    Func<string, bool> Exists, Func<string, ReadOnlyMemory<byte>?> Read, Func<IEnumerable<string>> All);

/// <summary>
/// What files there are, for resolving references: those of one batch, of a repository as it is, or as it shall be. What
/// was learned once (a manifest, a folder's files) is kept for the life of the view. Safe for several threads.
/// </summary>
internal sealed class FileView(FileSource source)
{
    private readonly ConcurrentDictionary<string, bool> _exists = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Kind, string Key), object?> _learned = new();
    private readonly Lazy<IReadOnlyList<string>> _all = new(() => [.. source.All()]);

    /// <summary>The files of one batch and nothing else, by path.</summary>
    public static FileView Of(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files) => new(new FileSource(
        files.ContainsKey, path => files.TryGetValue(path, out var bytes) ? bytes : null, () => files.Keys));

    /// <summary>All paths.</summary>
    public IReadOnlyList<string> All => _all.Value;

    /// <summary>Whether there is a file.</summary>
    public bool Exists(string path) => _exists.GetOrAdd(path, static (p, s) => s.Exists(p), source);

    /// <summary>A file's bytes, or null.</summary>
    public ReadOnlyMemory<byte>? Read(string path) => Exists(path) ? source.Read(path) : null;

    /// <summary>The files right in a folder.</summary>
    public IReadOnlyList<string> FilesIn(string folder) =>
        Once("files", "", () => All.GroupBy(RelativePaths.Folder, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal))!.GetValueOrDefault(folder) ?? [];

    /// <summary>The files with this last part.</summary>
    public IReadOnlyList<string> Named(string name) =>
        Once("names", "", () => All.GroupBy(RelativePaths.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal))!.GetValueOrDefault(name) ?? [];

    /// <summary>Whether any file lies below a folder.</summary>
    public bool HasFolder(string folder) => folder.Length == 0 || Once("folders", "", () =>
        All.SelectMany(path => RelativePaths.Upward(RelativePaths.Folder(path))).ToHashSet(StringComparer.Ordinal))!.Contains(folder);

    /// <summary>The nearest file of this name, in a folder or above it; null for none.</summary>
    public string? Nearest(string folder, string name) => Once("near " + name, folder, () => RelativePaths.Upward(folder)
        .Select(above => above.Length == 0 ? name : above + "/" + name).FirstOrDefault(Exists));

    /// <summary>Learns something once; several threads may learn it at the same time, with the same result.</summary>
    public T? Once<T>(string kind, string key, Func<T?> learn)
        where T : class => (T?)_learned.GetOrAdd((kind, key), static (_, f) => f(), learn);
}
