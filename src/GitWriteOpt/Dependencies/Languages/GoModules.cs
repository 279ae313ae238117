using System.Text;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>The modules of a repository: the path that a <c>go.mod</c> gives to its folder.</summary>
internal static class GoModules
{
    /// <summary>The modules as a folder sees them: the nearest first, then all others, those with longer names first.</summary>
    public static IEnumerable<(string Module, string Folder)> From(string folder, FileView view)
    {
        if (view.Nearest(folder, "go.mod") is { } nearest && Name(nearest, view) is { } own)
        {
            yield return (own, RelativePaths.Folder(nearest));
        }

        foreach (var other in view.Once("go modules", "", () => Others(view))!)
        {
            yield return other;
        }
    }

    private static List<(string Module, string Folder)> Others(FileView view) =>
        [.. view.Named("go.mod").Select(path => (Module: Name(path, view)!, Folder: RelativePaths.Folder(path)))
            .Where(m => m.Module is not null).OrderByDescending(m => m.Module.Length).ThenBy(m => m.Folder, StringComparer.Ordinal)];

    private static string? Name(string path, FileView view) => view.Once("go.mod", path, () =>
        view.Read(path) is not { } bytes ? null
            : Encoding.UTF8.GetString(bytes.Span).Split('\n').Select(line => line.Trim())
                .Where(line => line.StartsWith("module ", StringComparison.Ordinal))
                .Select(line => line["module ".Length..].Split("//")[0].Trim().Trim('"')).FirstOrDefault(name => name.Length > 0));
}
