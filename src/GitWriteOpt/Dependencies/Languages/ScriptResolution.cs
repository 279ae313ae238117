namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// What a module's name means, as bundlers and TypeScript see it: relative names with the endings that may be left out,
/// <c>paths</c> and <c>baseUrl</c> of the nearest tsconfig, the workspaces' own packages, else somebody's package.
/// </summary>
internal static class ScriptResolution
{
    private static readonly string[] Endings =
        [".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json", ".vue", ".svelte", ".node"];

    private static readonly string[] FolderEndings = ["/index.ts", "/index.tsx", "/index.d.ts", "/index.js", "/index.jsx", "/index.mjs", "/index.cjs", "/index.vue", "/index.json"];

    /// <summary>Resolves a name.</summary>
    public static Resolution Of(string file, Reference reference, FileView view)
    {
        var name = reference.Target;
        var query = name.IndexOf('?', StringComparison.Ordinal);
        name = query > 0 ? name[..query] : name;
        var folder = RelativePaths.Folder(file);
        if (name.Contains('!', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) || name.StartsWith('/') || name.StartsWith('#'))
        {
            return Resolution.NotKnown;
        }

        if (IsRelative(name))
        {
            return RelativePaths.Join(folder, name) is { } path ? File(path, view) : Resolution.NotKnown;
        }

        var key = (ScriptConfig.Nearest(folder, view)?.Path ?? "") + "\0" + name;
        return view.Once("script", key, () => Bare(folder, name, view))!;
    }

    private static bool IsRelative(string name) => name is "." or ".." || name.StartsWith("./", StringComparison.Ordinal)
        || name.StartsWith("../", StringComparison.Ordinal);

    private static Resolution Bare(string folder, string name, FileView view)
    {
        if (ScriptConfig.Nearest(folder, view) is { } config)
        {
            var expected = (Resolution?)null;
            foreach (var candidate in config.Candidates(name))
            {
                if (File(candidate, view) is Resolution.Found found)
                {
                    return found;
                }

                expected ??= config.IsAlias(name) ? new Resolution.Missing(candidate) : null;
            }

            if (expected is not null && !name.StartsWith('@'))
            {
                // An alias that catches every name says nothing of this one.
                return PackageOf(name) is { } alias && ScriptPackages.Of(view).ContainsKey(alias) ? Workspace(name, view) : Resolution.NotKnown;
            }
        }

        return Workspace(name, view);
    }

    private static Resolution Workspace(string name, FileView view)
    {
        var package = PackageOf(name);
        if (package is null)
        {
            return Resolution.NotKnown;
        }

        if (!ScriptPackages.Of(view).TryGetValue(package, out var own))
        {
            return new Resolution.Package(package);
        }

        var rest = name[package.Length..].TrimStart('/');
        var candidates = rest.Length == 0 ? own.Entries
            : new[] { rest, "src/" + rest }.Select(inside => RelativePaths.Join(own.Folder, inside)).OfType<string>();
        foreach (var candidate in candidates)
        {
            if (File(candidate, view) is Resolution.Found found)
            {
                return found;
            }
        }

        return Resolution.NotKnown;
    }

    private static Resolution File(string path, FileView view)
    {
        var dot = Path.GetExtension(path);
        var stem = path[..^dot.Length];
        string?[] swapped = dot switch
        {
            ".js" or ".jsx" => [stem + ".ts", stem + ".tsx", stem + ".d.ts"],
            ".mjs" => [stem + ".mts", stem + ".d.mts"],
            ".cjs" => [stem + ".cts", stem + ".d.cts"],
            _ => [],
        };
        return Resolution.First(view,
        [
            .. path.EndsWith('/') || path.Length == 0 ? [] : new[] { path }.Concat(Endings.Select(end => path + end)), .. swapped,
            .. FolderEndings.Select(end => path.Length == 0 ? end[1..] : path + end),
            .. ScriptPackages.EntriesIn(path, view),
        ]) switch
        {
            Resolution.Missing when view.Exists(path) => new Resolution.Found([path]),
            Resolution.Missing => new Resolution.Missing(path),
            var found => found,
        };
    }

    /// <summary>The package in a name: its first part, or two with a scope. Null where it cannot be one.</summary>
    public static string? PackageOf(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (name.StartsWith('@'))
        {
            if (slash <= 1 || slash == name.Length - 1)
            {
                return null;
            }

            var second = name.IndexOf('/', slash + 1);
            return second < 0 ? name : name[..second];
        }

        var package = slash < 0 ? name : name[..slash];
        return package.Length > 0 && (char.IsAsciiLetterOrDigit(package[0]) || package[0] == '_') ? package : null;
    }
}
