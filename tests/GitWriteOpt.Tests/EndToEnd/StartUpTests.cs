using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.EndToEnd;

public sealed class StartUpTests
{
    [Fact]
    public void A_small_batch_starts_no_program_and_loads_neither_OpenSSL_nor_libgit2()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "asks the loader of glibc");
        using var repository = TestRepository.With(new Dictionary<string, string> { ["some.txt"] = "1\n" });
        File.WriteAllText(Path.Combine(repository.Root, "batch.json"),
            """{"op":"write","path":"some.txt","content":"2\n"}""");
        var loaded = repository.Outside("loaded");

        // Without a PATH no program is found; the loader writes what it loads into a file.
        TestRepository.RunAny(repository.Root, "sh", ["-c",
            $"LD_DEBUG=files LD_DEBUG_OUTPUT='{loaded}' PATH=/nonexistent '{Writeopt.Binary}' apply batch.json"])
            .ExitCode.ShouldBe(0);

        File.ReadAllText(Path.Combine(repository.Root, "some.txt")).ShouldBe("2\n");
        var files = Directory.GetFiles(Path.GetDirectoryName(loaded)!, Path.GetFileName(loaded) + ".*")
            .Select(File.ReadAllText).ToList();
        files.ShouldNotBeEmpty();
        files.ShouldNotContain(text => text.Contains("libssl", StringComparison.Ordinal)
            || text.Contains("libgit2", StringComparison.Ordinal));
    }
}
