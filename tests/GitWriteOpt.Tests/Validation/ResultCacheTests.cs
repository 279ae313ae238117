using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Tests.Validation;

/// <summary>The cache: what it gives back is what was put in, and damage costs nothing but time.</summary>
public sealed class ResultCacheTests : IDisposable
{
    private static readonly RuleInfo Rule = new("some-rule", ErrorCategory.Format, CheckSeverity.Error, "a rule");
    private readonly string _folder = Directory.CreateTempSubdirectory("writeopt-cache-").FullName;

    private string Checks => Path.Combine(_folder, "checks");

    private string At => Path.Combine(Checks, "results");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_put_in_comes_back_from_the_file_as_it_was()
    {
        Sighting[] found =
        [
            new(RepoPath.Parse("x"), "a message \u00e4", 70000, 3) { Suggestion = "do \"that\"", Unsure = true },
            new(RepoPath.Parse("x"), "another") { WasThere = true },
        ];
        var cache = new ResultCache(Checks);
        cache.Put(Rule, "v", Id(1), found);
        cache.Put(Rule, "v", Id(2), []);
        cache.Save();
        var again = new ResultCache(Checks);
        again.TryGet(Rule, "v", Id(1))!.Select(s => s with { Path = RepoPath.Parse("x") }).ShouldBe(found);
        again.TryGet(Rule, "v", Id(2)).ShouldBe([]);
        again.TryGet(Rule, "w", Id(1)).ShouldBeNull("another variant");
        again.TryGet(Rule with { Version = 2 }, "v", Id(1)).ShouldBeNull("another version");
        again.TryGet(Rule with { Name = "other" }, "v", Id(1)).ShouldBeNull("another rule");
        again.TryGet(Rule, "v", Id(3)).ShouldBeNull("another blob");
    }

    [Fact]
    public void A_torn_block_is_dropped_and_written_over_and_what_stands_before_it_is_kept()
    {
        Save(1);
        var length = new FileInfo(At).Length;
        Save(2);
        using (var file = File.OpenWrite(At))
        {
            file.SetLength(length + 20);
        }

        Known(1).ShouldBeTrue();
        Known(2).ShouldBeFalse();
        Save(3);
        Known(1).ShouldBeTrue();
        Known(3).ShouldBeTrue();
    }

    [Fact]
    public void Any_single_byte_may_be_damaged()
    {
        Save(1);
        Save(2);
        var bytes = File.ReadAllBytes(At);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x5a;
            File.WriteAllBytes(At, damaged);
            (Known(1) && Known(2)).ShouldBeFalse($"byte {i}");
            Known(3).ShouldBeFalse();
        }
    }

    [Fact]
    public void Two_that_save_at_the_same_time_both_keep_their_results()
    {
        var (one, other) = (new ResultCache(Checks), new ResultCache(Checks));
        one.TryGet(Rule, "", Id(9));
        other.TryGet(Rule, "", Id(9));
        one.Put(Rule, "", Id(1), []);
        other.Put(Rule, "", Id(2), []);
        one.Save();
        other.Save();
        Known(1).ShouldBeTrue();
        Known(2).ShouldBeTrue();
    }

    [Fact]
    public void It_stays_below_its_bound_and_keeps_what_is_newer()
    {
        for (var round = 0; round < 12; round++)
        {
            var cache = new ResultCache(Checks);
            for (var i = 0; i < 50; i++)
            {
                cache.Put(Rule, "", Id((round * 1000) + i), [new Sighting(RepoPath.Parse("x"), new string('m', 10_000))]);
            }

            cache.Save();
            new FileInfo(At).Length.ShouldBeLessThanOrEqualTo(4 << 20);
        }

        Known(11_049).ShouldBeTrue();
        Known(10_000).ShouldBeTrue();
        Known(0).ShouldBeFalse();
        Directory.GetFiles(Checks).Length.ShouldBe(2);
    }

    [Fact]
    public void What_was_found_whole_is_known_from_the_table_alone_which_any_flipped_bit_only_makes_forget()
    {
        var cache = new ResultCache(Checks);
        cache.Put(Rule, "", Id(1), []);
        cache.Save();
        File.Exists(At).ShouldBeFalse();
        Known(1).ShouldBeTrue();
        var table = Path.Combine(Checks, "known");
        var bytes = File.ReadAllBytes(table);
        bytes.LongLength.ShouldBe(ResultTable.Length);
        var entry = Array.FindIndex(bytes, b => b != 0);
        for (var bit = 0; bit < 64; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[entry + (bit / 8)] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(table, damaged);
            Known(1).ShouldBeFalse($"bit {bit}");
        }

        File.WriteAllBytes(table, bytes[..(entry + 3)]);
        Known(1).ShouldBeFalse("torn");
        Save(2);
        Known(2).ShouldBeTrue();
        new FileInfo(table).Length.ShouldBe(ResultTable.Length);
    }

    [Fact]
    public void Thousands_of_files_are_known_again_and_the_table_does_not_grow()
    {
        var cache = new ResultCache(Checks);
        for (var i = 0; i < 4000; i++)
        {
            for (var rule = 0; rule < 6; rule++)
            {
                cache.Put(Rule, $"{rule}", Id(i), []);
            }
        }

        cache.Save();
        var again = new ResultCache(Checks);
        Enumerable.Range(0, 4000).Count(i => again.TryGet(Rule, "5", Id(i)) is null).ShouldBe(0);
        new FileInfo(Path.Combine(Checks, "known")).Length.ShouldBe(ResultTable.Length);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_no_error()
    {
        File.WriteAllText(Path.Combine(_folder, "checks"), "a file where the directory should be");
        Save(1);
        Known(1).ShouldBeFalse();
    }

    [Fact]
    public void A_second_check_of_the_same_tree_runs_no_rule_and_finds_the_same()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["kept"] = "x\n" });
        repository.Write("a.json", "{\"a\": 1, \"a\": }");
        repository.Write("b.cs", "class {");
        repository.Write("c.yml", "a: [\n");
        repository.Write("d.js", "import './gone.js'\n");
        var first = Looking.Run(repository);
        (first.Checked, first.Cached).ShouldBe((4, 0));
        first.HasErrors.ShouldBeTrue();
        var second = Looking.Run(repository);
        (second.Checked, second.Cached).ShouldBe((4, 4));
        second.Findings.ShouldBe(first.Findings);
        repository.Write("a.json", "{}");
        var third = Looking.Run(repository);
        (third.Checked, third.Cached).ShouldBe((4, 3));
    }

    [Fact]
    public void A_check_moves_nothing_but_its_cache_and_does_without_where_that_cannot_be_written()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["kept"] = "x\n" });
        repository.Write("a.json", "{");
        repository.Write("a.md", "[b](c.md)\n");
        var before = (repository.State(), repository.Git("for-each-ref"), repository.Git("count-objects", "-v"), Files(repository));

        var findings = Looking.Check(repository);

        (repository.State(), repository.Git("for-each-ref"), repository.Git("count-objects", "-v")).ShouldBe((before.Item1, before.Item2, before.Item3));
        Files(repository).Except(before.Item4).ShouldBe(["writeopt/checks/known", "writeopt/checks/results"]);
        Directory.Delete(repository.At(".git/writeopt"), recursive: true);
        repository.Write(".git/writeopt", "a file where the directory should be");
        Looking.Check(repository).ShouldBe(findings);
    }

    private static List<string> Files(TestRepository repository) =>
        [.. Directory.EnumerateFiles(repository.At(".git"), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(repository.At(".git"), f)).Order()];

    private static ObjectId Id(int number) => ObjectHash.OfBlob(Content.Of($"{number}"), ObjectFormat.Sha1);

    private void Save(int number)
    {
        var cache = new ResultCache(Checks);
        cache.Put(Rule, "", Id(number), [new Sighting(RepoPath.Parse("x"), $"finding {number}")]);
        cache.Save();
    }

    private bool Known(int number) => new ResultCache(Checks).TryGet(Rule, "", Id(number)) is not null;
}
