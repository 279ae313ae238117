using System.Text.Json;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Repositories;

/// <summary>Each poorer way that a repository or file system forces works, and is named in <c>warnings</c>.</summary>
public sealed class FallbackTests
{
    private const string Batch = """
        {"operations":[{"op":"edit","path":"f.txt","edits":[{"old":"old","new":"new"}]},
        {"op":"write","path":"made/n.txt","content":"n\n"},{"op":"delete","path":"gone/g.txt"}]}
        """;

    [Fact]
    public void Without_an_exchange_files_are_renamed_over_one_another()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root, null, portable: true, null);
        ThereAndBack(repository, writer).ShouldContain(w => w.Contains("cannot exchange"));
    }

    [Fact]
    public void Without_a_syncfs_to_rely_on_each_file_is_synced_and_packed_refs_are_no_obstacle()
    {
        using var any = Kinds.Make("worktree on another file system", "syncfs");
        using var writer = any.Open();
        var outcome = writer.Apply(any.Repository.Batch(any.Everything), new ApplyOptions());
        outcome.Warnings.ShouldContain(w => w.Contains("syncfs"));
        any.Repository.Git("pack-refs", "--all", "--prune");
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        writer.Apply(any.Repository.Batch(any.Everything), new ApplyOptions { Durability = Durability.None }).Warnings
            .ShouldNotContain(w => w.Contains("syncfs"), "nothing is synced, so nothing is missing");
    }

    [Fact]
    public void Refs_that_are_no_files_are_written_by_git()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root, null, portable: false, null, l => l with { RefsAreFiles = false });
        ThereAndBack(repository, writer).ShouldContain(w => w.Contains("git itself wrote"));
    }

    [Fact]
    public void Without_an_identity_ours_is_used()
    {
        using var repository = Repository();
        repository.Git("config", "user.name", "");
        repository.Git("config", "user.email", "");
        using var writer = Writer.Open(repository.Root);
        ThereAndBack(repository, writer).ShouldContain(w => w.Contains("user.name") && w.Contains("git-writeopt@localhost"));
        repository.Git("log", "-1", "--format=%an <%ae>", writer.Find("@").Ref).ShouldBe("git-writeopt <git-writeopt@localhost>");
    }

    [Fact]
    public void An_owner_that_cannot_be_kept_is_named()
    {
        Assert.SkipUnless(Confined.IsRoot, "only root can give a file away");
        using var repository = Repository();
        TestRepository.Run(repository.Root, "chown", ["12345", "f.txt"]);
        var (exitCode, output, error) = Confined.Feed(repository, Batch, "apply", "--json");
        exitCode.ShouldBe(0, output + error);
        using var answer = JsonDocument.Parse(output);
        answer.RootElement.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)
            .ShouldContain(w => w.Contains("f.txt") && w.Contains("owner"));
    }

    [Fact]
    public void Where_no_backup_can_be_made_nothing_is_written_and_the_ordinary_command_is_named_I2()
    {
        using var repository = Repository();
        var pack = repository.At(".git/objects/pack");
        using (var writer = Writer.Open(repository.Root))
        {
            writer.Apply(repository.Batch("""{"op":"write","path":"made/x","content":""}"""), new ApplyOptions());
            writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        }

        var before = repository.State();
        var mode = File.GetUnixFileMode(pack);
        foreach (var directory in new[] { pack, repository.At(".git/objects") })
        {
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var (exitCode, output, error) = Confined.Feed(repository, Batch, "apply", "--json");
        foreach (var directory in new[] { pack, repository.At(".git/objects") })
        {
            File.SetUnixFileMode(directory, mode);
        }

        exitCode.ShouldBe(1, output + error);
        using var answer = JsonDocument.Parse(output);
        answer.RootElement.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("no backup");
        answer.RootElement.GetProperty("error").GetProperty("suggestion").GetString()!.ShouldContain("git apply");
        repository.State().ShouldBe(before);
        repository.Git("for-each-ref", "refs/writeopt/pending").ShouldBeEmpty();
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "old\n", ["gone/g.txt"] = "g\n" }, "", test);

    private static IReadOnlyList<string> ThereAndBack(TestRepository repository, Writer writer)
    {
        var before = repository.State();
        var outcome = writer.Apply(repository.Batch(Batch), new ApplyOptions { Stage = true });
        outcome.Error.ShouldBeNull(outcome.Error?.Message);
        var after = repository.State();
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(before);
        repository.Git("status", "--porcelain").ShouldBeEmpty();
        writer.Redo(null, Durability.Full).State.ShouldBe(WriteState.Applied);
        repository.State().ShouldBe(after);
        return outcome.Warnings;
    }
}
