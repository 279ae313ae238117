namespace GitWriteOpt.Dependencies.Manifests;

/// <summary>The crates that the nearest Cargo.toml names in any table of dependencies.</summary>
internal static class CargoManifest
{
    /// <summary>The crates for files of a folder; null where there is no Cargo.toml.</summary>
    public static Manifest? For(string folder, FileView view)
    {
        if (view.Nearest(folder, "Cargo.toml") is not { } path)
        {
            return null;
        }

        var toml = TomlText.Of(view.Read(path));
        var names = Tables(toml).SelectMany(t => t.Name is not null ? [t.Name] : toml.In(t.Table).Select(e => e.Key.Split('.')[0]))
            .Concat(new[] { toml.Value("package", "name"), toml.Value("lib", "name") }.OfType<string>());
        return new Manifest(path, names.Select(n => n.Replace('-', '_')).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The part of a Cargo.toml that Cargo.lock follows.</summary>
    public static string Locked(ReadOnlyMemory<byte>? bytes)
    {
        var toml = TomlText.Of(bytes);
        return string.Join('\n', Tables(toml).SelectMany(t => toml.In(t.Table).Select(e => $"{t.Table} {e.Key} {e.Value}"))
            .Order(StringComparer.Ordinal));
    }

    // [dependencies], [target.'cfg(unix)'.dev-dependencies], and [dependencies.name] with the name in the header.
    private static IEnumerable<(string Table, string? Name)> Tables(TomlText toml)
    {
        foreach (var table in toml.Tables)
        {
            var parts = table.Split('.');
            if (parts[^1].EndsWith("dependencies", StringComparison.Ordinal))
            {
                yield return (table, null);
            }
            else if (parts.Length > 1 && parts[^2].EndsWith("dependencies", StringComparison.Ordinal))
            {
                yield return (table, parts[^1]);
            }
        }
    }
}
