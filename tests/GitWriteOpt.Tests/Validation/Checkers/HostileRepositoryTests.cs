using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Validation.Checkers;

namespace GitWriteOpt.Tests.Validation.Checkers;

/// <summary>I10: nothing that a repository holds runs, or changes what a checker says.</summary>
public sealed class HostileRepositoryTests
{
    [Fact]
    public void No_module_setting_or_toolchain_file_of_the_repository_is_read()
    {
        using var repository = TestRepository.Init();
        var trap = repository.Outside("sprung");
        foreach (var module in new[] { "py_compile.py", "sitecustomize.py", "usercustomize.py", "codecs.py", "encodings/evil.py", "sys.py" })
        {
            repository.Write(module, $"open({Quoted(trap)}, 'w').write('{module}')\n");
        }

        repository.Write("package.json", "{\"type\":\"module\",\"exports\":\"./evil.js\"}\n");
        repository.Write("node_modules/evil/index.js", $"require('fs').writeFileSync({Quoted(trap)}, 'node')\n");
        repository.Write(".noderc", "--require ./node_modules/evil/index.js\n");
        repository.Write(".npmrc", "node-options=--require ./node_modules/evil/index.js\n");
        repository.Write("rustfmt.toml", "required_version = \"0.0.1\"\n");
        repository.Write("rust-toolchain.toml", "[toolchain]\npath = \"./evil-toolchain\"\n");
        repository.Write(".python-version", "../../../evil\n");
        repository.Write(".rubocop.yml", "require: ./evil\n");
        repository.Write("GNUmakefile", $"$(shell touch {trap})\n");
        repository.Write(".bashrc", $"touch {trap}\n");
        Checking.Script(repository.At("python3"), $"touch {trap}");

        var outcome = new Checking(repository) { Path = $"{repository.Root}:.:{Environment.GetEnvironmentVariable("PATH")}" }.Run(
            CheckerTable.All, Checking.File("a.py", "# coding: evil\nx = 1\n"), Checking.File("b.py", "import py_compile, sitecustomize\n"),
            Checking.File("a.js", "with (a) {}\n"), Checking.File("a.sh", "echo $(touch " + trap + ")\n"), Checking.File("a.rs", "fn main() {}\n"));

        File.Exists(trap).ShouldBeFalse();
        outcome.Findings.Where(f => f.Path.Value != "a.py").ShouldBeEmpty();
        Directory.EnumerateFiles(repository.Root, "*.pyc", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.EnumerateFiles(Path.GetTempPath(), "git-writeopt-check-*").ShouldBeEmpty();
    }

    [Fact]
    public void The_child_sees_no_variable_but_ours_and_runs_in_an_empty_directory_outside()
    {
        using var repository = TestRepository.Init();
        var seen = repository.Outside("seen");
        var path = Checking.StandIn(repository, "gofmt",
            $"{{ env; echo \"cwd $(pwd) $(ls -A | wc -l)\"; echo \"home $(ls -A \"$HOME\" | wc -l)\"; echo \"args $*\"; }} > {seen}");

        new Checking(repository) { Path = $"{repository.Root}/bin:relative:{path}" }.Run(Checking.Named("gofmt"), Checking.File("pkg/a.go", "package a\n"))
            .Findings.ShouldBeEmpty();

        Environment.GetEnvironmentVariable("GIT_CONFIG_NOSYSTEM").ShouldNotBeNull("there is something to be taken away");
        var lines = File.ReadAllLines(seen);
        lines.Where(l => l.Contains('=') && !l.StartsWith("args")).Select(l => l[..l.IndexOf('=')])
            .Except(["PATH", "HOME", "TMPDIR", "LC_ALL", "PWD", "_", "OLDPWD", "SHLVL"]).ShouldBeEmpty();
        lines.ShouldContain($"PATH={path}");
        lines.Single(l => l.StartsWith("cwd ")).ShouldEndWith(" 0");
        lines.Single(l => l.StartsWith("cwd ")).ShouldNotContain(repository.Root);
        lines.ShouldContain("home 0");
        lines.Single(l => l.StartsWith("args ")).ShouldMatch("^args -e -l /.*/a\\.go$");
    }

    [Fact]
    public void A_program_that_is_only_a_link_into_the_repository_is_not_taken()
    {
        using var repository = TestRepository.Init();
        var trap = repository.Outside("sprung");
        Checking.Script(repository.At("tool"), $"touch {trap}");
        var bin = Directory.CreateDirectory(repository.Outside("bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(bin, "gofmt"), repository.At("tool"));
        Directory.CreateSymbolicLink(repository.Outside("alias"), repository.Root);
        Checking.Script(repository.At("gofmt"), $"touch {trap}");

        new Checking(repository) { Path = $"{bin}:{repository.Outside("alias")}" }.Run(Checking.Named("gofmt"), Checking.File("a.go", "x"));

        File.Exists(trap).ShouldBeFalse();
    }

    [Fact]
    public void The_repositorys_configuration_adds_no_program_and_can_switch_one_off()
    {
        using var repository = TestRepository.Init();
        var trap = repository.Outside("sprung");
        repository.Git("config", "writeopt.check.evil.command", $"/usr/bin/touch {trap}");
        repository.Git("config", "writeopt.check.evil.glob", "*");
        repository.Git("config", "writeopt.check.bash.command", $"/usr/bin/touch {trap}");
        repository.Git("config", "writeopt.check.bash", "off");
        repository.Git("config", "writeopt.verify", $"/usr/bin/touch {trap}");
        repository.Git("config", "writeopt.verifyAfter", $"/usr/bin/touch {trap}");

        repository.Applied("""{"op":"write","path":"a.sh","content":"if\n"}""");

        File.Exists(trap).ShouldBeFalse();
    }

    [Fact]
    public void A_shebang_gives_ruby_and_php_no_options()
    {
        using var repository = TestRepository.Init();
        var seen = repository.Outside("seen");
        var path = Checking.StandIn(repository, "ruby", $"for last; do :; done; head -1 \"$last\" > {seen}");
        new Checking(repository) { Path = path }.Run(Checking.Named("ruby"), Checking.File("a.rb", "#!/usr/bin/ruby -r/tmp/evil\nputs 1\n"));
        File.ReadAllText(seen).ShouldBe("##/usr/bin/ruby -r/tmp/evil\n");
    }

    private static string Quoted(string text) => $"'{text}'";
}
