using GitWriteOpt.Errors;
using GitWriteOpt.Sessions;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Sharing;

public sealed class ShareTests
{
    [Fact]
    public void A_session_travels_under_the_senders_name_with_its_transactions_and_nothing_else_does()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        writer.TakeSnapshot("not of the session", null, Durability.None);
        var session = Session(repository, writer, "b.txt", "b\n");

        var pushed = writer.Share("origin", session, force: false, mayPrompt: false);

        pushed.User.ShouldBe("Ann.Lee");
        ServerRefs(repository).ShouldBe(pushed.Refs.Append("refs/heads/master").Order(StringComparer.Ordinal));
        pushed.Refs.Select(r => r.Split('/')[6]).Order(StringComparer.Ordinal).ShouldBe(["checkpoints", "snap", "tx"]);
        pushed.Refs.ShouldAllBe(r => r.StartsWith($"refs/writeopt/shared/Ann.Lee/session/{session}/", StringComparison.Ordinal));
        Server(repository, "show", pushed.Refs[0] + ":b.txt").ShouldBe("b");
        Server(repository, "fsck", "--strict").ShouldBeEmpty();
    }

    [Fact]
    public void What_was_fetched_is_listed_and_shown_and_never_acted_on()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var session = Session(repository, writer, "b.txt", "b\n");
        writer.Share("origin", session, force: false, mayPrompt: false);
        repository.Git("clone", "-q", repository.Outside("server.git"), repository.Outside("other"));
        using var other = repository.Beside("other");
        using var reader = Writer.Open(other.Root);
        var before = other.State();

        reader.FetchShared("origin", "somebody", mayPrompt: false).Refs.ShouldBeEmpty();
        reader.FetchShared("origin", "Ann.Lee", mayPrompt: false).Refs.Count.ShouldBe(3);
        var again = reader.FetchShared("origin", null, mayPrompt: false);
        (again.Refs.Count, again.Known).ShouldBe((0, 3));
        reader.Shared().Select(s => (s.User, s.Session)).Distinct().ShouldBe([("Ann.Lee", session)]);
        reader.Log(new LogQuery(AllWorktrees: true)).ShouldBeEmpty();
        reader.Sessions().ShouldBeEmpty();
        reader.Status().Pending.ShouldBeEmpty();
        other.State().ShouldBe(before);
        other.Git("show", "--format=%s", reader.Shared().Single(s => s.Kind == "tx").Ref).ShouldContain("+b");
    }

    [Fact]
    public void Private_files_are_never_shared_not_even_by_force()
    {
        using var repository = Repository();
        repository.Write(".env", "TOKEN=private\n");
        using var writer = Writer.Open(repository.Root);
        var session = Session(repository, writer, "b.txt", "b\n");

        var pushed = writer.Share("origin", session, force: true, mayPrompt: false);

        pushed.Withheld.ShouldBe([".env"]);
        Server(repository, "rev-list", "--objects", "--all").ShouldNotContain(".env");
        var blob = repository.Git("hash-object", ".env");
        TestRepository.RunAny(repository.Outside("server.git"), "git", ["cat-file", "-e", blob]).ExitCode.ShouldNotBe(0);
        repository.Git("show", writer.FindSession(session).Ref + ":.env").ShouldBe("TOKEN=private");
    }

    [Theory]
    [InlineData("deploy.pem")]
    [InlineData("config/.npmrc")]
    [InlineData("home/id_rsa")]
    [InlineData("notes/mine.txt")]
    public void A_file_with_the_name_of_a_secret_is_refused_unless_forced(string path)
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.share.exclude", "notes/*");
        using var writer = Writer.Open(repository.Root);
        var session = Session(repository, writer, path, "something\n");

        var refused = Should.Throw<RefusedException>(() => writer.Share("origin", session, force: false, mayPrompt: false)).Error;
        refused.Code.ShouldBe("secrets");
        refused.Message.ShouldContain(path);
        ServerRefs(repository).ShouldBe(["refs/heads/master"]);
        repository.Git("for-each-ref", "refs/writeopt/shared").ShouldBeEmpty();
        writer.Share("origin", session, force: true, mayPrompt: false).Forced.Single().ShouldStartWith(path);
        ServerRefs(repository).Length.ShouldBe(4);
    }

    [Fact]
    public void A_content_that_holds_a_secret_is_refused_wherever_it_lies()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var session = Session(repository, writer, "settings.txt", "key = " + "AKIA" + "Q7RK2ZVN5XTB4LMW\n");

        Should.Throw<RefusedException>(() => writer.Share("origin", session, force: false, mayPrompt: false)).Error.Message
            .ShouldContain("settings.txt line 1");
        ServerRefs(repository).ShouldBe(["refs/heads/master"]);
    }

    [Fact]
    public void What_the_remote_has_already_is_no_secret_any_more()
    {
        using var repository = Repository();
        repository.Write("example.key", "public already\n");
        repository.Commit("with a key");
        repository.Git("push", "-q", "origin", "HEAD");
        using var writer = Writer.Open(repository.Root);
        writer.Share("origin", Session(repository, writer, "b.txt", "b\n"), force: false, mayPrompt: false).Forced.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_that_the_repository_configures_runs_while_it_shares()
    {
        using var repository = Repository();
        var marker = repository.Outside("ran");
        var program = repository.Outside("program");
        File.WriteAllText(program, $"#!/bin/sh\ntouch '{marker}'\nexit 1\n");
        File.SetUnixFileMode(program, (UnixFileMode)0x1ed);
        Directory.CreateDirectory(repository.At(".git/hooks"));
        File.Copy(program, repository.At(".git/hooks/pre-push"));
        foreach (var key in (string[])["remote.origin.receivepack", "remote.origin.uploadpack", "credential.helper", "core.sshCommand", "core.askPass"])
        {
            repository.Git("config", key, program);
        }

        repository.Git("config", "protocol.ext.allow", "always");
        repository.Git("config", "remote.evil.url", $"ext::{program} %S x");
        using var writer = Writer.Open(repository.Root);
        var session = Session(repository, writer, "b.txt", "b\n");

        writer.Share("origin", session, force: false, mayPrompt: false).Refs.Count.ShouldBe(3);
        writer.FetchShared("origin", null, mayPrompt: false).Known.ShouldBe(3);
        Should.Throw<StoreException>(() => writer.FetchShared("evil", null, mayPrompt: false));
        File.Exists(marker).ShouldBeFalse();
    }

    [Fact]
    public void A_remotes_refusal_is_told_in_its_words()
    {
        using var repository = Repository();
        using var writer = Writer.Open(repository.Root);
        var session = Session(repository, writer, "b.txt", "b\n");
        File.WriteAllText(repository.Outside("server.git/hooks/pre-receive"), "#!/bin/sh\necho 'not on a Sunday' >&2\nexit 1\n");
        File.SetUnixFileMode(repository.Outside("server.git/hooks/pre-receive"), (UnixFileMode)0x1ed);

        Should.Throw<StoreException>(() => writer.Share("origin", session, force: false, mayPrompt: false)).Message
            .ShouldContain("not on a Sunday");
        Should.Throw<UsageException>(() => writer.Share("nowhere", session, force: false, mayPrompt: false)).Error.Code
            .ShouldBe("no-such-remote");
    }

    [Theory]
    [InlineData("Ann Lee", "Ann-Lee")]
    [InlineData("../x..y.lock", "x.y")]
    [InlineData("a~b^c:d?e*f[g\\h", "a-b-c-d-e-f-g-h")]
    public void A_users_name_becomes_one_that_git_allows(string given, string expected)
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.share.user", given);
        using var writer = Writer.Open(repository.Root);
        var pushed = writer.Share("origin", Session(repository, writer, "b.txt", "b\n"), force: false, mayPrompt: false);

        pushed.User.ShouldBe(expected);
        repository.Git("check-ref-format", pushed.Refs[0]).ShouldBeEmpty();
    }

    [Fact]
    public void The_command_says_what_it_did_as_text_and_as_json()
    {
        using var repository = Repository();
        string session;
        using (var writer = Writer.Open(repository.Root))
        {
            session = Session(repository, writer, "b.txt", "b\n");
        }

        Writeopt.Run(repository, "share", "push", "origin").ExitCode.ShouldBe(2);
        Writeopt.Run(repository, "share", "push", "origin", session).Output.ShouldContain("Shared 3 refs with origin as Ann.Lee");
        using var fetched = System.Text.Json.JsonDocument.Parse(Writeopt.Run(repository, "share", "fetch", "origin", "--json").Output);
        fetched.RootElement.GetProperty("known").GetInt32().ShouldBe(3);
        using var listed = System.Text.Json.JsonDocument.Parse(Writeopt.Run(repository, "share", "list", "--json").Output);
        listed.RootElement.EnumerateArray().Select(i => i.GetProperty("session").GetString()).Distinct().ShouldBe([session]);
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var repository = TestRepository.With(
            new Dictionary<string, string> { ["a.txt"] = "one\n", [".gitignore"] = ".env\n" }, "-b master", test);
        repository.Git("init", "-q", "--bare", "-b", "master", repository.Outside("server.git"));
        repository.Git("remote", "add", "origin", "../server.git");
        repository.Git("push", "-q", "origin", "HEAD:master");
        repository.Git("config", "user.email", "Ann.Lee@example.com");
        return repository;
    }

    // A session with a checkpoint, a snapshot and a transaction that writes one file.
    private static string Session(TestRepository repository, Writer writer, string path, string content)
    {
        var session = writer.StartSession(null, "agent", Environment.ProcessId, new CheckpointRequest(CheckpointReason.Start, "start")).Id;
        var batch = System.Text.Json.JsonSerializer.Serialize(new { op = "write", path, content });
        writer.Apply(repository.Batch(batch), new ApplyOptions { Session = session, NoValidate = true }).State.ShouldBe(WriteState.Applied);
        repository.Write("a.txt", "two\n");
        writer.TakeSnapshot("of the session", session, Durability.None);
        writer.EndSession(session, aborted: false, new CheckpointRequest(CheckpointReason.End, "end"));
        return session;
    }

    private static string Server(TestRepository repository, params string[] arguments) =>
        TestRepository.Run(repository.Outside("server.git"), "git", arguments).TrimEnd('\n');

    private static string[] ServerRefs(TestRepository repository) =>
        Server(repository, "for-each-ref", "--format=%(refname)").Split('\n');
}
