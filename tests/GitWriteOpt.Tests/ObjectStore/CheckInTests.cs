using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.ObjectStore.IndexFixture;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class CheckInTests
{
    private const string Rules = "*.auto text=auto\n*.txt text\n*.crlf text eol=crlf\n*.bin -text\n*.id ident\n"
        + "*.u16 working-tree-encoding=UTF-16LE\n*.old crlf\n*.macro binary\n";

    private static readonly byte[] Utf16 = Encoding.Unicode.GetBytes("ü\r\nn\n");

    [Theory]
    [InlineData("", null)]
    [InlineData("", "true")]
    [InlineData("", "input")]
    [InlineData("--object-format=sha256", null)]
    public void The_staged_blob_is_the_one_that_git_add_stores_under_every_conversion(string init, string? autoCrlf)
    {
        using var repository = TestRepository.Init(init);
        repository.Git("config", "core.safecrlf", "false");
        repository.Write("kept.auto", "committed\r\nwith CRLF\r\n");
        repository.Write("kept.plain", "committed\r\nwith CRLF\r\n");
        repository.Write("a.txt", "a\n");
        repository.Commit("first");
        repository.Write(".gitattributes", Rules);
        repository.Write("sub/.gitattributes", "*.txt -text\n");
        repository.Commit("rules");
        if (autoCrlf is not null)
        {
            repository.Git("config", "core.autocrlf", autoCrlf);
        }

        StagedPath[] batch =
        [
            repository.Staged("kept.auto", "now\r\nother\r\n"), repository.Staged("kept.plain", "now\r\nother\r\n"),
            repository.Staged("new.auto", "x\r\ny\r\n"), repository.Staged("new.plain", "x\r\ny\r\n"),
            repository.Staged("binary.auto", "x\0\r\ny\r\n"), repository.Staged("a.txt", "a\r\nb\n"),
            repository.Staged("sub/a.txt", "a\r\nb\n"), repository.Staged("b.crlf", "a\r\nb\r\n"),
            repository.Staged("c.bin", "a\r\nb\r\n"), repository.Staged("d.id", "$Id: 1234 $\n"),
            repository.Staged("e.u16", Utf16), repository.Staged("f.old", "a\r\n"),
            repository.Staged("g.macro", "a\r\n"), repository.Staged("link", "a\r\n", 0xa000),
            repository.Staged("lf.txt", "a\n"), repository.Staged("new/.gitattributes", "*.txt -text\n"),
            repository.Staged("new/a.txt", "a\r\n"),
        ];
        using (var prepared = repository.Staging(new AttributeSettings(autoCrlf)).Prepare(batch))
        {
            prepared.Commit();
        }

        var staged = repository.Git("ls-files", "--stage");
        repository.Git("reset", "-q", "--hard");
        IndexStagingTests.Write(repository, batch);
        repository.Git("add", "-A");
        staged.ShouldBe(repository.Git("ls-files", "--stage"));
    }

    [Fact]
    public void Attributes_that_are_in_the_index_alone_count_as_they_do_for_git()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            ["in/i.txt"] = "i\n",
            ["in/.gitattributes"] = "*.txt text\n",
            ["out/.gitattributes"] = "*.txt text\n",
        });
        repository.Git("sparse-checkout", "set", "--cone", "in");
        File.Delete(repository.At("in/.gitattributes"));
        StagedPath[] batch = [repository.Staged("in/new.txt", "n\r\n"), repository.Staged("out/new.txt", "n\r\n")];
        repository.Stage(batch);
        var staged = repository.Listing();
        repository.Git("show", ":in/new.txt").ShouldBe("n");
        repository.Git("reset", "-q");
        IndexStagingTests.Write(repository, batch);
        repository.Git("add", "--sparse", "in/new.txt", "out/new.txt");
        staged.ShouldBe(repository.Listing());
    }

    [Fact]
    public void A_path_with_an_external_filter_is_refused_and_the_filter_never_runs_I10()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            [".gitattributes"] = "*.lfs filter=big -text\n*.none filter=unknown\n",
            ["a.txt"] = "a\n",
        });
        var trace = repository.Outside("ran");
        repository.Git("config", "filter.big.clean", $"touch {trace}");
        repository.Git("config", "filter.big.process", $"touch {trace}");

        var refused = Should.Throw<RefusedException>(() => repository.Stage(
            repository.Staged("x.lfs", "x\n"), repository.Staged("a.txt", "b\n"), repository.Staged("y.lfs", "y\r\n")));

        refused.All.Select(e => (e.Code, e.Path)).ShouldBe([("filtered-path", "x.lfs"), ("filtered-path", "y.lfs")]);
        refused.Error.Suggestion.ShouldNotBeNull().ShouldContain("git add -- x.lfs");
        File.Exists(trace).ShouldBeFalse();
        File.Exists(repository.Layout().IndexFile + ".lock").ShouldBeFalse();
        repository.Stage(repository.Staged("x.none", "x\n"), Removed("z.lfs"));
        repository.Git("diff", "--cached", "--name-only").ShouldBe("x.none");
    }

    [Fact]
    public void Bytes_that_are_not_of_the_declared_encoding_are_refused_with_gits_words()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            [".gitattributes"] = "*.u16 working-tree-encoding=UTF-16\n",
        });
        Should.Throw<RefusedException>(() => repository.Stage(repository.Staged("a.u16", "no BOM")))
            .Error.Code.ShouldBe("not-stageable");
    }

    [Fact]
    public void New_files_that_git_would_check_out_with_CRLF_are_named()
    {
        using var repository = TestRepository.With(new Dictionary<string, string>
        {
            [".gitattributes"] = "*.crlf text eol=crlf\n*.only eol=crlf\n*.in text=input eol=crlf\n*.lf eol=lf\n*.bin -text\n"
                + "*.t text\n*.auto text=auto\n",
        });
        var paths = new[] { "a.crlf", "a.only", "a.in", "a.lf", "a.bin", "a.t", "a.auto", "d/a.crlf", "x" }
            .Select(At).ToList();

        foreach (var (auto, eol) in new[] { (null, null), ("true", null), ("input", null), (null, "crlf"), ("false", "lf") })
        {
            var wanted = new Attributes(repository.Layout(), new AttributeSettings(auto, eol)).CrlfFor(paths);
            string.Join(' ', wanted.Select(p => p.Value).Order(StringComparer.Ordinal)).ShouldBe(
                CheckedOutWithCrlf(repository, paths.Select(p => p.Value), auto, eol), (string?)$"autocrlf {auto}, eol {eol}");
        }
    }

    [Fact]
    public void Without_attributes_and_autocrlf_no_new_file_wants_CRLF()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a"] = "a\n" });
        new Attributes(repository.Layout(), new AttributeSettings("false", "crlf")).CrlfFor([At("b/c.txt")])
            .ShouldBeEmpty();
    }

    // The oracle: git checks a blob with LF out.
    private static string CheckedOutWithCrlf(
        TestRepository repository, IEnumerable<string> paths, string? autoCrlf, string? eol)
    {
        var settings = new List<string>();
        settings.AddRange(autoCrlf is null ? [] : ["-c", "core.autocrlf=" + autoCrlf]);
        settings.AddRange(eol is null ? [] : ["-c", "core.eol=" + eol]);
        var blob = repository.Staged("oracle", "a\nb\n").After!.Id.ToString();
        var wanted = new List<string>();
        foreach (var path in paths)
        {
            repository.Git("update-index", "--add", "--cacheinfo", $"100644,{blob},{path}");
            repository.Git([.. settings, "checkout-index", "-f", "-q", path]);
            if (repository.Read(path) == "a\r\nb\r\n")
            {
                wanted.Add(path);
            }

            File.Delete(repository.At(path));
        }

        repository.Git("reset", "-q", "--hard");
        wanted.Sort(StringComparer.Ordinal);
        return string.Join(' ', wanted);
    }
}
