using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Tests.Paths;

public sealed class RepoPathTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("./a/./b")]
    [InlineData(".git/config")]
    [InlineData("a/.GIT/config")]
    [InlineData("git~1/config")]
    [InlineData(".git ./config")]
    [InlineData(".git...")]
    [InlineData(".git::$INDEX_ALLOCATION/config")]
    [InlineData(".g\u200cit/config")]
    [InlineData("\ufeff.git")]
    [InlineData("sub\\.git\\config")]
    [InlineData("C:/windows")]
    [InlineData("a\0b")]
    public void An_unsafe_path_is_refused_by_its_text_alone_I5(string text) =>
        Should.Throw<RefusedException>(() => RepoPath.Parse(text)).Error.Code.ShouldBe("unsafe-path");

    [Fact]
    public void A_lone_surrogate_is_refused() =>
        Should.Throw<RefusedException>(() => RepoPath.Parse("a" + (char)0xd800 + "b"));

    [Theory]
    [InlineData(".gitignore")]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData("git")]
    [InlineData("a/.gitmodules")]
    [InlineData("ünï \"q\".txt")]
    [InlineData("...")]
    [InlineData("a b/c\td")]
    public void An_ordinary_path_is_accepted_as_it_is(string text) => RepoPath.Parse(text).Value.ShouldBe(text);

    [Fact]
    public void An_absolute_path_inside_the_worktree_becomes_relative() =>
        RepoPath.Parse("/home/me/project/src/a.cs", "/home/me/project").Value.ShouldBe("src/a.cs");

    [Fact]
    public void An_absolute_path_that_only_shares_a_prefix_with_the_worktree_is_refused() =>
        Should.Throw<RefusedException>(() => RepoPath.Parse("/home/me/project2/a.cs", "/home/me/project"));

    [Fact]
    public void A_component_of_more_than_255_bytes_is_refused() =>
        Should.Throw<RefusedException>(() => RepoPath.Parse(new string('ü', 128)));

    [Fact]
    public void Paths_are_ordered_by_their_bytes_as_git_orders_them()
    {
        var paths = new[] { "b", "a/b", "a.b", "\U0001F600", "\uffee", "a" }.Select(RepoPath.Parse).ToList();
        paths.Sort();
        paths.Select(p => p.Value).ShouldBe(["a", "a.b", "a/b", "b", "\uffee", "\U0001F600"]);
    }

    [Fact]
    public void A_directory_contains_only_what_is_below_it()
    {
        RepoPath.Parse("a/b").IsBelow(RepoPath.Parse("a")).ShouldBeTrue();
        RepoPath.Parse("ab").IsBelow(RepoPath.Parse("a")).ShouldBeFalse();
        RepoPath.Parse("a").IsBelow(RepoPath.Parse("a")).ShouldBeFalse();
        RepoPath.Parse("a/b/c").Ancestors().Select(p => p.Value).ShouldBe(["a", "a/b"]);
    }
}
