using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Validation.Checkers;

/// <summary>A checker of somebody else's keeps no other writer waiting.</summary>
public sealed class LockedCheckerTests
{
    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("echo \"$1:1: no\"; exit 1", 1)]
    [InlineData("exit 127", 0)]
    public void It_runs_once_while_the_worktree_is_not_locked(string end, int exit)
    {
        Checking.Need("flock");
        using var repository = TestRepository.With(new Dictionary<string, string> { ["a.txt"] = "one\n" });
        var seen = repository.Outside("seen");
        Checking.StandIn(repository, "slow", $"if flock -n {repository.At(".git/writeopt/lock")} true; then echo free >> {seen}; else echo held >> {seen}; fi; {end}");
        var environment = new Dictionary<string, string?>
        {
            ["GIT_CONFIG_COUNT"] = "2",
            ["GIT_CONFIG_KEY_0"] = "writeopt.check.slow.command",
            ["GIT_CONFIG_VALUE_0"] = repository.Outside("bin/slow"),
            ["GIT_CONFIG_KEY_1"] = "writeopt.check.slow.glob",
            ["GIT_CONFIG_VALUE_1"] = "*.slow",
        };

        var applied = TestRepository.RunAny(repository.Root, Writeopt.Binary, ["apply"],
            """{"op":"write","path":"a.slow","content":"x\n"}""", environment);

        applied.ExitCode.ShouldBe(exit, applied.Error);
        File.ReadAllLines(seen).ShouldBe(["free"]);
        repository.Exists("a.slow").ShouldBe(exit == 0);
    }
}
