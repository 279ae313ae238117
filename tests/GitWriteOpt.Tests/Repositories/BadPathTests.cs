using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Repositories;

/// <summary>Paths that are never written (I5): each refuses the whole batch, and nothing at all is changed.</summary>
public sealed class BadPathTests
{
    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("dir/../../outside.txt")]
    [InlineData("/etc/passwd")]
    [InlineData(".git/config")]
    [InlineData(".git/hooks/pre-commit")]
    [InlineData(".GIT/config")]
    [InlineData("dir/.git/config")]
    [InlineData("dir/.Git")]
    [InlineData("git~1/config")]
    [InlineData(".git /config")]
    [InlineData(".git./config")]
    [InlineData(".git::$INDEX_ALLOCATION/config")]
    [InlineData(".g\u200cit/config")]
    [InlineData("a\u0000b")]
    [InlineData("")]
    [InlineData(".")]
    public void A_path_outside_the_worktree_or_in_git_by_any_name_is_refused(string path)
    {
        using var repository = Repository();
        Refused(repository, path, null);
    }

    [Theory]
    [InlineData("away/new.txt", "beyond-symlink")]
    [InlineData("dir/link/new.txt", "beyond-symlink")]
    [InlineData("loop/new.txt", "beyond-symlink")]
    public void Nothing_is_written_through_a_link_above(string path, string code)
    {
        using var repository = Repository();
        Directory.CreateDirectory(repository.Outside("elsewhere"));
        File.CreateSymbolicLink(repository.At("away"), repository.Outside("elsewhere"));
        File.CreateSymbolicLink(repository.At("dir/link"), ".");
        File.CreateSymbolicLink(repository.At("loop"), "loop");
        Refused(repository, path, code);
        Directory.EnumerateFileSystemEntries(repository.Outside("elsewhere")).ShouldBeEmpty();
    }

    [Fact]
    public void A_link_itself_is_replaced_by_a_write_and_its_target_left_alone_and_never_edited_through()
    {
        using var repository = Repository();
        File.WriteAllText(repository.Outside("secret"), "secret\n");
        File.CreateSymbolicLink(repository.At("leaf"), repository.Outside("secret"));
        var edit = repository.Apply("""{"op":"edit","path":"leaf","edits":[{"old":"secret","new":"x"}]}""");
        (edit.State, edit.Error!.Code).ShouldBe((WriteState.Refused, "not-a-file"));

        var outcome = repository.Applied("""{"op":"write","path":"leaf","content":"mine\n"}""");
        File.ReadAllText(repository.Outside("secret")).ShouldBe("secret\n");
        (repository.Read("leaf"), new FileInfo(repository.At("leaf")).LinkTarget).ShouldBe(("mine\n", null));
        outcome.Warnings.ShouldContain(w => w.Contains("link"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_submodule_is_refused_whether_it_is_populated_or_not(bool populated)
    {
        using var repository = Repository();
        repository.Git("clone", "-q", "--bare", repository.Root, repository.Outside("origin.git"));
        repository.Git("submodule", "--quiet", "add", repository.Outside("origin.git"), "sub");
        repository.Commit("a submodule");
        if (!populated)
        {
            repository.Git("submodule", "deinit", "-q", "-f", "sub");
        }

        Refused(repository, "sub/new.txt", populated ? "nested-repository" : "inside-submodule");
        Refused(repository, "sub", null);
        Directory.Delete(repository.At("sub"), recursive: true);
        Refused(repository, "sub/new.txt", "inside-submodule");
    }

    [Fact]
    public void A_nested_repository_is_refused_and_named()
    {
        using var repository = Repository();
        TestRepository.Run(repository.Root, "git", ["init", "-q", "dir/nested"]);
        Refused(repository, "dir/nested/new.txt", "nested-repository").ShouldContain("\"dir/nested\"");
        Refused(repository, "dir/nested", null);
    }

    [Fact]
    public void A_fifo_and_a_directory_are_no_files()
    {
        using var repository = Repository();
        TestRepository.Run(repository.Root, "mkfifo", ["pipe"]);
        var refused = repository.Apply("""{"operations":[{"op":"write","path":"good","content":""},{"op":"write","path":"pipe","content":""}]}""");
        (refused.State, refused.Error!.Code, repository.Exists("good")).ShouldBe((WriteState.Refused, "special-file", false));
        File.Delete(repository.At("pipe"));
        Refused(repository, "dir", null).ShouldContain("director");
        Refused(repository, "dir/f.txt/below", null);
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["dir/f.txt"] = "f\n", ["g.txt"] = "g\n" }, "", test);

    // The good half of the batch must not be written either.
    private static string Refused(TestRepository repository, string path, string? code)
    {
        var before = repository.State();
        var config = File.ReadAllText(repository.At(".git/config"));
        WriteError error;
        try
        {
            var outcome = repository.Apply($$"""
                {"operations":[{"op":"write","path":"good.txt","content":"x"},
                {"op":"write","path":{{System.Text.Json.JsonSerializer.Serialize(path)}},"content":"bad"}]}
                """);
            outcome.State.ShouldBe(WriteState.Refused, path);
            error = outcome.Error!;
        }
        catch (WriteException cause) when (cause is RefusedException || path.Length == 0)
        {
            error = cause.Error;
        }

        if (code is not null)
        {
            error.Code.ShouldBe(code);
        }

        repository.State().ShouldBe(before);
        File.ReadAllText(repository.At(".git/config")).ShouldBe(config);
        repository.Git("for-each-ref", "refs/writeopt").ShouldBeEmpty();
        return error.Message;
    }
}
