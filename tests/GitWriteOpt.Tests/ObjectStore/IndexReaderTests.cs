using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.ObjectStore.IndexFixture;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class IndexReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("--object-format=sha256", "")]
    [InlineData("", "version 4")]
    [InlineData("", "split")]
    [InlineData("--object-format=sha256", "split")]
    public void Every_entry_of_every_form_of_index_is_read_as_git_lists_it(string init, string form)
    {
        var files = Enumerable.Range(0, 500).ToDictionary(i => $"d{i % 7}/f{i}.txt", i => $"content {i % 13}\n");
        files[new string('n', 200) + "/" + new string('m', 200)] = "long\n";
        files["ü n.txt"] = "odd name\n";
        using var repository = TestRepository.With(files, init);
        File.CreateSymbolicLink(repository.At("link"), "d1");
        repository.Write("run.sh", "#!/bin/sh\n");
        repository.MakeExecutable("run.sh");
        repository.Git("add", "-A");
        repository.Git("config", "core.quotePath", "false");
        repository.Git("update-index", "--assume-unchanged", "d1/f1.txt");
        repository.Git("update-index", "--skip-worktree", "d2/f2.txt");
        switch (form)
        {
            case "version 4":
                repository.Git("update-index", "--index-version", "4");
                break;
            case "split":
                repository.Git("update-index", "--split-index");
                repository.Write("new.txt", "new\n");
                repository.Git("add", "new.txt");
                break;
        }

        var index = IndexReader.Open(repository.Layout());

        index.Listing().ShouldBe(repository.Listing());
        index.ReadBy.ShouldStartWith(form.Length == 0 ? "own" : "git: ");
        foreach (var path in files.Keys)
        {
            index.Find(At(path)).ShouldNotBeNull().Path.ShouldBe(path);
        }

        index.Find(At("d1")).ShouldBeNull();
        index.Find(At("zzz")).ShouldBeNull();
        index.Find(At("!")).ShouldBeNull();
        index.Below(At("d1")).Count().ShouldBe(files.Keys.Count(f => f.StartsWith("d1/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_stat_of_an_entry_is_what_git_noted(bool split)
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "12345" });
        if (split)
        {
            repository.Git("update-index", "--split-index");
        }

        var entry = IndexReader.Open(repository.Layout()).Find(At("a.txt")).ShouldNotBeNull();

        entry.Stat.Size.ShouldBe(5u);
        var modified = File.GetLastWriteTimeUtc(repository.At("a.txt")) - DateTime.UnixEpoch;
        (entry.Stat.ModifiedNanoseconds / 100).ShouldBe(modified.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--object-format=sha256")]
    public void The_shortest_entry_there_is_may_be_the_last_thing_in_the_index(string initArguments)
    {
        using var repository = TestRepository.Init(initArguments);
        repository.Write("a", "x\n");
        repository.Git("add", "a");
        var format = initArguments.Length == 0 ? ObjectFormat.Sha1 : ObjectFormat.Sha256;
        IndexReader.Open(Layouts.Of(repository, format)).Entries().Select(e => e.Path).ShouldBe(["a"]);
    }

    [Fact]
    public void A_missing_index_is_an_empty_one()
    {
        using var repository = Seeded();
        File.Delete(repository.Layout().IndexFile);
        var index = IndexReader.Open(repository.Layout());
        (index.Count, index.ReadBy, index.Find(At("a"))).ShouldBe((0, "none", null));
    }

    [Fact]
    public void A_sparse_index_is_read_with_its_collapsed_directories_expanded()
    {
        using var repository = Sparse();
        var index = IndexReader.Open(repository.Layout());
        index.Listing().ShouldBe(repository.Listing());
        index.Find(At("out/deep/o.txt")).ShouldNotBeNull().Flags.ShouldBe(IndexFlags.SkipWorktree);
    }

    [Fact]
    public void Unmerged_paths_submodules_and_what_lies_below_them_are_known()
    {
        using var inner = TestRepository.With(new Dictionary<string, string> { ["x"] = "x\n" });
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        repository.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.Root, "sub/module");
        repository.Commit("second");
        repository.Conflict("a.txt");

        var index = IndexReader.Open(repository.Layout());

        index.HasUnmerged(At("a.txt")).ShouldBeTrue();
        index.Find(At("a.txt")).ShouldBeNull();
        index.Stages(At("a.txt")).Select(e => e.Stage).ShouldBe([1, 2, 3]);
        index.IsGitlink(At("sub/module")).ShouldBeTrue();
        index.GitlinkAbove(At("sub/module/x/y"))!.Value.ShouldBe("sub/module");
        index.GitlinkAbove(At("sub/other")).ShouldBeNull();
    }

    [Fact]
    public void A_damaged_index_is_refused_wherever_it_is_cut()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n", ["b"] = "b\n" });
        var layout = repository.Layout();
        var whole = File.ReadAllBytes(layout.IndexFile);
        for (var length = 0; length < 12 + 72 + 64 + 20; length++)
        {
            File.WriteAllBytes(layout.IndexFile, whole[..length]);
            var error = Should.Throw<StoreException>(() => IndexReader.Open(layout)).Error;
            (error.Code, error.Path).ShouldBe(("damaged-index", layout.IndexFile));
        }

        File.WriteAllBytes(layout.IndexFile, whole);
    }

    internal static TestRepository Sparse()
    {
        var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["root.txt"] = "r\n",
            ["in/i.txt"] = "i\n",
            ["out/o.txt"] = "o\n",
            ["out/deep/o.txt"] = "o\n",
            ["other/x.txt"] = "x\n",
        });
        repository.Git("sparse-checkout", "set", "--cone", "--sparse-index", "in");
        return repository;
    }
}
