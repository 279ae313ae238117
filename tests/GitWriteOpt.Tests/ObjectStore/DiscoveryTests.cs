using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class DiscoveryTests
{
    private static readonly Dictionary<string, string> OneFile = new() { ["dir/sub/a.txt"] = "a\n" };

    [Fact]
    public void A_plain_repository_is_found_from_any_directory_of_it_without_git()
    {
        using var repository = TestRepository.With(OneFile);
        Agree(repository.Root).DiscoveredBy.ShouldBe("own");
        Agree(repository.At("dir/sub")).DiscoveredBy.ShouldBe("own");
    }

    [Fact]
    public void An_unborn_a_detached_and_a_sparse_worktree_are_found_without_git()
    {
        using var unborn = TestRepository.Init();
        Agree(unborn.Root).DiscoveredBy.ShouldBe("own");
        new RefStore(Discovery.Find(unborn.Root)).ReadHead().ShouldBe(new HeadState("refs/heads/main", null));

        using var repository = TestRepository.With(OneFile);
        var commit = ObjectId.Parse(repository.Git("rev-parse", "HEAD"));
        new RefStore(Discovery.Find(repository.Root)).ReadHead().ShouldBe(new HeadState("refs/heads/main", commit));
        repository.Git("checkout", "-q", "--detach");
        repository.Git("sparse-checkout", "set", "dir");
        Agree(repository.Root).DiscoveredBy.ShouldBe("own");
        new RefStore(Discovery.Find(repository.Root)).ReadHead().ShouldBe(new HeadState(null, commit));
    }

    [Fact]
    public void A_linked_worktree_shares_the_common_directory_and_has_its_own_index_and_head()
    {
        using var repository = TestRepository.With(OneFile);
        repository.Git("worktree", "add", "-q", repository.Outside("linked"));
        var layout = Agree(repository.Outside("linked"));
        layout.DiscoveredBy.ShouldBe("own");
        layout.CommonDirectory.ShouldBe(repository.At(".git"));
        layout.GitDirectory.ShouldBe(repository.At(".git/worktrees/linked"));
        new RefStore(layout).ReadHead().Branch.ShouldBe("refs/heads/linked");
    }

    [Fact]
    public void A_submodule_and_a_separate_git_directory_are_found()
    {
        using var repository = TestRepository.With(OneFile);
        repository.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repository.Root, "module");
        Agree(repository.At("module")).DiscoveredBy.ShouldBe("git: core.worktree is set");

        TestRepository.Run(repository.Root, "git",
            ["init", "-q", "--separate-git-dir", repository.Outside("elsewhere.git"), repository.Outside("separate")]);
        Agree(repository.Outside("separate")).GitDirectory.ShouldBe(repository.Outside("elsewhere.git"));
    }

    [Fact]
    public void Links_are_resolved()
    {
        using var repository = TestRepository.With(OneFile);
        Directory.CreateSymbolicLink(repository.Outside("link"), repository.At("dir"));
        Agree(repository.Outside("link/sub")).WorktreeRoot.ShouldBe(repository.Root);
        Directory.CreateDirectory(repository.Outside("other"));
        Directory.CreateSymbolicLink(repository.Outside("other/.git"), repository.At(".git"));
        Agree(repository.Outside("other")).WorktreeRoot.ShouldBe(repository.Outside("other"));
    }

    [Fact]
    public void A_sha256_repository_is_found_without_git()
    {
        using var repository = TestRepository.With(OneFile, "--object-format=sha256");
        var layout = Agree(repository.Root);
        (layout.ObjectFormat, layout.RefsAreFiles, layout.DiscoveredBy).ShouldBe((ObjectFormat.Sha256, true, "own"));
    }

    [Fact]
    public void A_reftable_repository_is_one_whose_refs_are_not_files()
    {
        using var repository = TestRepository.Init();
        var config = File.ReadAllText(repository.At(".git/config"));
        File.WriteAllText(repository.At(".git/config"),
            config.Replace("repositoryformatversion = 0", "repositoryformatversion = 1") + "[extensions]\nrefStorage = reftable\n");
        Discovery.Find(repository.Root).RefsAreFiles.ShouldBeFalse();
        File.WriteAllText(repository.At(".git/config"), config);
    }

    [Fact]
    public void The_callers_variables_decide_as_they_do_for_git()
    {
        using var repository = TestRepository.With(OneFile);
        using var other = TestRepository.With(OneFile);
        Agree(other.Root, ("GIT_DIR", repository.At(".git"))).WorktreeRoot.ShouldBe(other.Root);
        Agree(other.Root, ("GIT_DIR", repository.At(".git")), ("GIT_WORK_TREE", repository.Root))
            .WorktreeRoot.ShouldBe(repository.Root);
        Agree(repository.Root, ("GIT_INDEX_FILE", ".git/next-index-1.lock"))
            .IndexFile.ShouldBe(repository.At(".git/next-index-1.lock"));
        Agree(repository.At("dir"), ("GIT_OBJECT_DIRECTORY", other.At(".git/objects")))
            .ObjectsDirectory.ShouldBe(other.At(".git/objects"));
        Agree(repository.Root, ("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "core.ignoreCase"),
            ("GIT_CONFIG_VALUE_0", "true")).IgnoreCase.ShouldBeTrue();
        Refused(repository.At("dir/sub"), ("GIT_CEILING_DIRECTORIES", repository.At("dir"))).Code
            .ShouldBe("not-a-repository");
        Discovery.Find(repository.Root, Environments.With(("GIT_DIR", repository.At(".git")))).DiscoveredBy
            .ShouldBe("git: GIT_DIR is set");
    }

    [Fact]
    public void The_configuration_tells_what_the_file_system_can_do()
    {
        using var repository = TestRepository.Init();
        var plain = Discovery.Find(repository.Root);
        (plain.IgnoreCase, plain.FileModeIsTrusted, plain.SymbolicLinks, plain.SharedMode).ShouldBe((false, true, true, 0));
        repository.Git("config", "core.ignoreCase", "true");
        repository.Git("config", "core.fileMode", "false");
        repository.Git("config", "core.symlinks", "false");
        repository.Git("config", "core.sharedRepository", "0640");
        var odd = Discovery.Find(repository.Root);
        (odd.IgnoreCase, odd.FileModeIsTrusted, odd.SymbolicLinks).ShouldBe((true, false, false));
        (odd.SharedMode, odd.SharedModeIsExact).ShouldBe((Convert.ToInt32("640", 8), true));
        repository.Git("config", "core.sharedRepository", "group");
        Discovery.Find(repository.Root).SharedMode.ShouldBe(Convert.ToInt32("660", 8));
    }

    [Fact]
    public void Where_there_is_no_repository_the_error_names_the_directory_and_the_next_step()
    {
        var directory = Directory.CreateTempSubdirectory("no-repository-").FullName;
        var error = Refused(directory);
        error.Code.ShouldBe("not-a-repository");
        error.Message.ShouldContain(directory);
        error.Suggestion.ShouldBe("git init");
        Directory.Delete(directory);
        Refused(directory).Code.ShouldBe("no-such-directory");
    }

    [Fact]
    public void A_bare_repository_and_the_inside_of_a_git_directory_are_refused()
    {
        using var repository = TestRepository.With(OneFile);
        TestRepository.Run(repository.Root, "git", ["clone", "-q", "--bare", repository.Root, repository.Outside("bare.git")]);
        Refused(repository.Outside("bare.git")).Code.ShouldBe("bare-repository");
        Refused(repository.Outside("bare.git/refs")).Code.ShouldBe("bare-repository");
        Refused(repository.At(".git")).Code.ShouldBe("inside-git-directory");
        Refused(repository.At(".git/refs/heads")).Code.ShouldBe("inside-git-directory");
        Discovery.Find(repository.Root, Environments.With(("GIT_DIR", repository.Outside("bare.git")),
            ("GIT_WORK_TREE", repository.Root))).WorktreeRoot.ShouldBe(repository.Root);
    }

    [Fact]
    public void A_repository_that_git_cannot_work_with_is_refused_with_gits_words()
    {
        using var repository = TestRepository.Init();
        var config = File.ReadAllText(repository.At(".git/config"));
        File.WriteAllText(repository.At(".git/config"),
            config.Replace("repositoryformatversion = 0", "repositoryformatversion = 1") + "[extensions]\nquantum = true\n");
        var error = Refused(repository.Root);
        error.Code.ShouldBe("unusable-repository");
        error.Message.ShouldContain("quantum");
        File.WriteAllText(repository.At(".git/config"), config);

        Directory.CreateDirectory(repository.Outside("broken"));
        File.WriteAllText(repository.Outside("broken/.git"), "gitdir: ../nowhere\n");
        Refused(repository.Outside("broken")).Code.ShouldBe("not-a-repository");
    }

    [Fact]
    public void A_repository_of_someone_else_is_gits_to_judge()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Assert.Skip("giving a directory away takes root");
        }

        using var repository = TestRepository.With(OneFile);
        TestRepository.Run(repository.Root, "chown", ["12345", repository.Root]);
        var error = Refused(repository.At("dir"));
        error.Code.ShouldBe("dubious-ownership");
        error.Suggestion.ShouldBe($"git config --global --add safe.directory {repository.Root}");

        var global = repository.Outside("global");
        File.WriteAllText(global, $"[safe]\ndirectory = {repository.Root}\n");
        Discovery.Find(repository.Root, Environments.With(("GIT_CONFIG_GLOBAL", global))).DiscoveredBy
            .ShouldBe("git: it is owned by someone else");
        TestRepository.Run(repository.Root, "chown", ["0", repository.Root]);
    }

    private static WriteError Refused(string directory, params (string, string?)[] environment) =>
        Should.Throw<UsageException>(() => Discovery.Find(directory, Environments.With(environment))).Error;

    // The layout, after git agreed with each part of it.
    private static RepositoryLayout Agree(string directory, params (string, string?)[] environment)
    {
        var layout = Discovery.Find(directory, Environments.With(environment));
        var (code, output, error) = Environments.Git(directory, environment, "rev-parse", "--path-format=absolute",
            "--show-toplevel", "--absolute-git-dir", "--git-common-dir", "--git-path", "objects", "--git-path", "index",
            "--show-object-format");
        (code, error).ShouldBe((0, ""));
        new[]
        {
            layout.WorktreeRoot, layout.GitDirectory, layout.CommonDirectory, layout.ObjectsDirectory, layout.IndexFile,
            layout.ObjectFormat.ToString().ToLowerInvariant(),
        }.ShouldBe(output.TrimEnd('\n').Split('\n'));
        return layout;
    }
}
