using System.Runtime.CompilerServices;
using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class ObjectReaderTests
{
    private static readonly Func<string> NoSpool = () => throw new InvalidOperationException("not large");

    // Many versions of a few files, so that gc makes chains of deltas.
    private static TestRepository WithHistory(string init, [CallerMemberName] string test = "")
    {
        var repository = TestRepository.Init(init, test);
        var lines = Enumerable.Range(0, 400).Select(i => $"line {i} of a file that is long enough").ToList();
        for (var version = 0; version < 12; version++)
        {
            lines[version * 30] = $"changed in {version}";
            repository.Write("dir/file.txt", string.Join('\n', lines));
            repository.Write($"dir/other-{version}.txt", $"{version}\n");
            repository.Commit($"version {version}");
        }

        repository.Git("tag", "-a", "-m", "a tag", "v1");
        return repository;
    }

    private static List<ObjectId> AllObjects(TestRepository repository) =>
        [.. repository.Git("rev-list", "--objects", "--all", "v1").Split('\n').Select(l => ObjectId.Parse(l.Split(' ')[0]))];

    [Theory]
    [InlineData("", ObjectFormat.Sha1, false)]
    [InlineData("", ObjectFormat.Sha1, true)]
    [InlineData("--object-format=sha256", ObjectFormat.Sha256, false)]
    [InlineData("--object-format=sha256", ObjectFormat.Sha256, true)]
    public void Every_object_is_read_loose_and_after_gc_without_help(string init, ObjectFormat format, bool packed)
    {
        using var repository = WithHistory(init);
        if (packed)
        {
            repository.Git("gc", "-q");
            repository.Git("count-objects", "-v").ShouldContain("count: 0");
        }

        // A layout whose worktree is gone cannot start git: what is read is read by our own code.
        var layout = Layouts.Of(repository, format) with { WorktreeRoot = "/nonexistent", RefsAreFiles = false };
        using var reader = new ObjectReader(layout);
        var objects = AllObjects(repository);
        objects.Count.ShouldBeGreaterThan(40);
        foreach (var id in objects)
        {
            var found = reader.ReadVerified(id);
            found.Type.Word().ShouldBe(repository.Git("cat-file", "-t", id.ToString()));
            reader.Exists(id).ShouldBeTrue();
        }
    }

    [Fact]
    public void Deltas_against_bases_named_by_id_are_followed()
    {
        using var repository = WithHistory("");
        repository.Git("-c", "repack.useDeltaBaseOffset=false", "repack", "-adfq");
        using var reader = new ObjectReader(Layouts.Of(repository) with { WorktreeRoot = "/nonexistent", RefsAreFiles = false });
        AllObjects(repository).ForEach(id => reader.ReadVerified(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Objects_of_an_alternate_are_found_by_libgit2_or_by_git(bool refsAreFiles)
    {
        using var origin = WithHistory("");
        var clone = origin.Beside("clone");
        TestRepository.Run(origin.Root, "git", ["clone", "-q", "--shared", origin.Root, clone.Root]);
        using var reader = new ObjectReader(Layouts.Of(clone) with { RefsAreFiles = refsAreFiles });
        var ids = new[] { "HEAD", "HEAD^{tree}", "HEAD:dir/file.txt" }
            .Select(n => ObjectId.Parse(clone.Git("rev-parse", n))).ToList();
        foreach (var id in ids)
        {
            reader.ReadVerified(id).Type.Word().ShouldBe(clone.Git("cat-file", "-t", id.ToString()));
            reader.Exists(id).ShouldBeTrue();
        }

        reader.OpenBlob(ids[^1], NoSpool).Length.ShouldBe(new FileInfo(origin.At("dir/file.txt")).Length);
    }

    [Fact]
    public void What_is_not_there_is_null_and_where_it_is_needed_an_error()
    {
        using var repository = Layouts.Repository();
        using var reader = new ObjectReader(Layouts.Of(repository));
        var id = ObjectHash.OfBlob(Content.Of("nowhere"), ObjectFormat.Sha1);
        reader.TryRead(id).ShouldBeNull();
        reader.Exists(id).ShouldBeFalse();
        Should.Throw<StoreException>(() => reader.ReadVerified(id)).Error.Code.ShouldBe("missing-object");
        Should.Throw<StoreException>(() => reader.OpenBlob(id, NoSpool)).Error.Code.ShouldBe("missing-object");
    }

    [Fact]
    public void A_pack_that_was_written_after_the_reader_was_opened_is_found()
    {
        using var repository = WithHistory("");
        repository.Git("gc", "-q");
        using var reader = new ObjectReader(Layouts.Of(repository) with { WorktreeRoot = "/nonexistent", RefsAreFiles = false });
        reader.Exists(AllObjects(repository)[0]).ShouldBeTrue();
        Directory.SetLastWriteTimeUtc(repository.At(".git/objects/pack"), DateTime.UtcNow.AddMinutes(-1));
        using var writer = new PackWriter(Layouts.Of(repository));
        var id = writer.AddBlob(Content.Of("later"));
        writer.Finish();
        Encoding.UTF8.GetString(reader.TryRead(id)!.Value.Bytes).ShouldBe("later");
    }

    [Theory]
    [InlineData("")]
    [InlineData("rubbish")]
    public void An_empty_or_torn_loose_object_is_damaged_unless_a_pack_has_it(string left)
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a"] = "content" });
        var id = ObjectId.Parse(repository.Git("rev-parse", "HEAD:a"));
        var path = repository.At($".git/objects/{id.ToString()[..2]}/{id.ToString()[2..]}");
        File.Delete(path);
        File.WriteAllText(path, left);
        using (var reader = new ObjectReader(Layouts.Of(repository)))
        {
            Should.Throw<StoreException>(() => reader.ReadVerified(id)).Error.Code.ShouldBe("damaged-object");
            Should.Throw<StoreException>(() => reader.Exists(id)).Error.Code.ShouldBe("damaged-object");
        }

        using var writer = new PackWriter(Layouts.Of(repository));
        writer.AddBlob(Content.Of("content")).ShouldBe(id);
        writer.Finish();
        using var again = new ObjectReader(Layouts.Of(repository));
        again.ReadVerified(id).Bytes.ShouldBe("content"u8.ToArray());
        File.Delete(path);
    }

    [Fact]
    public void Bytes_that_are_not_what_the_id_says_are_damage()
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        var id = writer.AddBlob(Content.Of("right"));
        var pack = writer.Finish()!;
        var bytes = File.ReadAllBytes(pack.PackPath);
        var at = bytes.AsSpan().IndexOf("right"u8);
        "wrong"u8.CopyTo(bytes.AsSpan(at));
        File.Delete(pack.PackPath);
        File.WriteAllBytes(pack.PackPath, bytes);
        using (var reader = new ObjectReader(Layouts.Of(repository)))
        {
            Should.Throw<StoreException>(() => reader.ReadVerified(id)).Error.Code.ShouldBe("damaged-object");
        }

        pack.Discard();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_large_blob_is_spooled_to_the_callers_file(bool loose)
    {
        using var repository = Layouts.Repository();
        var file = repository.Outside("large.bin");
        var bytes = new byte[20 << 20];
        new Random(3).NextBytes(bytes.AsSpan(0, 10 << 20));
        File.WriteAllBytes(file, bytes);
        ObjectId id;
        if (loose)
        {
            id = ObjectId.Parse(repository.Git("hash-object", "-w", "--no-filters", file));
        }
        else
        {
            using var writer = new PackWriter(Layouts.Of(repository));
            id = writer.AddBlob(new Content.InFile(file, bytes.Length));
            writer.Finish();
        }

        using var reader = new ObjectReader(Layouts.Of(repository));
        var content = reader.OpenBlob(id, () => repository.Outside("spool"));
        content.ShouldBe(new Content.InFile(repository.Outside("spool"), bytes.Length));
        File.ReadAllBytes(repository.Outside("spool")).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        Should.Throw<StoreException>(() => reader.OpenBlob(id, () => repository.Outside("spool")))
            .Error.Code.ShouldBe("already-exists");
    }
}
