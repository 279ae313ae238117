using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Tests.Sessions;

public sealed class UntrackedListingTests
{
    [Fact]
    public void Git_is_asked_once_where_nothing_changes()
    {
        using var repository = Repository();
        var first = List(repository);
        first.AskedGit.ShouldBeTrue();

        var second = List(repository);

        second.AskedGit.ShouldBeFalse();
        second.Files.ShouldBe(first.Files);
        second.Files.ShouldBe(["dir/.env.local", "dir/new.txt", "own/deep/file.txt"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("a new file in a tracked directory")]
    [InlineData("a new file in an untracked directory")]
    [InlineData("a new file in an empty directory")]
    [InlineData("a new file in a directory of ignored files")]
    [InlineData("a file that is gone")]
    [InlineData("a file that was renamed")]
    [InlineData("a file that became a directory")]
    [InlineData("a rule that was changed in place")]
    [InlineData("a rule in a new file")]
    [InlineData("a rule of the repository's own")]
    [InlineData("a rule of the user's own")]
    [InlineData("a file that was added to the index")]
    [InlineData("a file that was taken out of the index")]
    [InlineData("a repository inside")]
    public void Git_is_asked_again_after(string change)
    {
        using var repository = Repository();
        List(repository);
        List(repository).AskedGit.ShouldBeFalse();

        Change(repository, change);

        var after = List(repository);
        after.AskedGit.ShouldBeTrue();
        after.Files.ShouldBe(OfGit(repository), ignoreOrder: true);
    }

    [Fact]
    public void Nothing_is_asked_after_a_change_in_an_ignored_directory_or_of_a_files_bytes()
    {
        using var repository = Repository();
        List(repository);

        repository.Write("build/deep/more.txt", "x\n");
        repository.Write("dir/new.txt", "other bytes\n");
        repository.Write("a.txt", "other bytes\n");

        var after = List(repository);
        after.AskedGit.ShouldBeFalse();
        after.Files.ShouldBe(OfGit(repository), ignoreOrder: true);
    }

    [Fact]
    public void What_changed_just_before_git_looked_is_not_remembered()
    {
        using var repository = Repository();

        List(repository, secondsLater: -60);

        List(repository).AskedGit.ShouldBeTrue();
    }

    [Fact]
    public void A_damaged_record_is_not_believed()
    {
        using var repository = Repository();
        List(repository);
        var bytes = File.ReadAllBytes(repository.At(".git/listing"));
        File.WriteAllBytes(repository.At(".git/listing"), bytes[..^1]);

        List(repository).AskedGit.ShouldBeTrue();
    }

    private static TestRepository Repository()
    {
        var repository = TestRepository.With(new Dictionary<string, string>
        {
            [".gitignore"] = "*.log\nbuild/\n.env*\n",
            ["a.txt"] = "a\n",
            ["dir/b.txt"] = "b\n",
            ["dir/deep/c.txt"] = "c\n",
        });
        repository.Git("config", "core.excludesFile", repository.Outside("user-ignore"));
        repository.Write("dir/new.txt", "new\n");
        repository.Write("dir/.env.local", "secret\n");
        repository.Write("own/deep/file.txt", "x\n");
        repository.Write("logs/only.log", "x\n");
        repository.Write("build/deep/out.txt", "x\n");
        Directory.CreateDirectory(repository.At("empty"));
        return repository;
    }

    private static void Change(TestRepository repository, string change)
    {
        switch (change)
        {
            case "a new file in a tracked directory":
                repository.Write("dir/deep/made.txt", "x\n");
                break;
            case "a new file in an untracked directory":
                repository.Write("own/deep/made.txt", "x\n");
                break;
            case "a new file in an empty directory":
                repository.Write("empty/made.txt", "x\n");
                break;
            case "a new file in a directory of ignored files":
                repository.Write("logs/made.txt", "x\n");
                break;
            case "a file that is gone":
                File.Delete(repository.At("dir/new.txt"));
                break;
            case "a file that was renamed":
                File.Move(repository.At("dir/new.txt"), repository.At("dir/newer.txt"));
                break;
            case "a file that became a directory":
                File.Delete(repository.At("dir/new.txt"));
                repository.Write("dir/new.txt/inside.txt", "x\n");
                break;
            case "a rule that was changed in place":
                repository.Write(".gitignore", "*.txt\nbuild/\n.env*\n");
                break;
            case "a rule in a new file":
                repository.Write("own/.gitignore", "*\n");
                break;
            case "a rule of the repository's own":
                File.AppendAllText(repository.At(".git/info/exclude"), "new.txt\n");
                break;
            case "a rule of the user's own":
                File.WriteAllText(repository.Outside("user-ignore"), "new.txt\n");
                break;
            case "a file that was added to the index":
                repository.Git("add", "dir/new.txt");
                break;
            case "a file that was taken out of the index":
                repository.Git("rm", "--cached", "-q", "a.txt");
                break;
            default:
                TestRepository.Run(repository.Root, "git", ["init", "-q", repository.At("own/deep")]);
                break;
        }
    }

    // Later, as if all changes so far were old.
    private static (bool AskedGit, IReadOnlyList<string> Files) List(TestRepository repository, int secondsLater = 60)
    {
        var (layout, config) = (Discovery.Open(repository.Root).Layout, Discovery.Open(repository.Root).Config);
        using var root = OpenDirectory.At(layout.WorktreeRoot);
        var listing = new UntrackedListing(layout, root, IndexReader.Open(layout).Table(), SurveyLimits.Of(config),
            repository.At(".git/listing"), (DateTime.UtcNow.AddSeconds(secondsLater) - DateTime.UnixEpoch).Ticks * 100);
        var files = listing.List().Files;
        listing.Remember();
        return (listing.AskedGit, files);
    }

    private static string[] OfGit(TestRepository repository) => repository.Git("ls-files", "-z", "--others", "--exclude-standard",
        "--exclude=!.env*", "--exclude=!*.local", "--exclude=!*.sqlite")
        .Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => !path.EndsWith('/')).ToArray();
}
