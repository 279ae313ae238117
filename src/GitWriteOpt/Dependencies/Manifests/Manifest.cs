namespace GitWriteOpt.Dependencies.Manifests;

/// <summary>What says which foreign packages a file may use.</summary>
/// <param name="Path">The nearest manifest, for messages.</param>
/// <param name="Names">The packages, in the manifest's own spelling, folded as its language folds them.</param>
/// <param name="IsWhole">False where packages may be named in ways that are not read: then nothing is missing.</param>
internal sealed record Manifest(string Path, IReadOnlySet<string> Names, bool IsWhole = true);

/// <summary>Finds the manifests that a file's imports are held against.</summary>
internal static class ManifestLookup
{
    /// <summary>The packages that a file may use; null where no manifest says so.</summary>
    public static Manifest? For(string file, Language language, FileView view) => language.Name switch
    {
        "script" => view.Once("node manifest", RelativePaths.Folder(file), () => NodeManifest.For(RelativePaths.Folder(file), view)),
        "python" => view.Once("python manifest", RelativePaths.Folder(file), () => PythonManifest.For(RelativePaths.Folder(file), view)),
        "go" => view.Once("go manifest", RelativePaths.Folder(file), () => GoManifest.For(RelativePaths.Folder(file), view)),
        "rust" => view.Once("rust manifest", RelativePaths.Folder(file), () => CargoManifest.For(RelativePaths.Folder(file), view)),
        _ => null,
    };

    /// <summary>Whether a manifest has a package, or its language brings it.</summary>
    public static bool Has(Manifest manifest, Language language, string package) => !manifest.IsWhole || language.Name switch
    {
        "script" => StandardLibraries.Node.Contains(package) || manifest.Names.Contains(package)
            || manifest.Names.Contains(NodeManifest.TypesOf(package)),
        "python" => StandardLibraries.Python.Contains(package)
            || PythonManifest.DistributionsOf(package).Any(manifest.Names.Contains),
        "go" => manifest.Names.Any(module => package == module
            || (package.StartsWith(module, StringComparison.Ordinal) && package[module.Length] == '/')),
        _ => manifest.Names.Contains(package.Replace('-', '_')),
    };
}
