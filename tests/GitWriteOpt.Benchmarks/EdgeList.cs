using System.Diagnostics;
using GitWriteOpt.Dependencies;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Benchmarks;

/// <summary>
/// <c>edges &lt;worktree&gt; &lt;language&gt;</c>: prints <c>E importer target line</c> for each reference that resolves to a
/// file, <c>M importer reference line</c> for each that resolves nowhere, tab-separated, for measuring against a language's
/// own tools (<c>Edges/</c>). <c>importers &lt;worktree&gt; &lt;path&gt;</c> times a search for importers, and prints them.
/// </summary>
internal static class EdgeList
{
    /// <summary>Prints the edges.</summary>
    public static int Run(string root, string language)
    {
        var paths = TestGit(root).ToHashSet(StringComparer.Ordinal);
        var view = new FileView(new FileSource(paths.Contains, path => File.ReadAllBytes(Path.Combine(root, path)), () => paths));
        if (language is "types")
        {
            var files = paths.Where(p => Language.Of(p) is { Name: "csharp" or "java" })
                .Select(p => (RepoPath.Parse(p), (Content?)Content.Of(File.ReadAllBytes(Path.Combine(root, p))))).ToList();
            var graph = ImportGraph.Of(files);
            for (var i = 0; i < files.Count; i++)
            {
                foreach (var target in graph.ImportsOf(i))
                {
                    Console.WriteLine($"E\t{files[i].Item1}\t{files[target].Item1}\t0");
                }
            }

            return 0;
        }

        foreach (var path in paths.Where(p => Language.Of(p)?.Name == language && File.Exists(Path.Combine(root, p))).Order(StringComparer.Ordinal))
        {
            foreach (var use in Language.ScanAny(path, File.ReadAllBytes(Path.Combine(root, path))).Uses)
            {
                switch (Language.Of(path)!.Resolve(path, use, view))
                {
                    case Resolution.Found found:
                        found.Files.ToList().ForEach(target => Console.WriteLine($"E\t{path}\t{target}\t{use.Line}"));
                        break;
                    case Resolution.Missing when !use.Optional:
                        Console.WriteLine($"M\t{path}\t{use.Target}\t{use.Line}");
                        break;
                    case Resolution.Package package when !use.Optional:
                        Console.WriteLine($"P\t{path}\t{package.Name}\t{use.Line}");
                        break;
                }
            }
        }

        return 0;
    }

    /// <summary>Times a search, cold or out of the cache as it is, and prints what was found.</summary>
    public static int Importers(string root, string path)
    {
        var layout = Discovery.Find(root);
        var clock = Stopwatch.StartNew();
        using var worktree = new WorktreeReader(layout);
        var importers = Dependencies.Importers.In(layout, worktree, [RepoPath.Parse(path)], ImporterBudget.Check);
        var found = importers.Of(RepoPath.Parse(path));
        Console.Error.WriteLine($"{found.Count} importers in {clock.ElapsedMilliseconds} ms");
        found.ToList().ForEach(Console.WriteLine);
        return 0;
    }

    private static IEnumerable<string> TestGit(string root)
    {
        var layout = Discovery.Find(root);
        return IndexReader.Open(layout).Entries().Where(e => e.Stage == 0 && !e.IsGitlink && e.Mode != GitModes.Link).Select(e => e.Path);
    }
}
