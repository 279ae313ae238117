using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Patterns;

public sealed class PatternStoreTests
{
    [Theory]
    [InlineData("")]
    [InlineData("--object-format=sha256")]
    public void What_was_written_is_read_and_people_can_read_it_with_git(string format)
    {
        using var repository = Layouts.Repository(format);
        var store = Open(repository);
        store.Read().IsEmpty.ShouldBeTrue();
        store.Write(store.Read(), Files(("state.json", "{}\n"), ("templates/a/one.txt", "1\n"), ("templates/a-b/two.txt", "2\n")), "learned");
        repository.Git("show", "refs/writeopt/patterns:templates/a/one.txt").ShouldBe("1");
        var read = Open(repository).Read();
        read.Damage.ShouldBeNull();
        read.Below("templates/").ShouldBe(["templates/a-b/two.txt", "templates/a/one.txt"]);
        read.TryRead("templates/a/one.txt").ShouldBe("1\n"u8.ToArray());
        read.TryRead("nothing").ShouldBeNull();
    }

    [Fact]
    public void A_write_changes_what_it_names_and_keeps_the_rest()
    {
        using var repository = Layouts.Repository();
        var store = Open(repository);
        store.Write(store.Read(), Files(("a/1", "1"), ("a/2", "2"), ("b/1", "1")), "first");
        store.Write(store.Read(), Files(("a/", null), ("c", "c")), "second");
        store.Read().Files.ShouldBe(["b/1", "c"]);
        repository.Git("rev-list", "--count", "refs/writeopt/patterns").ShouldBe("1");
    }

    [Fact]
    public void A_write_that_changes_nothing_makes_no_commit()
    {
        using var repository = Layouts.Repository();
        var store = Open(repository);
        var first = store.Write(store.Read(), Files(("a", "1")), "first");
        store.Write(store.Read(), Files(("a", "1")), "again").ShouldBe(first);
    }

    [Fact]
    public void The_second_of_two_writers_is_told()
    {
        using var repository = Layouts.Repository();
        var store = Open(repository);
        var stale = store.Read();
        store.Write(stale, Files(("a", "1")), "first");
        Should.Throw<StoreException>(() => store.Write(stale, Files(("b", "2")), "second")).Error.Code.ShouldBe("ref-exists");
        store.Read().Files.ShouldBe(["a"]);
    }

    [Fact]
    public void A_ref_that_names_no_commit_of_ours_reads_as_damaged_and_is_replaced()
    {
        using var repository = Layouts.Repository();
        repository.Git("update-ref", "refs/writeopt/patterns", repository.Git("rev-parse", "HEAD:seed"));
        var store = Open(repository);
        var damaged = store.Read();
        damaged.Damage.ShouldNotBeNull();
        damaged.IsEmpty.ShouldBeTrue();
        store.Write(damaged, Files(("a", "1")), "rebuilt");
        store.Read().Files.ShouldBe(["a"]);
    }

    [Fact]
    public void A_ref_file_without_an_id_reads_as_damaged_and_is_replaced()
    {
        using var repository = Layouts.Repository();
        repository.Write(".git/refs/writeopt/patterns", "nonsense\n");
        var store = Open(repository);
        var damaged = store.Read();
        damaged.Damage.ShouldNotBeNull();
        store.Write(damaged, Files(("a", "1")), "rebuilt");
        store.Read().Files.ShouldBe(["a"]);
    }

    private static Dictionary<string, byte[]?> Files(params (string Path, string? Text)[] files) =>
        files.ToDictionary(f => f.Path, f => f.Text is null ? null : System.Text.Encoding.UTF8.GetBytes(f.Text));

    private static PatternStore Open(TestRepository repository)
    {
        var layout = Discovery.Find(repository.Root);
        return new PatternStore(layout, new RefStore(layout), new ObjectReader(layout), "T <t@example.org>", TimeProvider.System);
    }
}
