using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class GitProcessTests
{
    [Theory]
    [InlineData("evil")]
    [InlineData("Ev=il.Driver x")]
    public void A_hostile_configuration_runs_nothing_I10_I11(string driver)
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        var witness = repository.Outside("witness");
        var program = $"sh -c 'touch {witness}; cat'";
        foreach (var (key, value) in new[]
        {
            ("core.fsmonitor", program), ("core.hooksPath", repository.Outside("hooks")),
            ($"filter.{driver}.clean", program), ($"filter.{driver}.smudge", program),
            ($"filter.{driver}.process", program), ($"filter.{driver}.required", "true"),
        })
        {
            repository.Git("config", key, value);
        }

        Directory.CreateDirectory(repository.Outside("hooks"));
        foreach (var hook in new[] { "reference-transaction", "post-index-change" })
        {
            File.WriteAllText(repository.Outside("hooks/" + hook), $"#!/bin/sh\ntouch {witness}\n");
            TestRepository.Run(repository.Root, "chmod", ["+x", repository.Outside("hooks/" + hook)]);
        }

        File.WriteAllText(repository.At(".git/info/attributes"), $"*.txt filter={driver.Replace(' ', '_')}\n");
        if (driver.Contains(' '))
        {
            // An attribute cannot name it; the override must still be well-formed.
            File.WriteAllText(repository.At(".git/info/attributes"), "");
        }

        repository.Write("a.txt", "changed\n");
        var git = new GitProcess(Discovery.Find(repository.Root));
        try
        {
            RunNothing();
        }
        finally
        {
            repository.Git("config", "--unset", "core.fsmonitor"); // the fixture's own fsck would run it
        }

        void RunNothing()
        {
            git.Try(["update-index", "--really-refresh"]).Text.Trim().ShouldBe("a.txt: needs update");
            git.Run(["add", "a.txt"]);
            git.Run(["status", "--porcelain"]);
            git.Run(["checkout-index", "-f", "a.txt"]);
            git.Run(["update-ref", "refs/writeopt/tx/x", "HEAD"]);
            File.Exists(witness).ShouldBeFalse();
            git.Run(["cat-file", "blob", ":a.txt"]).Text.ShouldBe("changed\n");
            foreach (var part in new[] { "clean", "smudge", "process", "required" })
            {
                git.Run(["config", "--get", $"filter.{driver}.{part}"]).Text.Trim().ShouldBe("");
            }
        }
    }

    [Fact]
    public void The_callers_repository_variables_are_replaced_by_the_discovered_paths()
    {
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "a\n" });
        var git = new GitProcess(Discovery.Find(repository.Root))
        {
            Caller = Environments.With(("GIT_DIR", "/nowhere"), ("GIT_INDEX_FILE", "/nowhere"), ("GIT_CONFIG", "/nowhere"),
                ("GIT_EDITOR", "false"), ("GIT_NAMESPACE", "other")),
            WorkingDirectory = "/",
        };
        git.Run(["rev-parse", "--absolute-git-dir"]).Text.Trim().ShouldBe(repository.At(".git"));
        git.Run(["ls-files"]).Text.Trim().ShouldBe("a.txt");
        git.Run(["config", "user.name"]).Text.Trim().ShouldBe("A Tester");
    }

    [Fact]
    public void Input_and_output_pass_unchanged_and_a_failure_has_gits_words()
    {
        using var repository = TestRepository.Init();
        var git = new GitProcess(Discovery.Find(repository.Root));
        var bytes = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        var id = git.Run(["hash-object", "-w", "--stdin"], bytes).Text.Trim();
        git.Run(["cat-file", "blob", id]).Output.ShouldBe(bytes);

        var error = Should.Throw<StoreException>(() => git.Run(["cat-file", "blob", "nothing"])).Error;
        error.Code.ShouldBe("git-failed");
        error.Message.ShouldContain("git cat-file failed (128): fatal: Not a valid object name nothing");
        git.Try(["--version"], bytes).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_child_that_does_not_end_is_killed_with_all_that_it_started()
    {
        using var repository = TestRepository.Init();
        var git = new GitProcess(Discovery.Find(repository.Root), TimeSpan.FromMilliseconds(300));
        var error = Should.Throw<StoreException>(() => git.Run(["-c", "alias.x=!sleep 987654", "x"])).Error;
        error.Code.ShouldBe("git-timeout");
        SpinWait.SpinUntil(() => !Running("987654"), TestRepository.Patience).ShouldBeTrue();
    }

    private static bool Running(string argument) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(process + "/cmdline").Contains(argument, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
