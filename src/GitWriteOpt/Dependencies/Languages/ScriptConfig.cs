using System.Text.Json;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>What of a tsconfig.json or jsconfig.json says where names point: <c>baseUrl</c> and <c>paths</c>, inherited ones too.</summary>
/// <param name="Path">The file.</param>
/// <param name="Base">The folder of <c>baseUrl</c>; null where there is none.</param>
/// <param name="Aliases">Patterns with at most one star, and the paths that they stand for, in the file's order.</param>
internal sealed record ScriptConfig(string Path, string? Base, IReadOnlyList<(string Pattern, IReadOnlyList<string> Targets)> Aliases)
{
    private const int DeepestInheritance = 8;

    /// <summary>That of the nearest folder; null for none.</summary>
    public static ScriptConfig? Nearest(string folder, FileView view) =>
        (view.Nearest(folder, "tsconfig.json") ?? view.Nearest(folder, "jsconfig.json")) is { } path
            ? view.Once("tsconfig", path, () => Read(path, view, DeepestInheritance)) : null;

    /// <summary>The paths that a name may stand for.</summary>
    public IEnumerable<string> Candidates(string name)
    {
        foreach (var (pattern, targets) in Aliases)
        {
            if (Match(pattern, name) is { } star)
            {
                foreach (var target in targets)
                {
                    yield return target.Replace("*", star, StringComparison.Ordinal);
                }
            }
        }

        if (Base is not null && RelativePaths.Join(Base, name) is { } path)
        {
            yield return path;
        }
    }

    /// <summary>Whether an alias that is not a mere star covers a name.</summary>
    public bool IsAlias(string name) => Aliases.Any(a => a.Pattern != "*" && Match(a.Pattern, name) is not null);

    private static string? Match(string pattern, string name)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? (pattern == name ? "" : null)
            : name.Length >= pattern.Length - 1 && name.StartsWith(pattern[..star], StringComparison.Ordinal)
                && name.EndsWith(pattern[(star + 1)..], StringComparison.Ordinal)
                ? name[star..^(pattern.Length - star - 1)] : null;
    }

    private static ScriptConfig? Read(string path, FileView view, int depth)
    {
        using var document = LooseJson.Parse(view.Read(path));
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        var folder = RelativePaths.Folder(path);
        var inherited = depth > 0 ? Parents(root).Select(name => Parent(folder, name, view, depth)).OfType<ScriptConfig>().LastOrDefault() : null;
        if (!root.TryGetProperty("compilerOptions", out var options) || options.ValueKind != JsonValueKind.Object)
        {
            return new ScriptConfig(path, inherited?.Base, inherited?.Aliases ?? []);
        }

        var root2 = LooseJson.Text(options, "baseUrl") is { } url ? RelativePaths.Join(folder, url) : inherited?.Base;
        return new ScriptConfig(path, root2, options.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Object
            ? [.. paths.EnumerateObject().Select(p => (p.Name, Targets(p.Value, root2 ?? folder)))]
            : inherited?.Aliases ?? []);
    }

    private static IReadOnlyList<string> Targets(JsonElement list, string folder) => list.ValueKind != JsonValueKind.Array ? []
        : [.. list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String)
            .Select(e => RelativePaths.Join(folder, e.GetString()!)).OfType<string>()];

    private static IEnumerable<string> Parents(JsonElement root) => !root.TryGetProperty("extends", out var extends) ? []
        : extends.ValueKind switch
        {
            JsonValueKind.String => [extends.GetString()!],
            JsonValueKind.Array => [.. extends.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)],
            _ => [],
        };

    private static ScriptConfig? Parent(string folder, string name, FileView view, int depth) =>
        name.StartsWith('.') && RelativePaths.Join(folder, name) is { } path
            ? new[] { path, path + ".json", path + "/tsconfig.json" }.Where(view.Exists).Select(p => Read(p, view, depth - 1)).FirstOrDefault()
            : null;
}
