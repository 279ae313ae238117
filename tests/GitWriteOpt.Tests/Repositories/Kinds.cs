using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Repositories;

/// <summary>Makes a repository of each kind that git knows and people have.</summary>
internal static class Kinds
{
    private static readonly Dictionary<string, Func<string, AnyRepository>> ByName = new()
    {
        ["plain"] = Plain,
        ["sha256"] = test => AnyRepository.Of(TestRepository.With(AnyRepository.Files, "--object-format=sha256", test)),
        ["linked worktree"] = LinkedWorktree,
        ["sparse checkout"] = test => Sparse(test, "--no-sparse-index"),
        ["sparse index"] = test => Sparse(test, "--sparse-index"),
        ["split index"] = test => Plain(test, ["update-index", "--split-index"]),
        ["index v4"] = test => Plain(test, ["update-index", "--index-version", "4"]),
        ["partial clone"] = PartialClone,
        ["filters"] = Filters,
        ["eol attributes"] = test => Crlf(test, "* text=auto eol=crlf\n"),
        ["autocrlf"] = test => Crlf(test, null, ["config", "core.autocrlf", "true"]),
        ["unborn head"] = Unborn,
        ["detached head"] = test => Plain(test, ["checkout", "-q", "--detach"]),
        ["merge in progress"] = MergeInProgress,
        ["inside an ignored directory"] = InsideIgnored,
        ["submodule"] = Submodule,
        ["no file mode"] = test => Plain(test, ["config", "core.fileMode", "false"]),
        ["ignore case"] = test => Plain(test, ["config", "core.ignorecase", "true"]),
        ["no symlinks"] = NoSymbolicLinks,
        ["shared by a group"] = test => AnyRepository.Of(TestRepository.With(AnyRepository.Files, "--shared=group", test)),
        ["alternates"] = test => Clone(test, "--shared"),
        ["packed and loose refs"] = PackedRefs,
        ["git directory on another file system"] = ForeignGitDirectory,
        ["worktree on another file system"] = ForeignWorktree,
        ["set-group-id directories"] = SetGroupId,
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static AnyRepository Make(string kind, string test) => ByName[kind]($"{kind} {test}".Replace(' ', '_'));

    /// <summary>A folder on another file system than the temporary folder: Linux's memory file system.</summary>
    private static string ElsewhereOf(string test)
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "there is no /dev/shm, the second file system of this test");
        return Directory.CreateDirectory($"/dev/shm/writeopt-{test[..Math.Min(test.Length, 40)]}-{Guid.NewGuid():N}").FullName;
    }

    private static AnyRepository Plain(string test) => AnyRepository.Of(TestRepository.With(AnyRepository.Files, "", test));

    private static AnyRepository Plain(string test, params string[] git)
    {
        var repository = TestRepository.With(AnyRepository.Files, "", test);
        repository.Git(git);
        return AnyRepository.Of(repository);
    }

    private static AnyRepository LinkedWorktree(string test)
    {
        var main = TestRepository.With(AnyRepository.Files, "", test);
        main.Git("worktree", "add", "-q", "../linked", "-b", "side");
        return AnyRepository.In(main, main.Beside("linked"));
    }

    private static AnyRepository Sparse(string test, string index)
    {
        var repository = TestRepository.With(new Dictionary<string, string>(AnyRepository.Files)
        {
            ["far/away.txt"] = "away\n",
            ["far/below/too.txt"] = "too\n",
        }, "", test);
        repository.Git("sparse-checkout", "set", "--cone", index, "dir", "gone", "moved", "new");
        repository.Exists("far").ShouldBeFalse();
        return AnyRepository.Of(repository);
    }

    private static AnyRepository Clone(string test, params string[] arguments)
    {
        var origin = TestRepository.With(AnyRepository.Files, "", test);
        origin.Git("config", "uploadpack.allowFilter", "true");
        origin.Git(["clone", "-q", .. arguments, arguments.Contains("--shared") ? origin.Root : "file://" + origin.Root,
            origin.Outside("clone")]);
        return AnyRepository.In(origin, origin.Beside("clone"));
    }

    private static AnyRepository PartialClone(string test)
    {
        var clone = Clone(test, "--filter=blob:none");
        clone.Repository.Git("config", "remote.origin.partialclonefilter").ShouldBe("blob:none");

        // Nothing may be fetched on the way: the remote is gone.
        clone.Repository.Git("config", "remote.origin.url", "file:///nonexistent");
        return clone;
    }

    private static AnyRepository Filters(string test)
    {
        var repository = TestRepository.With(new Dictionary<string, string>(AnyRepository.Files)
        {
            [".gitattributes"] = "*.bin filter=big diff=big merge=big -text\n",
            ["big.bin"] = "pointer\n",
        }, "", test);
        repository.Git("config", "filter.big.clean", $"touch {repository.Outside("trap")}; cat");
        repository.Git("config", "filter.big.smudge", $"touch {repository.Outside("trap")}; cat");
        repository.Git("config", "filter.big.required", "true");
        return AnyRepository.Of(repository);
    }

    private static AnyRepository Crlf(string test, string? attributes, params string[] git)
    {
        var repository = TestRepository.Init("", test);
        if (git.Length > 0)
        {
            repository.Git(git);
        }

        if (attributes is not null)
        {
            repository.Write(".gitattributes", attributes);
        }

        foreach (var (path, content) in AnyRepository.Files)
        {
            repository.Write(path, content);
        }

        repository.Git("config", "core.safecrlf", "false");
        repository.Commit("first");

        // As a checkout leaves them: CRLF on disk, LF in the blobs.
        TestRepository.Run(repository.Root, "find", [".", "-path", "./.git", "-prune", "-o", "-type", "f", "-exec", "rm", "{}", "+"]);
        repository.Git("checkout", "-q", "-f", "HEAD", "--", ".");
        repository.Read("a.txt").ShouldBe("one\r\ntwo\r\nthree\r\n");
        return AnyRepository.Of(repository);
    }

    private static AnyRepository Unborn(string test)
    {
        var repository = TestRepository.Init("", test);
        foreach (var (path, content) in AnyRepository.Files)
        {
            repository.Write(path, content);
        }

        return AnyRepository.Of(repository, isBorn: false);
    }

    private static AnyRepository MergeInProgress(string test)
    {
        var repository = TestRepository.With(new Dictionary<string, string>(AnyRepository.Files) { ["clash.txt"] = "0\n" }, "", test);
        repository.Git("checkout", "-q", "-b", "side");
        repository.Write("clash.txt", "theirs\n");
        repository.Commit("side");
        repository.Git("checkout", "-q", "main");
        repository.Write("clash.txt", "ours\n");
        repository.Commit("main");
        TestRepository.RunAny(repository.Root, "git", ["merge", "-q", "side"]).ExitCode.ShouldBe(1);
        repository.Git("ls-files", "--unmerged").ShouldNotBeEmpty();
        return AnyRepository.Of(repository);
    }

    private static AnyRepository InsideIgnored(string test)
    {
        var outer = TestRepository.With(new Dictionary<string, string> { [".gitignore"] = "vendor/\n" }, "", test);
        TestRepository.Run(outer.Root, "git", ["init", "-q", "vendor/inner"]);
        return AnyRepository.In(outer, Filled(outer.Beside("repo/vendor/inner")));
    }

    private static AnyRepository Submodule(string test)
    {
        var outer = TestRepository.With(AnyRepository.Files, "", test);
        outer.Git("clone", "-q", "--bare", outer.Root, outer.Outside("origin.git"));
        outer.Git("submodule", "--quiet", "add", outer.Outside("origin.git"), "sub");
        outer.Commit("a submodule");
        File.Exists(outer.At("sub/.git")).ShouldBeTrue();
        return AnyRepository.In(outer, outer.Beside("repo/sub"));
    }

    private static AnyRepository NoSymbolicLinks(string test)
    {
        var repository = TestRepository.With(AnyRepository.Files, "", test);
        repository.Git("config", "core.symlinks", "false");
        return AnyRepository.Of(repository, hasLinks: false);
    }

    private static AnyRepository PackedRefs(string test)
    {
        var repository = TestRepository.With(AnyRepository.Files, "", test);
        repository.Applied("""{"op":"write","path":"earlier.txt","content":"1\n"}""");
        repository.Git("tag", "-a", "-m", "a tag", "v1");
        repository.Git("pack-refs", "--all");
        repository.Applied("""{"op":"write","path":"earlier.txt","content":"2\n"}""");
        return AnyRepository.Of(repository);
    }

    private static AnyRepository ForeignGitDirectory(string test)
    {
        var elsewhere = ElsewhereOf(test);
        var repository = TestRepository.Init($"--separate-git-dir={elsewhere}/git", test);
        return AnyRepository.In(repository, Filled(repository.Beside("repo")),
            () => Directory.Delete(elsewhere, recursive: true));
    }

    private static AnyRepository ForeignWorktree(string test)
    {
        var elsewhere = ElsewhereOf(test);
        var owner = TestRepository.With(new Dictionary<string, string> { ["seed"] = "seed\n" }, "", test);
        TestRepository.Run(elsewhere, "git", ["init", "-q", $"--separate-git-dir={owner.Outside("git")}", elsewhere + "/tree"]);
        return AnyRepository.In(owner, Filled(owner.Beside(elsewhere + "/tree")),
            () => Directory.Delete(elsewhere, recursive: true));
    }

    private static AnyRepository SetGroupId(string test)
    {
        var repository = TestRepository.With(AnyRepository.Files, "", test);
        foreach (var directory in new[] { ".", "dir", "gone" })
        {
            File.SetUnixFileMode(repository.At(directory), File.GetUnixFileMode(repository.At(directory)) | UnixFileMode.SetGroup);
        }

        return AnyRepository.Of(repository);
    }

    private static TestRepository Filled(TestRepository repository)
    {
        foreach (var (path, content) in AnyRepository.Files)
        {
            repository.Write(path, content);
        }

        repository.Commit("first");
        return repository;
    }
}
