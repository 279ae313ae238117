using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GitWriteOpt.Batches;
using GitWriteOpt.Errors;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;
using static GitWriteOpt.Tests.Batches.Reading;

namespace GitWriteOpt.Tests.Attacks;

/// <summary>Input made to exhaust, to confuse or to escape: it is refused in our words, quickly, or is only bytes.</summary>
public sealed class InputAttackTests
{
    private const string Laughs = """
        a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]
        b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
        c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
        d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]

        """;

    public static TheoryData<string> Unreadable => new(
        new string('[', 200_000), "{\"operations\":" + new string('[', 100_000), string.Concat(Enumerable.Repeat("{\"operations\":[{\"a\":", 50_000)),
        """{"op":"insert","path":"a","line":99999999999999999999999999,"text":"x"}""",
        """{"op":"insert","path":"a","line":1e400,"text":"x"}""", """{"op":"insert","path":"a","line":-1,"text":"x"}""",
        """{"op":"write","path":"a","content":"\ud800"}""", """{"op":"write","path":"a","path":"b","content":"x"}""",
        """{"op":"write","path":"a","content":"x"}{""", Laughs, "operations:\n  - op: delete\n    path: a\n",
        "--- a/a\n+++ b/a\n@@ -1,999999999 +1,999999999 @@\n-a\n+b\n", "--- a/a\n+++ b/a\n@@ -99999999999999999999 +1 @@\n-a\n+b\n",
        "--- a/a\n+++ b/a\n@@ -1,2147483647 +1,2147483647 @@\n", "--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n",
        "*** Begin Patch\n*** Update File: ../x\n@@\n-a\n+b\n*** End Patch");

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void What_is_made_to_confuse_a_reader_is_an_error_of_ours_with_every_format(string input)
    {
        foreach (var format in Enum.GetValues<BatchFormat>())
        {
            try
            {
                foreach (var operation in Read(input, format).Operations)
                {
                    operation.ToString().ShouldNotContain("..");
                }
            }
            catch (WriteException cause)
            {
                (cause is UsageException or RefusedException).ShouldBeTrue();
                cause.Error.Message.ShouldNotBeEmpty();
                cause.Error.Message.Length.ShouldBeLessThan(2_000);
            }
        }
    }

    [Fact]
    public void Yaml_is_only_bytes_as_content_and_no_batch()
    {
        using var repository = Repository();
        repository.Applied($$"""{"op":"write","path":"laughs.yaml","content":{{JsonSerializer.Serialize(Laughs)}}}""");
        repository.Read("laughs.yaml").ShouldBe(Laughs);
        var (exitCode, output, _) = Writeopt.Feed(repository, Laughs, "apply", "--json");
        exitCode.ShouldBe(2);
        JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("category").GetString().ShouldBe("usage");
    }

    [Theory]
    [InlineData("{\"op\":\"write\",\"path\":\"a\u00ff\",\"content\":\"x\"}")]
    [InlineData("{\"op\":\"write\",\"path\":\"a\",\"content\":\"\u00c3\"}")]
    [InlineData("*** Begin Patch\n*** Add File: a\u00ff\n+x\n*** End Patch\n")]
    public void Bytes_that_are_no_UTF8_make_no_name(string latin)
    {
        var bytes = Encoding.Latin1.GetBytes(latin);
        Should.Throw<WriteException>(() => BatchReader.Read(bytes, BatchFormat.Auto, Context)).Error.Message.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("literal 4000000000\nHcmV?d00001\n\nliteral 0\nHcmV?d00001\n\n")]
    [InlineData("delta 4000000000\nHcmV?d00001\n\ndelta 0\nHcmV?d00001\n\n")]
    public void A_binary_patch_that_announces_an_absurd_size_is_refused_without_making_room_for_it(string body)
    {
        using var repository = Repository();
        var before = repository.State();
        var diff = $"diff --git a/new.bin b/new.bin\nnew file mode 100644\nindex {new string('0', 40)}..{new string('1', 40)}\nGIT binary patch\n{body}";
        var (exitCode, output, _) = Writeopt.Feed(repository, diff, "apply", "--json", "--format", "diff");
        exitCode.ShouldBeOneOf(1, 2);
        using var answer = JsonDocument.Parse(output);
        answer.RootElement.GetProperty("error").GetProperty("code").GetString().ShouldNotBe("defect");
        repository.State().ShouldBe(before);
    }

    [Theory]
    [InlineData("GIT~1")]
    [InlineData("d/.git...")]
    [InlineData(".git . . ")]
    [InlineData(".gi\u200dt/config")]
    [InlineData("\ufeff.git/config")]
    [InlineData("d/.GiT::$DATA")]
    [InlineData(".git:stream")]
    [InlineData("a\\.git\\config")]
    [InlineData("a\\..\\..\\.git\\config")]
    public void Every_spelling_of_gits_directory_is_refused(string path) =>
        Should.Throw<RefusedException>(() => One($$"""{"op":"write","path":{{JsonSerializer.Serialize(path)}},"content":"x"}"""))
            .Error.Code.ShouldBe("unsafe-path");

    [Theory]
    [InlineData(".gitmodules")]
    [InlineData("d/.GITMODULES")]
    [InlineData("gitmod~1")]
    [InlineData("GI7EBA~1")]
    [InlineData(".gitmodules .")]
    [InlineData(".gitmod\u200cules")]
    [InlineData(".gitmodules::$DATA")]
    public void Gitmodules_is_never_made_a_link_by_any_name(string path)
    {
        using var repository = Repository();
        var name = JsonSerializer.Serialize(path);
        var outcome = repository.Apply($$"""{"op":"symlink","path":{{name}},"target":"f.txt"}""");
        (outcome.State, outcome.Error?.Code).ShouldBe((WriteState.Refused, "unsafe-path"));
        repository.Applied($$"""{"op":"write","path":{{name}},"content":""}""");
    }

    [Fact]
    public void Names_are_as_long_as_the_file_system_takes_them_and_no_longer()
    {
        using var repository = Repository();
        var longest = new string('n', 255);
        repository.Applied($$"""{"op":"write","path":"{{longest}}/{{longest}}","content":"x"}""");
        repository.Read($"{longest}/{longest}").ShouldBe("x");
        foreach (var path in (string[])[new string('n', 256), new string('\u00e4', 128), string.Join('/', Enumerable.Repeat("ab", 1366))])
        {
            var outcome = repository.Apply($$"""{"op":"symlink","path":"x","target":"y"}""").State == WriteState.Applied
                ? Should.Throw<RefusedException>(() => repository.Apply($$"""{"op":"write","path":"{{path}}","content":"x"}""")) : null;
            outcome.ShouldNotBeNull().Error.Code.ShouldBe("unsafe-path");
            repository.Apply("""{"op":"delete","path":"x"}""");
        }
    }

    [Fact]
    public void Sockets_fifos_and_devices_in_the_way_are_refused_by_name()
    {
        using var repository = Repository();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")[..8]);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        File.Move(path, repository.At("socket"));
        TestRepository.Run(repository.Root, "mkfifo", ["fifo"]);
        var device = TestRepository.RunAny(repository.Root, "mknod", ["device", "c", "1", "3"]).ExitCode == 0;
        foreach (var name in (string[])["socket", "fifo", .. device ? ["device"] : Array.Empty<string>()])
        {
            foreach (var batch in (string[])
            [
                $$"""{"op":"write","path":"{{name}}","content":"x"}""", $$"""{"op":"delete","path":"{{name}}"}""",
                $$"""{"op":"edit","path":"{{name}}","edits":[{"old":"a","new":"b"}]}""", $$"""{"op":"move","from":"{{name}}","to":"z"}""",
                $$"""{"op":"move","from":"f.txt","to":"{{name}}"}""", $$"""{"op":"symlink","path":"{{name}}","target":"z"}""",
            ])
            {
                var outcome = repository.Apply(batch);
                (outcome.State, outcome.Error?.Code).ShouldBe((WriteState.Refused, "special-file"), batch);
            }

            repository.Apply($$"""{"op":"write","path":"{{name}}/below","content":"x"}""").State.ShouldBe(WriteState.Refused);
        }

        foreach (var name in (string[])["socket", "fifo", "device"])
        {
            File.Delete(repository.At(name));
        }
    }

    [Fact]
    public void A_name_on_disk_that_is_no_UTF8_is_left_alone_beside_our_writes_and_refuses_what_would_take_it_along()
    {
        using var repository = Repository();
        TestRepository.Run(repository.Root, "sh", ["-c", "mkdir odd && printf x > \"$(printf 'odd/\\377')\" && printf y > odd/y"]);
        repository.Applied("""{"op":"write","path":"odd/y","content":"Y"}""");
        var outcome = repository.Apply("""{"op":"move","from":"odd","to":"even"}""");
        (outcome.State, outcome.Error?.Code).ShouldBe((WriteState.Refused, "name-not-utf8"));
        TestRepository.Run(repository.Root, "sh", ["-c", "cat \"$(printf 'odd/\\377')\""]).ShouldBe("x");
        TestRepository.Run(repository.Root, "sh", ["-c", "rm -r odd"]);
    }

    [Theory]
    [InlineData("gitmodules")]
    [InlineData("heavy batch")]
    [InlineData("read anyway")]
    public void A_file_at_the_path_of_a_removed_submodule_is_refused_I12(string how)
    {
        using var repository = Repository();
        var head = repository.Git("rev-parse", "HEAD");
        repository.Git("update-index", "--add", "--cacheinfo", $"160000,{head},sub");
        if (how == "gitmodules")
        {
            repository.Write(".gitmodules", "[submodule \"sub\"]\n\tpath = sub\n\turl = ./x\n");
        }

        var content = how == "heavy batch" ? new string('x', 4096) : "x";
        var other = how == "read anyway" ? """,{"op":"write","path":"new/dir","content":""}""" : "";
        var outcome = repository.Apply($$"""{"operations":[{"op":"write","path":"sub","content":"{{content}}"}{{other}}]}""");
        (outcome.State, outcome.Error?.Code).ShouldBe((WriteState.Refused, "inside-submodule"));
        repository.Exists("sub").ShouldBeFalse();
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "f\n" }, "", test);
}
