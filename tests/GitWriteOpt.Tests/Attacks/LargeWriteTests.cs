using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Attacks;

/// <summary>A write of more than 2 GiB, which no array holds: streamed all the way. Slow, so it is asked for by LARGE_WRITE=1.</summary>
public sealed class LargeWriteTests
{
    private const long Length = (1L << 31) + 1;
    private const long MostKilobytes = 512 << 10;

    [Fact]
    public void More_than_two_gibibytes_are_written_undone_and_redone_in_bounded_memory()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("LARGE_WRITE") is null, "it is slow: set LARGE_WRITE=1");
        Assert.SkipUnless(File.Exists("/usr/bin/time"), "memory is measured by time(1)");
        using var repository = TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "f\n" });
        using (var source = File.Create(repository.Outside("source")))
        {
            source.SetLength(Length);
            source.Position = Length - 5;
            source.Write("last\n"u8);
        }

        File.WriteAllText(repository.Outside("batch.json"),
            $$"""{"op":"write","path":"large","source":"{{repository.Outside("source")}}"}""");
        Measured(repository, "apply", "--durability", "none", repository.Outside("batch.json"));
        TestRepository.Run(repository.Root, "cmp", [repository.Outside("source"), "large"]);
        Measured(repository, "undo", "--durability", "none");
        repository.Exists("large").ShouldBeFalse();
        Measured(repository, "redo", "--durability", "none");
        TestRepository.Run(repository.Root, "cmp", [repository.Outside("source"), "large"]);
    }

    [Fact]
    public void What_was_spooled_of_a_large_file_is_gone_when_the_command_ends()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "f\n" });
        File.WriteAllBytes(repository.Outside("source"), new byte[9 << 20]);
        Writeopt.Feed(repository, $$"""{"op":"write","path":"large","source":"{{repository.Outside("source")}}"}""", "apply")
            .ExitCode.ShouldBe(0);
        foreach (var command in (string[])["undo", "redo", "show", "diff"])
        {
            Writeopt.Run(repository, command).ExitCode.ShouldBe(0);
            if (Directory.Exists(repository.At(".git/writeopt/tmp")))
            {
                Directory.EnumerateFileSystemEntries(repository.At(".git/writeopt/tmp")).ShouldBeEmpty(command);
            }
        }
    }

    private static void Measured(TestRepository repository, params string[] arguments)
    {
        var (exitCode, output, error) = TestRepository.RunAny(repository.Root, "/usr/bin/time",
            ["-f", "%M kB, %e s", Writeopt.Binary, .. arguments]);
        exitCode.ShouldBe(0, output + error);
        var figures = error.TrimEnd().Split('\n')[^1];
        TestContext.Current.TestOutputHelper?.WriteLine($"{arguments[0]}: {figures}");
        long.Parse(figures.Split(' ')[0]).ShouldBeLessThan(MostKilobytes);
    }
}
