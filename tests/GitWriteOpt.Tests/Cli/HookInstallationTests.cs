using GitWriteOpt.Cli.Hooks;
using GitWriteOpt.Errors;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Cli;

public sealed class HookInstallationTests
{
    private static readonly Dictionary<string, string> Some = new() { ["some.txt"] = "1\n" };

    private const string Script = "#!/bin/sh\n# checks\nexit 3\n";

    [Fact]
    public void Hooks_are_installed_where_there_were_none_and_a_second_time_changes_nothing()
    {
        using var repository = TestRepository.With(Some);
        var hooks = repository.At(".git/hooks");
        Clear(hooks);
        HookInstallation.Install(hooks).Select(h => h.Action).ShouldBe(["installed", "installed"]);
        var before = File.GetLastWriteTimeUtc(Path.Combine(hooks, "pre-commit"));
        HookInstallation.Install(hooks).Select(h => h.Action).ShouldBe(["unchanged", "unchanged"]);
        File.GetLastWriteTimeUtc(Path.Combine(hooks, "pre-commit")).ShouldBe(before);
        Directory.GetFiles(hooks).Length.ShouldBe(2);
        repository.Write("a.txt", "a");
        repository.Commit("runs through the hook");
    }

    [Fact]
    public void A_shell_hook_of_somebody_else_gets_one_line_and_gives_it_back_byte_for_byte()
    {
        using var repository = TestRepository.With(Some);
        var hook = Foreign(repository, "pre-commit", Script);
        var hooks = repository.At(".git/hooks");
        HookInstallation.Install(hooks)[0].Action.ShouldBe("chained");
        File.ReadAllText(hook).ShouldBe($"#!/bin/sh\n{HookShim.Line("pre-commit")}\n# checks\nexit 3\n");
        HookInstallation.Install(hooks)[0].Action.ShouldBe("unchanged");
        TestRepository.RunAny(repository.Root, "git", ["commit", "--allow-empty", "-m", "x"]).ExitCode.ShouldNotBe(0);

        HookInstallation.Uninstall(hooks).Select(h => h.Action).ShouldBe(["removed", "removed"]);
        File.ReadAllText(hook).ShouldBe(Script);
        File.Exists(Path.Combine(hooks, "post-merge")).ShouldBeFalse();
        HookInstallation.Uninstall(hooks).Select(h => h.Action).ShouldBe(["foreign", "absent"]);
    }

    [Theory]
    [InlineData("#!/usr/bin/env python3\nprint('x')\n")]
    [InlineData("\u007fELF\0\0")]
    [InlineData("echo no first line\n")]
    public void A_hook_that_is_no_plain_shell_script_is_refused_with_the_line_to_add_and_nothing_is_installed(string text)
    {
        using var repository = TestRepository.With(Some);
        var hook = Foreign(repository, "post-merge", text);
        var hooks = repository.At(".git/hooks");
        var error = Should.Throw<RefusedException>(() => HookInstallation.Install(hooks)).Error;
        error.Code.ShouldBe("foreign-hook");
        error.Suggestion!.ShouldContain(HookShim.Line("post-merge"));
        File.ReadAllText(hook).ShouldBe(text);
        File.Exists(Path.Combine(hooks, "pre-commit")).ShouldBeFalse();
    }

    [Fact]
    public void A_hook_that_is_a_link_is_refused_and_not_followed()
    {
        using var repository = TestRepository.With(Some);
        var hooks = repository.At(".git/hooks");
        Clear(hooks);
        File.WriteAllText(repository.Outside("shared"), Script);
        File.CreateSymbolicLink(Path.Combine(hooks, "pre-commit"), repository.Outside("shared"));
        Should.Throw<RefusedException>(() => HookInstallation.Install(hooks));
        HookInstallation.Uninstall(hooks)[0].Action.ShouldBe("foreign");
        File.ReadAllText(repository.Outside("shared")).ShouldBe(Script);
    }

    [Fact]
    public void The_hooks_of_the_source_tree_are_those_that_are_installed()
    {
        foreach (var name in HookShim.Names)
        {
            File.ReadAllText(Path.Combine(SourceTree.Root, "hooks", name)).ShouldBe(HookShim.File(name));
        }
    }

    [Fact]
    public void A_hook_does_nothing_where_the_program_is_not_installed()
    {
        using var repository = TestRepository.With(Some);
        var environment = new Dictionary<string, string?> { ["PATH"] = "/nonexistent" };
        foreach (var name in HookShim.Names)
        {
            var answer = TestRepository.RunAny(repository.Root, "/bin/sh",
                [Path.Combine(SourceTree.Root, "hooks", name)], environment: environment);
            answer.ShouldBe((0, "", ""));
        }
    }

    private static void Clear(string hooks)
    {
        Directory.CreateDirectory(hooks);
        foreach (var sample in Directory.GetFiles(hooks))
        {
            File.Delete(sample);
        }
    }

    private static string Foreign(TestRepository repository, string name, string text)
    {
        Clear(repository.At(".git/hooks"));
        var path = repository.At($".git/hooks/{name}");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }

        return path;
    }
}
