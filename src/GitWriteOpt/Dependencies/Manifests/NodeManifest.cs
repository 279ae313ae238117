using System.Text.Json;

namespace GitWriteOpt.Dependencies.Manifests;

/// <summary>
/// The package.json files from a folder upward: what a file in a workspace may use, its own and what is installed above.
/// </summary>
internal static class NodeManifest
{
    private static readonly string[] Fields =
        ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "bundledDependencies", "imports"];

    /// <summary>The packages for files of a folder; null where there is no package.json.</summary>
    public static Manifest? For(string folder, FileView view)
    {
        var nearest = view.Nearest(folder, "package.json");
        if (nearest is null)
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var whole = true;
        foreach (var path in RelativePaths.Upward(RelativePaths.Folder(nearest)).Select(f => f.Length == 0 ? "package.json" : f + "/package.json")
            .Where(view.Exists))
        {
            using var document = LooseJson.Parse(view.Read(path));
            if (document?.RootElement is { ValueKind: JsonValueKind.Object } root)
            {
                names.UnionWith(Fields.SelectMany(field => root.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Object
                    ? list.EnumerateObject().Select(p => p.Name) : []));
                names.UnionWith(LooseJson.Text(root, "name") is { } own ? [own] : []);
            }
            else
            {
                whole = false;
            }
        }

        return new Manifest(nearest, names, whole);
    }

    /// <summary>The package of types alone for a package.</summary>
    public static string TypesOf(string package) =>
        "@types/" + (package.StartsWith('@') ? package[1..].Replace("/", "__", StringComparison.Ordinal) : package);

    /// <summary>The part of a package.json that its lock file follows, in one spelling.</summary>
    public static string? Locked(ReadOnlyMemory<byte>? bytes)
    {
        using var document = LooseJson.Parse(bytes);
        return document?.RootElement is not { ValueKind: JsonValueKind.Object } root ? null
            : string.Join('\n', Fields.Take(4).Concat(["overrides", "resolutions", "workspaces"]).Select(field =>
                root.TryGetProperty(field, out var list) ? field + Spelled(list) : ""));
    }

    private static string Spelled(JsonElement list) => list.ValueKind == JsonValueKind.Object
        ? string.Join(',', list.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => p.Name + ":" + Spelled(p.Value)))
        : list.ToString();
}
