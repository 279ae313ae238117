using System.Text;
using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Manifests;

/// <summary>Which lock files follow a manifest, and what in the manifest they follow.</summary>
internal static class LockFiles
{
    private static readonly string[] ComposerFields = ["require", "require-dev"];

    /// <summary>The names of the lock files of a manifest; none where it is not one.</summary>
    public static IReadOnlyList<string> Of(string manifest) => RelativePaths.Name(manifest) switch
    {
        "package.json" => ["package-lock.json", "yarn.lock", "pnpm-lock.yaml", "npm-shrinkwrap.json", "bun.lock"],
        "Cargo.toml" => ["Cargo.lock"],
        "go.mod" => ["go.sum"],
        "pyproject.toml" => ["poetry.lock", "uv.lock", "pdm.lock"],
        "Gemfile" => ["Gemfile.lock"],
        "composer.json" => ["composer.lock"],
        "Directory.Packages.props" => ["packages.lock.json"],
        var name when name.EndsWith(".csproj", StringComparison.Ordinal) || name.EndsWith(".fsproj", StringComparison.Ordinal) => ["packages.lock.json"],
        _ => [],
    };

    /// <summary>The part of a manifest that its lock file follows, in one spelling; null where it cannot be read.</summary>
    public static string? Followed(string manifest, ReadOnlyMemory<byte>? bytes) => RelativePaths.Name(manifest) switch
    {
        _ when bytes is null => "",
        "package.json" => NodeManifest.Locked(bytes),
        "Cargo.toml" => CargoManifest.Locked(bytes),
        "go.mod" => GoManifest.Locked(bytes),
        "pyproject.toml" => PythonManifest.Locked(bytes),
        "Gemfile" => Gems(bytes.Value),
        "composer.json" => Composer(bytes),
        _ => Packages(bytes.Value),
    };

    private static string Gems(ReadOnlyMemory<byte> bytes) => string.Join('\n', Encoding.UTF8.GetString(bytes.Span).Split('\n')
        .Select(line => line.Split(" #")[0].Trim()).Where(line => line.StartsWith("gem ", StringComparison.Ordinal)
            || line.StartsWith("source ", StringComparison.Ordinal) || line.StartsWith("gemspec", StringComparison.Ordinal)));

    private static string? Composer(ReadOnlyMemory<byte>? bytes)
    {
        using var document = LooseJson.Parse(bytes);
        return document?.RootElement is not { ValueKind: System.Text.Json.JsonValueKind.Object } root ? null
            : string.Join('\n', ComposerFields.Select(f => root.TryGetProperty(f, out var list) ? f + list : ""));
    }

    private static string Packages(ReadOnlyMemory<byte> bytes) => string.Join('\n', MarkupTag.In(bytes)
        .Where(t => !t.Closes && t.Name is "PackageReference" or "PackageVersion" or "ProjectReference" or "TargetFramework" or "TargetFrameworks" or "Version")
        .Select(t => $"{t.Name} {string.Join(' ', t.Attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"))} {t.Text.Trim()}")
        .Order(StringComparer.Ordinal));
}
