using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class PackWriterTests
{
    private static byte[] Noise(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [InlineData("", ObjectFormat.Sha1)]
    [InlineData("--object-format=sha256", ObjectFormat.Sha256)]
    public void Blobs_of_every_size_come_back_through_git_as_they_were(string init, ObjectFormat format)
    {
        using var repository = Layouts.Repository(init);
        var contents = new[] { 0, 1, 15, 16, 511, 512, 513, 4096, 70_000, 300_000 }.SelectMany(length =>
            new[] { Noise(length, length), Encoding.ASCII.GetBytes(new string('a', length)) }).ToList();
        using var writer = new PackWriter(Layouts.Of(repository, format));
        var ids = writer.AddBlobs([.. contents.Select(c => Content.Of(c))]);
        var pack = writer.Finish()!;

        pack.Count.ShouldBe(contents.Count - 1, "the empty blob is there once");
        repository.Git("verify-pack", "-v", pack.IndexPath).ShouldContain("non delta: " + pack.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            var file = repository.Outside("content");
            File.WriteAllBytes(file, contents[i]);
            repository.Git("hash-object", "--no-filters", file).ShouldBe(ids[i].ToString());
            repository.Git("cat-file", "-s", ids[i].ToString()).ShouldBe(contents[i].Length.ToString());
        }
    }

    [Fact]
    public void Our_index_is_byte_for_byte_the_one_that_git_makes()
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        writer.AddBlobs([.. Enumerable.Range(0, 700).Select(i => Content.Of($"file {i}\n"))]);
        var pack = writer.Finish()!;
        var oracle = repository.Outside("oracle.idx");
        repository.Git("index-pack", "-o", oracle, pack.PackPath);
        File.ReadAllBytes(pack.IndexPath).ShouldBe(File.ReadAllBytes(oracle));
    }

    [Fact]
    public void Offsets_of_two_gigabytes_and_more_go_into_the_index_of_64_bits()
    {
        var id = ObjectHash.EmptyTree(ObjectFormat.Sha1);
        using var repository = Layouts.Repository();
        var path = repository.Outside("large.idx");
        var other = ObjectHash.OfBlob(Content.Of("x"), ObjectFormat.Sha1);
        File.WriteAllBytes(path, PackIndexFile.Of([new(id, 5_000_000_000, 7), new(other, 12, 8)], id));
        TestRepository.RunAny(repository.Root, "sh", ["-c", $"git show-index < '{path}'"]).Output
            .ShouldContain($"5000000000 {id} (00000007)");
        using var index = PackIndex.TryOpen(path, ObjectFormat.Sha1)!;
        (index.Find(id), index.Find(other)).ShouldBe((5_000_000_000, 12));
    }

    [Fact]
    public void Five_thousand_blobs_are_packed_in_parallel_and_in_order()
    {
        using var repository = Layouts.Repository();
        var contents = Enumerable.Range(0, 5000)
            .Select(i => Content.Of($"{i % 4900}\n" + new string((char)('a' + (i % 26)), i % 3000))).ToList();
        var packs = new List<WrittenPack>();
        for (var time = 0; time < 2; time++)
        {
            using var writer = new PackWriter(Layouts.Of(repository));
            var ids = writer.AddBlobs(contents);
            ids.ShouldBe(contents.Select(c => ObjectHash.OfBlob(c, ObjectFormat.Sha1)));
            packs.Add(writer.Finish()!);
        }

        packs[0].Id.ShouldBe(packs[1].Id, "the same blobs make the same pack");
        packs[0].PackPath.ShouldNotBe(packs[1].PackPath, "and yet each has a keep file of its own");
        repository.Git("verify-pack", packs[0].IndexPath, packs[1].IndexPath);
    }

    [Fact]
    public void A_large_file_is_streamed_and_its_twin_takes_no_room()
    {
        using var repository = Layouts.Repository();
        var file = repository.Outside("large.bin");
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1_500_000).Select(i => $"{i:x8} line\n")));
        File.WriteAllBytes(file, text);
        var noise = repository.Outside("noise.bin");
        File.WriteAllBytes(noise, Noise(9 << 20));
        using var writer = new PackWriter(Layouts.Of(repository));
        var before = writer.AddBlob(Content.Of("before"));
        var id = writer.AddBlob(new Content.InFile(file, text.Length));
        var stored = writer.AddBlob(new Content.InFile(noise, 9 << 20));
        writer.AddBlob(new Content.InFile(file, text.Length)).ShouldBe(id);
        var after = writer.AddBlob(Content.Of("after"));
        var pack = writer.Finish()!;
        pack.Count.ShouldBe(4);
        pack.Bytes.ShouldBeLessThan((9 << 20) + (text.Length / 2));
        repository.Git("verify-pack", pack.IndexPath);
        foreach (var (path, blob) in new[] { (file, id), (noise, stored) })
        {
            repository.Git("hash-object", "--no-filters", path).ShouldBe(blob.ToString());
        }

        repository.Git("cat-file", "blob", before.ToString()).ShouldBe("before");
        repository.Git("cat-file", "blob", after.ToString()).ShouldBe("after");
    }

    [Fact]
    public void A_file_that_changed_its_length_is_refused_and_the_pack_stays_whole()
    {
        using var repository = Layouts.Repository();
        var file = repository.Outside("growing");
        File.WriteAllBytes(file, Noise(9 << 20));
        using var writer = new PackWriter(Layouts.Of(repository));
        Should.Throw<StoreException>(() => writer.AddBlob(new Content.InFile(file, 10 << 20)))
            .Error.Code.ShouldBe("changed-while-read");
        Should.Throw<StoreException>(() => writer.AddBlob(new Content.InFile(file, 100)))
            .Error.Code.ShouldBe("changed-while-read");
        Should.Throw<StoreException>(() => writer.AddBlob(new Content.InFile(file + ".gone", 100)))
            .Error.Code.ShouldBe("not-found");
        Should.Throw<StoreException>(() => writer.AddBlobs([.. Enumerable.Repeat(new Content.InFile(file, 50_000), 9)]))
            .Error.Code.ShouldBe("changed-while-read");
        writer.AddBlob(Content.Of("good"));
        repository.Git("verify-pack", writer.Finish()!.IndexPath);
    }

    [Fact]
    public void Nothing_added_is_no_pack()
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        writer.Finish().ShouldBeNull();
        Directory.GetFiles(repository.At(".git/objects/pack")).ShouldBeEmpty();
    }

    [Fact]
    public void A_writer_that_is_not_finished_leaves_nothing()
    {
        using var repository = Layouts.Repository();
        using (var writer = new PackWriter(Layouts.Of(repository)))
        {
            writer.AddBlob(Content.Of(Noise(5 << 20)));
            Directory.GetFiles(repository.At(".git/objects/pack")).Length.ShouldBe(1, "it spilled");
        }

        Directory.GetFiles(repository.At(".git/objects/pack")).ShouldBeEmpty();
    }

    [Fact]
    public void The_keep_file_protects_what_no_ref_reaches_from_gc()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a"] = "a" });
        using var writer = new PackWriter(Layouts.Of(repository));
        var id = writer.AddBlob(Content.Of("unreachable"));
        var pack = writer.Finish()!;
        pack.Sync();
        File.ReadAllText(pack.KeepPath).ShouldBe(WrittenPack.KeepReason + "\n");
        repository.Git("gc", "--prune=now", "-q");
        repository.Git("cat-file", "-t", id.ToString()).ShouldBe("blob");
        pack.ReleaseKeep();
        pack.ReleaseKeep();
        repository.Git("gc", "--prune=now", "-q");
        TestRepository.RunAny(repository.Root, "git", ["cat-file", "-e", id.ToString()]).ExitCode.ShouldNotBe(0);
        pack.Discard();
    }

    [Fact]
    public void A_pack_whose_temporary_file_was_swept_away_fails_and_leaves_no_name()
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        writer.AddBlob(Content.Of(Noise(5 << 20)));
        File.Delete(Directory.GetFiles(repository.At(".git/objects/pack")).ShouldHaveSingleItem());
        Should.Throw<StoreException>(() => writer.Finish()).Error.Code.ShouldBe("not-found");
        Should.Throw<InvalidOperationException>(() => writer.Finish());
        Directory.GetFiles(repository.At(".git/objects/pack")).ShouldBeEmpty();
    }

    [Fact]
    public void A_discarded_pack_leaves_nothing()
    {
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository));
        writer.AddBlob(Content.Of("x"));
        writer.Finish()!.Discard();
        Directory.GetFiles(repository.At(".git/objects/pack")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, "444")]
    [InlineData(0b110_110_000, "444")]
    [InlineData(-0b110_100_000, "440")]
    public void Files_are_read_only_and_follow_the_shared_mode(int shared, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no permission bits");
        using var repository = Layouts.Repository();
        using var writer = new PackWriter(Layouts.Of(repository) with { SharedMode = shared });
        writer.AddBlob(Content.Of("x"));
        var pack = writer.Finish()!;
        foreach (var path in new[] { pack.PackPath, pack.IndexPath, pack.KeepPath })
        {
            Convert.ToString((int)new FileInfo(path).UnixFileMode, 8).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_missing_pack_directory_is_made()
    {
        using var repository = Layouts.Repository();
        Directory.Delete(repository.At(".git/objects/pack"));
        using var writer = new PackWriter(Layouts.Of(repository));
        writer.AddBlob(Content.Of("x"));
        repository.Git("verify-pack", writer.Finish()!.IndexPath);
    }

    [Fact]
    public void A_pack_that_cannot_be_written_names_the_path_and_leaves_nothing()
    {
        using var repository = Layouts.Repository();
        Directory.Delete(repository.At(".git/objects/pack"));
        File.WriteAllText(repository.At(".git/objects/pack"), "in the way");
        using var writer = new PackWriter(Layouts.Of(repository));
        writer.AddBlob(Content.Of("x"));
        var error = Should.Throw<StoreException>(() => writer.Finish()).Error;
        error.Path!.ShouldContain("objects/pack");
        error.Suggestion.ShouldNotBeNull();
        File.Delete(repository.At(".git/objects/pack"));
        Directory.CreateDirectory(repository.At(".git/objects/pack"));
    }
}
