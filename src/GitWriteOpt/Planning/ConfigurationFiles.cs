using System.Collections.Frozen;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>Which files are configuration: a table of names and extensions.</summary>
internal static class ConfigurationFiles
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Makefile", "GNUmakefile", "CMakeLists.txt", "Dockerfile", "Containerfile", "Jenkinsfile", "Vagrantfile",
        "Gemfile", "Gemfile.lock", "Rakefile", "Procfile", "Pipfile", "Pipfile.lock", "requirements.txt", "setup.py",
        "go.mod", "go.sum", "Cargo.lock", "yarn.lock", "poetry.lock", "composer.lock", "uv.lock", "flake.lock",
        "pom.xml", "build.gradle", "settings.gradle", ".gitignore", ".gitattributes", ".gitmodules", ".editorconfig",
        ".npmrc", ".nvmrc", ".env", "nuget.config");

    private static readonly FrozenSet<string> Extensions = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        ".json", ".jsonc", ".yml", ".yaml", ".toml", ".ini", ".cfg", ".conf", ".properties", ".csproj", ".fsproj",
        ".vbproj", ".sln", ".slnx", ".props", ".targets", ".gradle", ".cmake", ".mk", ".tf");

    /// <summary>Whether a file is configuration.</summary>
    public static bool Contain(RepoPath path)
    {
        var name = path.Value.AsSpan(path.Value.LastIndexOf('/') + 1);
        return Extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Path.GetExtension(name))
            || Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }
}
