using GitWriteOpt.Diagnosis;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Diagnosis;

public sealed class DoctorTests
{
    private const string Batch = """{"op":"write","path":"a.txt","content":"a\n"}""";
    private const string Gone = "1234567890123456789012345678901234567890";

    [Fact]
    public void A_sound_repository_is_well_and_its_ground_is_told()
    {
        using var repository = Repository();
        repository.Applied(Batch);
        var outcome = Examine(repository);
        Problems(outcome).ShouldBeEmpty();
        outcome.State.ShouldBe(DoctorState.Well);
        (outcome.Ground.ObjectFormat, outcome.Ground.RefBackend).ShouldBe(("sha1", "files"));
        outcome.Ground.Git.ShouldBe(repository.Git("--version").Split(' ')[2]);
        outcome.Ground.Exchange.ShouldNotBeNull();
        Examine(repository, full: true).State.ShouldBe(DoctorState.Well);
    }

    [Fact]
    public void A_ref_to_a_missing_commit_is_noted_and_deleted_and_gits_gc_works_again()
    {
        using var repository = Repository();
        repository.Applied(Batch);
        Ref(repository, "tx/0000000000000001", Gone);
        Ref(repository, "tx/0000000000000002", "");
        var dry = Examine(repository, dryRun: true);
        dry.State.ShouldBe(DoctorState.Repaired);
        Ours(repository).Length.ShouldBe(3);
        var outcome = Examine(repository);
        Problems(outcome).ShouldBe(["missing-object+", "damaged-ref+"]);
        Problems(dry).ShouldBe(Problems(outcome));
        Ours(repository).Length.ShouldBe(1);
        File.ReadAllText(repository.At(".git/writeopt/doctor.log")).ShouldContain($"deleted refs/writeopt/tx/0000000000000001 {Gone}");
        Examine(repository).State.ShouldBe(DoctorState.Well);
    }

    [Fact]
    public void A_transaction_whose_content_is_missing_stays_and_can_be_kept_without_it()
    {
        using var repository = Repository();
        var applied = repository.Applied("""{"operations":[{"op":"write","path":"a.txt","content":"a\n"},{"op":"write","path":"b.txt","content":"b\n"}]}""");
        Lose(repository, applied, "a.txt");
        var outcome = Examine(repository);
        Problems(outcome).ShouldBe(["missing-blob", "stale-list+"]);
        outcome.State.ShouldBe(DoctorState.Attention);
        using (var writer = Writer.Open(repository.Root))
        {
            writer.Forget(new ForgetRequest { Paths = [GitWriteOpt.Paths.RepoPath.Parse("a.txt")] }).Rewritten.ShouldBe([applied.Ref!]);
        }

        Examine(repository).State.ShouldBe(DoctorState.Well);
        repository.Git("gc", "-q", "--prune=now"); // the old trees still name what is lost
    }

    [Fact]
    public void A_folded_transaction_whose_commit_is_missing_is_taken_out_of_the_chain()
    {
        using var repository = Repository();
        var ids = PastTransactions.Make(repository, PastTransactions.Minutes(4));
        using var writer = Writer.Open(repository.Root);
        var lost = writer.Find(ids[1].ToString()).Commit;
        writer.CollectGarbage(new GcRequest { KeepCount = 1 }).Folded.ShouldBe(3);
        Lose(repository, lost);
        Problems(Examine(repository)).ShouldBe(["missing-object+", "stale-list+"]);
        using var after = Writer.Open(repository.Root);
        after.Log(new()).Select(t => t.Transaction).ShouldBe(new[] { ids[3], ids[2], ids[0] }.Select(i => i.ToString()));
        repository.Git("update-ref", RefNames.Folded, repository.Git("rev-parse", "HEAD"));
        Problems(Examine(repository)).ShouldBe(["damaged-fold"]);
        repository.Git("update-ref", "-d", RefNames.Folded);
    }

    [Fact]
    public void What_was_cut_off_here_is_recovered_and_a_foreign_journal_is_only_reported_I6()
    {
        using var repository = Repository();
        var applied = repository.Applied(Batch);
        repository.Git("update-ref", "refs/writeopt/pending/" + applied.Transaction, applied.After!);
        repository.Git("update-ref", "-d", applied.Ref!);
        Ref(repository, "pending/0000000000000001", applied.After!);
        Problems(Examine(repository, dryRun: true)).ShouldBe(["stale-journal+", "foreign-journal"]);
        var outcome = Examine(repository);
        Problems(outcome).ShouldBe(["stale-journal+", "foreign-journal"]);
        outcome.State.ShouldBe(DoctorState.Attention);
        Ours(repository).ShouldBe(["refs/writeopt/pending/0000000000000001", applied.Ref!]);
        repository.Git("update-ref", "-d", "refs/writeopt/pending/0000000000000001");
    }

    [Fact]
    public void Leftovers_and_figures_and_a_stale_list_are_mended_and_old_locks_of_gits_are_named()
    {
        using var repository = Repository();
        repository.Applied(Batch);
        Directory.CreateDirectory(repository.At(".git/writeopt/stage/0000000000000001"));
        File.WriteAllText(repository.At(".git/writeopt/tmp_pack_writeopt_0123456789abcdef_1"), "left");
        File.AppendAllText(repository.At(".git/writeopt/figures"), "no figures\n");
        repository.Git("gc", "-q");
        File.WriteAllText(repository.At(".git/index.lock"), "");
        File.SetLastWriteTimeUtc(repository.At(".git/index.lock"), DateTime.UtcNow.AddHours(-2));
        var outcome = Examine(repository);
        Problems(outcome).ShouldBe(["damaged-figures+", "leftover+", "leftover+", "stale-list+", "old-lock"]);
        outcome.Findings.Single(f => f.Code == "old-lock").Suggestion!.ShouldContain("rm ");
        File.Exists(repository.At(".git/index.lock")).ShouldBeTrue("locks of git's are never removed");
        File.Delete(repository.At(".git/index.lock"));
        Examine(repository).State.ShouldBe(DoctorState.Well);
    }

    [Fact]
    public void A_token_that_is_damaged_is_found_again_in_the_transactions()
    {
        using var repository = Repository();
        repository.Applied(Batch);
        var token = File.ReadAllText(repository.At(".git/writeopt/worktree"));
        File.WriteAllText(repository.At(".git/writeopt/worktree"), "");
        Problems(Examine(repository)).ShouldBe(["damaged-token+"]);
        File.ReadAllText(repository.At(".git/writeopt/worktree")).ShouldBe(token);
    }

    [Fact]
    public void Packs_of_ours_that_are_damaged_are_named()
    {
        using var repository = Repository();
        repository.Applied(Batch);
        var pack = Directory.GetFiles(repository.At(".git/objects/pack"), "*.pack").Single();
        var bytes = File.ReadAllBytes(pack);
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(pack, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
        Examine(repository).State.ShouldBe(DoctorState.Well);
        Problems(Examine(repository, full: true)).ShouldBe(["damaged-pack"]);
        File.WriteAllBytes(pack, bytes);
        var index = Path.ChangeExtension(pack, ".idx");
        File.Move(index, index + ".away");
        Problems(Examine(repository)).ShouldContain("damaged-pack-index");
        File.Move(index + ".away", index);
        repository.Git("update-ref", "-d", "refs/writeopt/none");
    }

    [Theory]
    [InlineData("remote.there.mirror", "true")]
    [InlineData("remote.there.push", "+refs/*:refs/*")]
    [InlineData("remote.there.push", "refs/writeopt/*")]
    [InlineData("remote.there.fetch", "+refs/*:refs/*")]
    public void A_remote_that_would_publish_hidden_refs_is_warned_of_and_the_command_helps(string key, string value)
    {
        using var repository = Repository();
        repository.Applied(Batch);
        TestRepository.Run(repository.Root, "git", ["init", "-q", "--bare", repository.Outside("there.git")]);
        repository.Git("remote", "add", "there", repository.Outside("there.git"));
        repository.Git("config", key, value);
        var outcome = Examine(repository);
        Problems(outcome).ShouldBe(["mirror-remote"]);
        var (exitCode, _, error) = Writeopt.Run(repository, "install", "--hooks");
        (exitCode, error.Contains("hidden refs", StringComparison.Ordinal)).ShouldBe((0, true), error);
        TestRepository.Run(repository.Root, "sh", ["-c", outcome.Findings.Single(f => f.Code == "mirror-remote").Suggestion!]);
        Examine(repository).State.ShouldBe(DoctorState.Well);
        TestRepository.RunAny(repository.Root, "git", key.EndsWith("fetch", StringComparison.Ordinal)
            ? ["push", "-q", "there", "main"] : ["push", "-q", "there"]);
        TestRepository.Run(repository.Outside("there.git"), "git", ["for-each-ref", "refs/writeopt"]).ShouldBeEmpty();
        repository.Git("checkout", "-q", "--detach");
        repository.Git("fetch", "-q", "--prune", "there");
        Ours(repository).Length.ShouldBe(1);
    }

    [Fact]
    public void An_unknown_key_gets_a_suggestion_and_the_exit_code_says_that_something_remains()
    {
        using var repository = Repository();
        repository.Git("config", "writeopt.gc.keepDay", "3");
        repository.Git("config", "writeopt.gc.keepCount", "many");
        var (exitCode, output, _) = Writeopt.Run(repository, "doctor");
        exitCode.ShouldBe(1);
        output.ShouldContain("did you mean writeopt.gc.keepDays?");
        output.ShouldContain("\"many\"");
        repository.Git("config", "--unset", "writeopt.gc.keepCount");
        repository.Git("config", "--unset", "writeopt.gc.keepDay");
        (exitCode, output, _) = Writeopt.Run(repository, "doctor", "--json");
        exitCode.ShouldBe(0);
        using var answer = System.Text.Json.JsonDocument.Parse(output);
        answer.RootElement.GetProperty("state").GetString().ShouldBe("well");
        answer.RootElement.GetProperty("ground").GetProperty("objectFormat").GetString().ShouldBe("sha1");
    }

    private static TestRepository Repository([System.Runtime.CompilerServices.CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["f.txt"] = "f\n" }, "", test);

    private static DoctorOutcome Examine(TestRepository repository, bool dryRun = false, bool full = false)
    {
        using var writer = Writer.Open(repository.Root);
        return writer.Examine(new DoctorRequest(dryRun, full));
    }

    // Codes of what is no mere remark, with a plus where it is mended.
    private static string[] Problems(DoctorOutcome outcome) => [.. outcome.Findings
        .Where(f => f.Severity != FindingSeverity.Note || f.Repaired).Select(f => f.Code + (f.Repaired ? "+" : ""))];

    private static void Ref(TestRepository repository, string name, string content)
    {
        var file = repository.At(".git/refs/writeopt/" + name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content.Length > 0 ? content + "\n" : "");
    }

    private static string[] Ours(TestRepository repository) =>
        [.. Directory.GetFiles(repository.At(".git/refs/writeopt"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(repository.At(".git"), f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static void Lose(TestRepository repository, WriteOutcome applied, string path) =>
        Lose(repository, repository.Git("rev-parse", $"{applied.After}:{path}"));

    // All objects loose, then one of them gone.
    private static void Lose(TestRepository repository, string id)
    {
        foreach (var pack in Directory.GetFiles(repository.At(".git/objects/pack"), "*.pack"))
        {
            var moved = repository.Outside(Path.GetFileName(pack));
            File.Move(pack, moved);
            File.Delete(Path.ChangeExtension(pack, ".idx"));
            TestRepository.Run(repository.Root, "sh", ["-c", $"git unpack-objects -q < '{moved}'"]);
        }

        File.Delete(repository.At($".git/objects/{id[..2]}/{id[2..]}"));
    }
}
