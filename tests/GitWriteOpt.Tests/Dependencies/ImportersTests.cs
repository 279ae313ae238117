using GitWriteOpt.Dependencies;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Tests.Dependencies;

/// <summary>Who imports a file of a repository, and how little is read to know it.</summary>
public sealed class ImportersTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["src/a.ts"] = "import './b'\n",
        ["src/c.ts"] = "import { d } from '../src/b.js'\n",
        ["src/e.ts"] = "import './other/b'\n",
        ["src/b.ts"] = "export {}\n",
        ["src/other/b.ts"] = "export {}\n",
        ["README.md"] = "[b](src/b.ts)\n",
        ["tool.py"] = "import src.b\n",
    };

    [Fact]
    public void Importers_are_found_in_every_language_that_may_mean_the_file()
    {
        using var repository = TestRepository.With(Files);
        Find(repository, "src/b.ts", out _).ShouldBe(["README.md", "src/a.ts", "src/c.ts"]);
        Find(repository, "src/other/b.ts", out _).ShouldBe(["src/e.ts"]);
    }

    [Fact]
    public void Nothing_is_read_before_the_first_question()
    {
        using var repository = TestRepository.With(Files);
        using var worktree = new WorktreeReader(Discovery.Find(repository.Root));
        var importers = new Importers(() => throw new InvalidOperationException("looked"), [], _ => null, Cache(repository), ImporterBudget.Check);
        importers.Warning.ShouldBeNull();
    }

    [Fact]
    public void A_second_search_reads_only_what_changed()
    {
        using var repository = TestRepository.With(Files);
        Racy(repository);
        Find(repository, "src/b.ts", out var first);
        first.ShouldBe(6, "tool.py cannot mean a script");

        Find(repository, "src/b.ts", out var second).ShouldBe(["README.md", "src/a.ts", "src/c.ts"]);
        second.ShouldBe(0);

        repository.Write("src/e.ts", "import './b'\n// longer than it was before\n");
        Find(repository, "src/b.ts", out var third).ShouldBe(["README.md", "src/a.ts", "src/c.ts", "src/e.ts"]);
        third.ShouldBe(1);
    }

    [Fact]
    public void A_damaged_cache_is_dropped()
    {
        using var repository = TestRepository.With(Files);
        Racy(repository);
        Find(repository, "src/b.ts", out _);
        var cache = repository.At(".git/writeopt/references");
        var bytes = File.ReadAllBytes(cache);
        foreach (var damage in new Action[] { () => bytes[bytes.Length / 2] ^= 1, () => bytes = bytes[..(bytes.Length / 3)], () => bytes = [] })
        {
            damage();
            File.WriteAllBytes(cache, bytes);
            Find(repository, "src/b.ts", out var read).ShouldBe(["README.md", "src/a.ts", "src/c.ts"]);
            read.ShouldBe(6);
        }
    }

    [Fact]
    public void A_search_that_stops_early_says_so_and_has_looked_nearby_first()
    {
        var files = Enumerable.Range(0, 300).ToDictionary(i => $"far/{i}.ts", _ => "import '../src/b'\n");
        files["src/a.ts"] = "import './b'\n";
        files["src/b.ts"] = "";
        using var repository = TestRepository.With(files);
        var importers = new Importers(() => Candidates(repository), [RepoPath.Parse("src/b.ts")], path => File.ReadAllBytes(repository.At(path)),
            Cache(repository), new ImporterBudget(100, null));

        importers.Of(RepoPath.Parse("src/b.ts")).Select(p => p.Value).ShouldContain("src/a.ts");
        importers.Warning!.ShouldContain("174 files");
    }

    [Fact]
    public void What_is_not_known_to_be_clean_is_never_taken_for_the_indexs_blob()
    {
        using var repository = TestRepository.With(Files);
        Racy(repository);
        repository.Write("src/a.ts", "// nothing\n");
        Find(repository, "src/b.ts", out _).ShouldBe(["README.md", "src/c.ts"]);
        repository.Git("checkout", "src/a.ts");
        Find(repository, "src/b.ts", out _).ShouldBe(["README.md", "src/a.ts", "src/c.ts"]);
    }

    // Entries that are as old as the index itself are not believed; these are older.
    private static void Racy(TestRepository repository)
    {
        foreach (var path in Files.Keys)
        {
            File.SetLastWriteTimeUtc(repository.At(path), DateTime.UtcNow.AddMinutes(-5));
        }

        repository.Git("update-index", "--refresh", "-q");
    }

    private static ReferenceCache Cache(TestRepository repository) => ReferenceCache.Of(Discovery.Find(repository.Root));

    private static IReadOnlyList<CandidateFile> Candidates(TestRepository repository)
    {
        var layout = Discovery.Find(repository.Root);
        using var worktree = new WorktreeReader(layout);
        return CandidateFile.Tracked(layout, worktree);
    }

    private static List<string> Find(TestRepository repository, string path, out int read)
    {
        var count = 0;
        var importers = new Importers(() => Candidates(repository), [RepoPath.Parse(path)], file =>
        {
            count++;
            return File.ReadAllBytes(repository.At(file));
        }, Cache(repository), ImporterBudget.Check);
        var found = importers.Of(RepoPath.Parse(path)).Select(p => p.Value).ToList();
        read = count;
        return found;
    }
}
