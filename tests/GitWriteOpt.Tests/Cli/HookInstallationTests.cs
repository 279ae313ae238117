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
        HookInstallation.Install(hooks).Select(h => h.Action).ShouldAllBe(action => action == "installed");
        var before = File.GetLastWriteTimeUtc(Path.Combine(hooks, "pre-commit"));
        HookInstallation.Install(hooks).Select(h => h.Action).ShouldAllBe(action => action == "unchanged");
        File.GetLastWriteTimeUtc(Path.Combine(hooks, "pre-commit")).ShouldBe(before);
        Directory.GetFiles(hooks).Select(Path.GetFileName).ShouldBe(HookShim.Names, ignoreOrder: true);
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

        HookInstallation.Uninstall(hooks).Select(h => h.Action).ShouldAllBe(action => action == "removed");
        File.ReadAllText(hook).ShouldBe(Script);
        File.Exists(Path.Combine(hooks, "post-merge")).ShouldBeFalse();
        HookInstallation.Uninstall(hooks).Select(h => h.Action).ShouldBe(["foreign", "absent", "absent", "absent"]);
    }

    [Theory]
    [InlineData("#!/usr/bin/env python3\nimport sys; open('ran', 'w').write('x'); sys.exit(3)\n", 0b111_101_101, true)]
    [InlineData("\u007fELF\0\0", 0b111_101_000, false)]
    [InlineData("#!/bin/sh\necho not executable, so git does not run it; exit 3\n", 0b110_100_100, false)]
    public void A_hook_that_is_no_plain_shell_script_keeps_its_bytes_and_mode_and_is_called_by_ours(string text, int mode, bool runs)
    {
        using var repository = TestRepository.With(Some);
        var hook = Foreign(repository, "post-merge", text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(hook, (UnixFileMode)mode);
        }

        var hooks = repository.At(".git/hooks");
        HookInstallation.Install(hooks)[1].Action.ShouldBe("chained");
        File.ReadAllText(hook).ShouldBe(HookShim.Chain("post-merge"));
        HookInstallation.Install(hooks).Select(h => h.Action).ShouldAllBe(action => action == "unchanged");
        if (runs)
        {
            TestRepository.RunAny(repository.Root, hook, []).ExitCode.ShouldBe(3);
            repository.Exists("ran").ShouldBeTrue();
        }

        HookInstallation.Uninstall(hooks)[1].Action.ShouldBe("removed");
        File.ReadAllText(hook).ShouldBe(text);
        ((int)File.GetUnixFileMode(hook)).ShouldBe(mode);
        Directory.GetFiles(hooks).ShouldBe([hook]);
    }

    [Fact]
    public void A_hook_that_is_a_link_is_kept_and_not_followed()
    {
        using var repository = TestRepository.With(Some);
        var hooks = repository.At(".git/hooks");
        Clear(hooks);
        File.WriteAllText(repository.Outside("shared"), Script);
        var link = Path.Combine(hooks, "pre-commit");
        File.CreateSymbolicLink(link, repository.Outside("shared"));
        HookInstallation.Install(hooks)[0].Action.ShouldBe("chained");
        File.ReadAllText(repository.Outside("shared")).ShouldBe(Script);
        HookInstallation.Uninstall(hooks)[0].Action.ShouldBe("removed");
        new FileInfo(link).LinkTarget.ShouldBe(repository.Outside("shared"));
    }

    [Fact]
    public void A_hook_in_the_way_twice_over_is_refused_and_nothing_is_installed()
    {
        using var repository = TestRepository.With(Some);
        var hook = Foreign(repository, "post-merge", "no script\n");
        File.WriteAllText(hook + HookShim.Kept, "an older one\n");
        var hooks = repository.At(".git/hooks");
        var error = Should.Throw<RefusedException>(() => HookInstallation.Install(hooks)).Error;
        error.Code.ShouldBe("foreign-hook");
        error.Suggestion!.ShouldContain(HookShim.Line("post-merge"));
        File.ReadAllText(hook).ShouldBe("no script\n");
        File.Exists(Path.Combine(hooks, "pre-commit")).ShouldBeFalse();
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
