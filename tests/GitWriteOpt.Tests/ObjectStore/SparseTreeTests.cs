using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class SparseTreeTests
{
    private const int Plain = 0x81a4;
    private const int Executable = 0x81ed;
    private const int Link = 0xa000;

    private static readonly (string Path, int Mode)[] Odd =
    [
        ("a/b", Plain), ("a.txt", Executable), ("a0", Plain), ("a-/z", Plain), ("a/c/d/e/f", Link), ("a/b.c", Plain),
        ("ünï/\"q\"\t.txt", Plain), ("back\\slash", Plain), ("new\nline", Plain), (" lead", Plain), ("trail ", Plain),
        ("\ue000", Plain), ("\U0001f600", Plain), ("z/" + new string('n', 255), Plain), ("#", Plain), ("z0", Executable),
    ];

    [Theory]
    [InlineData("", ObjectFormat.Sha1)]
    [InlineData("--object-format=sha256", ObjectFormat.Sha256)]
    public void Git_reads_the_same_paths_modes_and_ids_and_so_do_we(string init, ObjectFormat format)
    {
        using var repository = Layouts.Repository(init);
        var layout = Layouts.Of(repository, format);
        using var writer = new PackWriter(layout);
        var entries = Odd.Select(e => new TreeEntry(RepoPath.Parse(e.Path), e.Mode, writer.AddBlob(Content.Of(e.Path))))
            .ToList();
        var root = SparseTree.Write(writer, entries);
        var pack = writer.Finish()!;

        var expected = entries.OrderBy(e => e.Path).ToList();
        var listed = TestRepository.Run(repository.Root, "git", ["ls-tree", "-r", "-z", root.ToString()]);
        listed.ShouldBe(string.Concat(expected.Select(e => $"{Convert.ToString(e.Mode, 8)} blob {e.Id}\t{e.Path}\0")));
        repository.Git("read-tree", "--empty");
        repository.Git("read-tree", root.ToString());
        repository.Git("write-tree").ShouldBe(root.ToString());

        using var reader = new ObjectReader(layout);
        reader.Prefer(pack);
        SparseTree.Read(reader, root).ShouldBe(expected);
    }

    [Fact]
    public void No_paths_make_the_empty_tree()
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        var root = SparseTree.Write(writer, []);
        root.ShouldBe(ObjectHash.EmptyTree(ObjectFormat.Sha1));
        writer.Finish();
        using var reader = new ObjectReader(Layouts.Of(repository));
        SparseTree.Read(reader, root).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "a/b")]
    [InlineData("x/a", "x/a.txt", "x/a/b/c")]
    public void A_path_that_is_a_file_and_a_directory_is_refused(params string[] paths)
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        var blob = writer.AddBlob(Content.Of("x"));
        Should.Throw<ArgumentException>(() =>
            SparseTree.Write(writer, paths.Select(p => new TreeEntry(RepoPath.Parse(p), Plain, blob))));
    }

    [Fact]
    public void A_tree_that_holds_a_path_into_git_s_directory_is_not_believed_I5()
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        var blob = writer.AddBlob(Content.Of("x"));
        var tree = writer.AddTree([.. "100644 .git\0"u8, .. blob.ToByteArray()]);
        var broken = writer.AddTree("100644 cut off\0abc"u8);
        var pack = writer.Finish()!;
        using (var reader = new ObjectReader(Layouts.Of(repository)))
        {
            Should.Throw<RefusedException>(() => SparseTree.Read(reader, tree)).Error.Code.ShouldBe("unsafe-path");
            Should.Throw<StoreException>(() => SparseTree.Read(reader, broken)).Error.Code.ShouldBe("damaged-object");
            Should.Throw<StoreException>(() => SparseTree.Read(reader, blob)).Error.Code.ShouldBe("damaged-object");
        }

        pack.Discard();
    }
}
