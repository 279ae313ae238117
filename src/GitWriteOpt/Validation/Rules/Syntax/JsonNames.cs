using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>Which JSON a file is in, by its name.</summary>
internal static class JsonNames
{
    /// <summary>Nothing but JSON is read.</summary>
    public const string Strict = "json";

    /// <summary>Comments and trailing commas pass.</summary>
    public const string WithComments = "jsonc";

    /// <summary>Nobody knows which reader it has: comments and trailing commas are a warning.</summary>
    public const string Either = "json?";

    private static readonly HashSet<string> StrictNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "package.json", "package-lock.json", "npm-shrinkwrap.json", "composer.json", "composer.lock", "manifest.webmanifest",
        "bower.json", "project.assets.json", "packages.lock.json", "flake.lock", "Pipfile.lock", ".all-contributorsrc",
        "vcpkg.json", "elm.json", "deno.lock", "now.json", "vercel.json", "app.json",
    };

    private static readonly HashSet<string> CommentNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ".eslintrc", ".babelrc", ".swcrc", ".jshintrc", ".jscsrc", ".jsbeautifyrc", ".jslintrc", ".hintrc", ".htmlhintrc",
        ".prettierrc", ".stylelintrc", "devcontainer.json", ".devcontainer.json", "babel.config.json", "deno.json", "api-extractor.json",
        "tslint.json", "typedoc.json", "rush.json", "nx.json", "turbo.json", "biome.json", "wrangler.json", "bun.lock",
        "launchSettings.json", "global.json", "renovate.json", "oxlintrc.json", ".oxlintrc.json", "cspell.json", ".cspell.json",
        "settings.json", "launch.json", "tasks.json", "extensions.json", "keybindings.json", "c_cpp_properties.json",
    };

    /// <summary>The dialect; null where the file is not JSON.</summary>
    public static string? Of(RepoPath path)
    {
        var name = path.Name;
        if (StrictNames.Contains(name) || Ends(name, ".ipynb", ".webmanifest", ".geojson", ".topojson", ".har", ".avsc", ".gltf", ".sarif", ".tfstate"))
        {
            return Strict;
        }

        if (CommentNames.Contains(name) || Ends(name, ".jsonc", ".code-workspace", ".code-snippets", ".sublime-settings", ".sublime-project",
                ".sublime-keymap", ".jscsrc", ".hujson")
            || (Ends(name, ".json") && (name.StartsWith("tsconfig", StringComparison.OrdinalIgnoreCase) || Starts(name, "jsconfig")
                || Starts(name, ".eslintrc") || Starts(name, "appsettings") || Starts(name, ".babelrc") || IsIn(path, ".vscode") || IsIn(path, ".zed")
                || IsIn(path, ".devcontainer") || name.Contains("tsconfig", StringComparison.OrdinalIgnoreCase))))
        {
            return WithComments;
        }

        return Ends(name, ".json") ? Either : null;
    }

    /// <summary>Whether the name has no ending, so that the file may also be in another language.</summary>
    public static bool MayBeOther(RepoPath path) => path.Name.StartsWith('.') && path.Name.LastIndexOf('.') == 0;

    private static bool Starts(string name, string start) => name.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    private static bool Ends(string name, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(RepoPath path, string directory) => path.Parent is not null && path.Ancestors().Any(a => a.Name == directory);
}
