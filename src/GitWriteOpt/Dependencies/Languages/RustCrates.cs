using GitWriteOpt.Dependencies.Manifests;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>A crate of the repository.</summary>
/// <param name="Folder">Where its modules are.</param>
/// <param name="Root">Its first file.</param>
internal sealed record RustCrate(string Folder, string Root);

/// <summary>The crates of a repository, by the names that their manifests give them.</summary>
internal static class RustCrates
{
    /// <summary>The crate of a folder: that of the nearest manifest.</summary>
    public static RustCrate? Of(string folder, FileView view) =>
        view.Nearest(folder, "Cargo.toml") is { } manifest ? At(manifest, view) : null;

    /// <summary>The crate that code calls by a name.</summary>
    public static RustCrate? Named(string name, FileView view) => view.Once("crates", "", () =>
    {
        var crates = new Dictionary<string, RustCrate>(StringComparer.Ordinal);
        foreach (var path in view.Named("Cargo.toml"))
        {
            if (TomlText.Of(view.Read(path)).Value("package", "name") is { } package && At(path, view) is { } crate)
            {
                crates.TryAdd(package.Replace('-', '_'), crate);
            }
        }

        return crates;
    })!.GetValueOrDefault(name);

    private static RustCrate? At(string manifest, FileView view) => view.Once("crate", manifest, () =>
    {
        var folder = RelativePaths.Folder(manifest);
        var given = TomlText.Of(view.Read(manifest)).Value("lib", "path");
        return new[] { given, "src/lib.rs", "src/main.rs", "lib.rs", "main.rs" }.OfType<string>()
            .Select(root => RelativePaths.Join(folder, root)).OfType<string>()
            .Where(view.Exists).Select(root => new RustCrate(RelativePaths.Folder(root), root)).FirstOrDefault();
    });
}
