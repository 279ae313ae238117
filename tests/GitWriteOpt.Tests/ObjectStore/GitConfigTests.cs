using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

public sealed class GitConfigTests
{
    [Theory]
    [InlineData("[a]\n\tb = c\n", true)]
    [InlineData("\ufeff[a]\r\nb = c d  e \r\n", true)]
    [InlineData("[A] B = \"  quoted # not ; a comment \"  # a comment\n", true)]
    [InlineData("[a \"Sub.Sec \\\"t\\\\ion\"] Key-2=x\n[a \"\"]\nk=v\n", true)]
    [InlineData("[a.Legacy]\nkey = v", true)]
    [InlineData("[a]\nb = one \\\n   two\\\n\n c = \\t\\b\\n\\\\\\\"\n", true)]
    [InlineData("[a]\nb\n c =\nd = \"\"\n; all three differ\n", true)]
    [InlineData("[a]\nb = x;y\n c = \"x\";y\n d = a\"b c\"d\n", true)]
    [InlineData("[a]\nb = 1\nb = 2\n[a]\nB = 3\n[A]\nb = 4\n", true)]
    [InlineData("[a]b=c\n[x] y = z [no] section\n", true)]
    [InlineData("[a]\nb = c\t# a tab before a comment\n", true)]
    [InlineData("[a]\nb = c\td\n", false)]
    [InlineData("[includeIf \"gitdir:/nowhere/\"]\npath = x\n[a]\nb = c\n", false)]
    [InlineData("[include]\npath = more\npath = /does/not/exist\n[a]\nb = after\n", true)]
    [InlineData("", true)]
    [InlineData("# only a comment", true)]
    public void All_values_of_a_nasty_file_are_those_that_git_reads(string text, bool byOwnCode)
    {
        using var repository = TestRepository.Init();
        File.AppendAllText(repository.At(".git/more"), "[a]\n\tb = included\n[from] more = yes\n");
        var head = "[core]\n\trepositoryformatversion = 0\n";
        File.WriteAllText(repository.At(".git/config"), text.StartsWith('\ufeff') ? text + head : head + text);

        var config = GitConfig.Open(Discovery.Find(repository.Root));
        var expected = repository.Git("config", "--list", "-z", "--show-scope").Split('\0')
            .Chunk(2).Where(pair => pair.Length == 2)
            .Select(pair => (Scope: pair[0], Key: pair[1].Split('\n', 2)[0], Value: pair[1].Split('\n', 2).ElementAtOrDefault(1)))
            .ToList();

        foreach (var key in expected.Select(e => e.Key).Distinct())
        {
            config.All(key).Select(e => (e.Scope.ToString().ToLowerInvariant(), e.Key, e.Value))
                .ShouldBe(expected.Where(e => e.Key == key));
            config.Get(key).ShouldBe(repository.Git("config", "-z", "--get", key).TrimEnd('\0'));
        }

        config.Keys("").ShouldBe(expected.Select(e => e.Key).Distinct(), ignoreOrder: true);
        config.AskedGit.ShouldBe(!byOwnCode);
    }

    [Theory]
    [InlineData("[a\nb = c\n")]
    [InlineData("[a]\nb = \"unclosed\n")]
    [InlineData("[a]\nb = bad \\q escape\n")]
    [InlineData("[a]\n1b = c\n")]
    public void A_malformed_file_is_a_usage_error_with_gits_words(string text)
    {
        using var repository = TestRepository.Init();
        var global = repository.Outside("global");
        File.WriteAllText(global, text);
        var config = GitConfig.Open(Discovery.Find(repository.Root), Environments.With(("GIT_CONFIG_GLOBAL", global)));
        var error = Should.Throw<UsageException>(() => config.Get("user.name")).Error;
        error.Code.ShouldBe("bad-config");
        error.Message.ShouldContain(global);
    }

    [Fact]
    public void The_strongest_scope_wins_and_a_repository_is_not_trusted()
    {
        using var repository = TestRepository.Init();
        var system = repository.Outside("system");
        File.WriteAllText(system, "[writeopt]\nchecker = system\nsystem = 1\n");
        Directory.CreateDirectory(repository.Outside("xdg/git"));
        File.WriteAllText(repository.Outside("xdg/git/config"), "[writeopt]\nchecker = xdg\nxdg = 1\n");
        repository.Git("config", "writeopt.checker", "local");
        repository.Git("config", "extensions.worktreeConfig", "true");
        repository.Git("config", "--worktree", "writeopt.checker", "worktree");
        var layout = Discovery.Find(repository.Root);
        var environment = Environments.With(("GIT_CONFIG_SYSTEM", system), ("GIT_CONFIG_NOSYSTEM", null),
            ("XDG_CONFIG_HOME", repository.Outside("xdg")));

        var config = GitConfig.Open(layout, environment);
        config.Get("Writeopt.Checker").ShouldBe("worktree");
        config.GetTrusted("writeopt.checker").ShouldBe("xdg");
        config.Get("writeopt.system").ShouldBe("1");
        config.All("writeopt.checker").Select(e => e.Value).ShouldBe(["system", "xdg", "local", "worktree"]);
        config.AskedGit.ShouldBeFalse();

        var command = GitConfig.Open(layout, environment.With(("GIT_CONFIG_COUNT", "1"),
            ("GIT_CONFIG_KEY_0", "writeopt.checker"), ("GIT_CONFIG_VALUE_0", "command")));
        command.Get("writeopt.checker").ShouldBe("command");
        command.GetTrusted("writeopt.checker").ShouldBe("command");
        command.AskedGit.ShouldBeTrue();
        command.Keys("core.").ShouldNotContain("core.hookspath");
    }

    [Theory]
    [InlineData("true")]
    [InlineData("YES")]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("2k")]
    [InlineData("-1")]
    [InlineData("false")]
    [InlineData("No")]
    [InlineData("off")]
    [InlineData("0")]
    [InlineData("")]
    public void A_truth_value_is_what_git_takes_it_for(string text)
    {
        using var repository = TestRepository.Init();
        repository.Git("config", "a.b", text);
        GitConfig.Open(Discovery.Find(repository.Root)).GetBool("a.b", whereNotSet: text.Length == 0)
            .ShouldBe(repository.Git("config", "--type=bool", "a.b") == "true");
    }

    [Fact]
    public void A_truth_value_that_is_none_is_a_usage_error_and_one_that_is_not_set_is_the_default()
    {
        using var repository = TestRepository.Init();
        repository.Git("config", "a.b", "perhaps");
        var config = GitConfig.Open(Discovery.Find(repository.Root));
        Should.Throw<UsageException>(() => config.GetBool("a.b", false)).Error.Code.ShouldBe("bad-config-value");
        config.GetBool("a.other", whereNotSet: true).ShouldBeTrue();
        config.Get("a.other").ShouldBeNull();
    }

    [Fact]
    public void The_identity_is_the_users_without_what_git_strips()
    {
        using var repository = TestRepository.Init();
        repository.Git("config", "user.name", " .,<A \"Te>ster\"> ");
        repository.Git("config", "user.email", "<me@example.com>");
        var config = GitConfig.Open(Discovery.Find(repository.Root));
        var identity = Identity.Of(config);
        repository.Git("var", "GIT_AUTHOR_IDENT").ShouldStartWith(identity + " ");
        identity.IsFallback.ShouldBeFalse();

        repository.Git("config", "author.name", "An Author");
        var fresh = GitConfig.Open(Discovery.Find(repository.Root));
        Identity.Of(fresh).Name.ShouldBe("An Author");
        Identity.Of(fresh, Environments.With(("GIT_AUTHOR_NAME", "E N V"), ("GIT_AUTHOR_EMAIL", "e@n.v"))).ToString()
            .ShouldBe("E N V <e@n.v>");
    }

    [Fact]
    public void Without_an_identity_there_is_a_fallback_that_says_so()
    {
        using var repository = TestRepository.Init();
        var environment = Environments.With(("GIT_CONFIG_GLOBAL", "/dev/null"), ("HOME", null));
        var config = GitConfig.Open(Discovery.Find(repository.Root), environment);
        Identity.Of(config, environment)
            .ShouldBe(new Identity("git-writeopt", "git-writeopt@localhost", IsFallback: true));
    }
}
