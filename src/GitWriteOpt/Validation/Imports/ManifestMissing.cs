using GitWriteOpt.Dependencies;
using GitWriteOpt.Dependencies.Manifests;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Validation.Imports;

/// <summary>Imports of packages that the nearest manifest does not name. Names of modules and packages differ, so it warns.</summary>
internal sealed class ManifestMissing() : BatchRule(new RuleInfo("manifest-missing", ErrorCategory.Dependency, CheckSeverity.Warning,
    "a file imports a package that the nearest manifest does not name"))
{
    /// <inheritdoc/>
    public override bool TakesTime => true;

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        var views = ImportViews.Of(subject);
        foreach (var file in views.Scanned)
        {
            var packages = Packages(file, file.Now, file.File.Path.Value, views.After).ToList();
            if (packages.Count == 0 || ManifestLookup.For(file.File.Path.Value, file.Language, views.After) is not { } manifest)
            {
                continue;
            }

            tally.Looked(file.File.Path);
            var before = packages.Count == 0 ? [] : Packages(file, file.Before, (file.File.RenamedFrom ?? file.File.Path).Value, views.Before)
                .Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, line) in packages.DistinctBy(p => p.Name).Where(p => !ManifestLookup.Has(manifest, file.Language, p.Name)))
            {
                yield return new Sighting(file.File.Path, $"imports the package \"{name}\", which \"{manifest.Path}\" does not name", line)
                {
                    Suggestion = $"add it to \"{manifest.Path}\" in the same batch",
                    Unsure = true,
                    WasThere = before.Contains(name),
                };
            }
        }
    }

    private static IEnumerable<(string Name, int Line)> Packages(ScannedFile file, FileReferences references, string path, FileView view) =>
        from use in references.Uses
        where !use.Optional
        let package = file.Language.Resolve(path, use, view) as Resolution.Package
        where package is not null
        select (package.Name, use.Line);
}
