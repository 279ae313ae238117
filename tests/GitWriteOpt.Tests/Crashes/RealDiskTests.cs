using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Crashes;

/// <summary>Disks that really are full, read-only or closed, in a mount namespace that goes with its process.</summary>
public sealed class RealDiskTests
{
    private const string Batch = """
        {"operations":[{"op":"write","path":"a.txt","content":"new\n"},{"op":"write","path":"d/b.txt","content":"new\n"}]}
        """;

    [Fact]
    public void A_full_file_system_refuses_with_the_path_and_works_once_there_is_space()
    {
        SkipWithoutMounts();
        using var repository = Make();
        var (refused, _, after) = Run(repository, """
            mount -t tmpfs -o size=2m,nr_inodes=400 none "$mnt" && cp -a "$repo/." "$mnt" && cd "$mnt" || exit 99
            dd if=/dev/zero of=ballast bs=4k 2>/dev/null
            $apply "$batch"; echo "exit $?"; cat a.txt; rm ballast
            $apply "$batch"; echo "exit $?"; cat a.txt; git fsck --strict
            """);
        refused.ShouldContain("\"code\":\"no-space\"");
        Fields(refused);
        after.ShouldBe(["exit 1", "old", "exit 0", "new"]);
    }

    [Fact]
    public void A_read_only_mount_refuses_and_works_once_it_can_be_written()
    {
        SkipWithoutMounts();
        using var repository = Make();
        var (refused, _, after) = Run(repository, """
            mount --bind "$repo" "$mnt" && mount -o remount,ro,bind "$mnt" && cd "$mnt" || exit 99
            $apply "$batch"; echo "exit $?"; cat a.txt; mount -o remount,rw,bind "$mnt"
            $apply "$batch"; echo "exit $?"; cat a.txt; git fsck --strict
            """);
        refused.ShouldContain("\"code\":\"read-only-file-system\"");
        Fields(refused);
        after.ShouldBe(["exit 1", "old", "exit 0", "new"]);
    }

    [Fact]
    public void A_directory_without_write_permission_refuses_with_its_path_and_works_once_it_has_it()
    {
        using var repository = Make();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "permission bits do not bind there");
        File.SetUnixFileMode(repository.At("d"), (UnixFileMode)0x16d);
        var (code, answer, _) = Confined.Feed(repository, Batch, "apply", "--json");
        code.ShouldBeOneOf(1, 3);
        answer.ShouldContain("\"category\":\"permission\"");
        Fields(answer);
        (repository.Read("a.txt"), repository.Read("d/b.txt")).ShouldBe(("old\n", "old\n"));
        File.SetUnixFileMode(repository.At("d"), (UnixFileMode)0x1ed);
        Confined.Feed(repository, Batch, "apply", "--json").ExitCode.ShouldBe(0);
        repository.Read("d/b.txt").ShouldBe("new\n");
    }

    private static TestRepository Make() =>
        TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "old\n", ["d/b.txt"] = "old\n" });

    private static void Fields(string answer)
    {
        foreach (var field in new[] { "category", "message", "path", "suggestion" })
        {
            answer.ShouldMatch($"\"{field}\":\"[^\"]");
        }
    }

    // The lines that are no JSON, and the answer to the first apply.
    private static (string Refused, string Error, List<string> After) Run(TestRepository repository, string script)
    {
        var batch = repository.Outside("batch.json");
        File.WriteAllText(batch, Batch);
        var mount = Directory.CreateDirectory(repository.Outside("mnt")).FullName;
        var (exitCode, output, error) = TestRepository.RunAny(repository.Root, "unshare", ["-m", "sh", "-c",
            $"repo='{repository.Root}' mnt='{mount}' batch='{batch}' apply='{Writeopt.Binary} apply --json'\n{script}"]);
        exitCode.ShouldBe(0, output + error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        return (lines[0], error, [.. lines.Where(l => l[0] != '{')]);
    }

    private static void SkipWithoutMounts() => Assert.SkipUnless(Confined.IsRoot
        && TestRepository.RunAny("/", "unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).ExitCode == 0,
        "mounts are not allowed here");
}
