using System.Text.Json;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>A package of the repository's own.</summary>
/// <param name="Folder">Where its package.json is.</param>
/// <param name="Entries">What its name alone may mean, best first: its sources before what is built of them.</param>
internal sealed record OwnPackage(string Folder, IReadOnlyList<string> Entries);

/// <summary>The packages that a repository consists of, by name, from each of its package.json files.</summary>
internal static class ScriptPackages
{
    private static readonly string[] Sources = ["src/index", "index"];

    private static readonly string[] EntryFields = ["source", "types", "module", "main"];

    private const int MostPackages = 2000;

    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, OwnPackage> Of(FileView view) => view.Once("packages", "", () => Read(view))!;

    /// <summary>What a folder's own package.json names as its entry.</summary>
    public static IEnumerable<string> EntriesIn(string folder, FileView view)
    {
        var manifest = folder.Length == 0 ? "package.json" : folder + "/package.json";
        if (!view.Exists(manifest))
        {
            return [];
        }

        using var document = LooseJson.Parse(view.Read(manifest));
        return document is null ? [] : Entries(folder, document.RootElement);
    }

    private static Dictionary<string, OwnPackage> Read(FileView view)
    {
        var packages = new Dictionary<string, OwnPackage>(StringComparer.Ordinal);
        foreach (var path in view.Named("package.json").Where(p => !p.Contains("node_modules/", StringComparison.Ordinal)).Take(MostPackages))
        {
            using var document = LooseJson.Parse(view.Read(path));
            if (document?.RootElement is { ValueKind: JsonValueKind.Object } root && LooseJson.Text(root, "name") is { } name)
            {
                var folder = RelativePaths.Folder(path);
                packages.TryAdd(name, new OwnPackage(folder,
                    [.. Sources.Select(e => RelativePaths.Join(folder, e)).OfType<string>(), .. Entries(folder, root)]));
            }
        }

        return packages;
    }

    private static List<string> Entries(string folder, JsonElement root) => root.ValueKind != JsonValueKind.Object ? []
        : [.. EntryFields.Select(field => LooseJson.Text(root, field)).OfType<string>()
            .Select(entry => RelativePaths.Join(folder, entry)).OfType<string>().Where(e => e.Length > 0)];
}
