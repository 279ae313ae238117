using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class HistoryReaderTests
{
    [Fact]
    public void Commits_come_with_their_changes_and_renames()
    {
        using var repository = Small();
        var commits = Read(repository, oldestFirst: true);
        commits.Select(c => c.Subject).ShouldBe(["first", "rename", "odd: \u00e4 name"]);
        commits[1].Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            change => change.Status.ShouldBe(HistoryStatus.Renamed),
            change => (change.OldPath, change.Path).ShouldBe(("a.txt", "sub/b.txt")),
            change => change.Blob.ToString().ShouldBe(repository.Git("rev-parse", "HEAD:sub/b.txt")));
        commits[2].Changes.Select(c => (c.Status, c.Path)).ShouldBe(
            [(HistoryStatus.Added, ":colon\nline \u00e4"), (HistoryStatus.Deleted, "c.txt")]);
        commits[2].Parents.ShouldBe([commits[1].Id]);
        commits[2].Author.ShouldBe(repository.Git("log", "-1", "--format=%an <%ae>"));
        commits[2].Time.ToUnixTimeSeconds().ShouldBe(long.Parse(repository.Git("log", "-1", "--format=%at")));
    }

    [Fact]
    public void The_newest_come_first_unless_asked_otherwise_and_only_so_many()
    {
        using var repository = Small();
        Read(repository, newest: 2).Select(c => c.Subject).ShouldBe(["odd: \u00e4 name", "rename"]);
        Read(repository, newest: 2, oldestFirst: true).Select(c => c.Subject).ShouldBe(["rename", "odd: \u00e4 name"]);
        Read(repository, since: "HEAD~1").Select(c => c.Subject).ShouldBe(["odd: \u00e4 name"]);
    }

    [Fact]
    public void A_reader_that_stops_early_ends_git()
    {
        using var repository = Small();
        var found = Discovery.Open(repository.Root);
        new HistoryReader(found.Layout, found.Config).Read(new HistoryQuery { Tip = Head(repository) })
            .First().Subject.ShouldBe("odd: \u00e4 name");
    }

    [Theory]
    [InlineData("--bare")]
    [InlineData("--bare --depth=2 --no-local")]
    [InlineData("--bare --filter=blob:none --no-local")]
    public void Bare_shallow_and_partial_clones_are_read(string arguments)
    {
        using var repository = Small();
        repository.Git("config", "uploadpack.allowFilter", "true");
        var source = arguments.Contains("no-local", StringComparison.Ordinal) ? "file://" + repository.Root : repository.Root;
        repository.Git(["clone", "-q", .. arguments.Split(' '), source, repository.Outside("clone")]);
        var found = Discovery.Open(repository.Outside("clone"), bareToo: true);
        found.Layout.IsBare.ShouldBeTrue();
        var reader = new HistoryReader(found.Layout, found.Config);
        var commits = reader.Read(new HistoryQuery { Tip = Head(repository) }).ToList();
        commits[0].Changes.Count.ShouldBe(2);
        commits[1].Changes.Count.ShouldBe(arguments.Contains("depth", StringComparison.Ordinal) ? 0 : 1);
        reader.CutOffBy.ShouldBeNull();
    }

    [Fact]
    public void A_history_of_another_hash_function_is_read()
    {
        using var repository = Small("--object-format=sha256");
        Read(repository)[0].Id.Format.ShouldBe(ObjectFormat.Sha256);
    }

    [Fact]
    public void Settings_of_the_user_do_not_change_what_is_read()
    {
        using var repository = Small();
        var before = Read(repository).Select(c => (c.Id, c.Changes.Count)).ToList();
        repository.Git("config", "log.showSignature", "true");
        repository.Git("config", "diff.renames", "false");
        repository.Git("config", "log.showRoot", "false");
        Read(repository).Select(c => (c.Id, c.Changes.Count)).ShouldBe(before);
    }

    private static TestRepository Small(string initArguments = "", [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(
            new Dictionary<string, string> { ["a.txt"] = "one\ntwo\nthree\n", ["c.txt"] = "c\n" }, initArguments, test);
        Directory.CreateDirectory(repository.At("sub"));
        repository.Git("mv", "a.txt", "sub/b.txt");
        repository.Commit("rename");
        repository.Git("rm", "-q", "c.txt");
        repository.Write(":colon\nline \u00e4", "x\n");
        repository.Commit("odd: \u00e4 name");
        return repository;
    }

    private static List<HistoryCommit> Read(TestRepository repository, int? newest = null, bool oldestFirst = false, string? since = null)
    {
        var found = Discovery.Open(repository.Root);
        return [.. new HistoryReader(found.Layout, found.Config).Read(new HistoryQuery
        {
            Tip = Head(repository),
            Newest = newest,
            OldestFirst = oldestFirst,
            Since = since is null ? null : ObjectId.Parse(repository.Git("rev-parse", since)),
        })];
    }

    private static ObjectId Head(TestRepository repository) => ObjectId.Parse(repository.Git("rev-parse", "HEAD"));
}
