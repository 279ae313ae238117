using GitWriteOpt.ObjectStore;
using GitWriteOpt.Retention;
using GitWriteOpt.Tests.EndToEnd;
using GitWriteOpt.Tests.Fixtures;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Tests.Retention;

public sealed class GcPackTests
{
    [Fact]
    public void Small_packs_become_one_with_every_object_and_the_time_of_the_newest()
    {
        using var repository = GcTests.Repository();
        var last = Apply(repository, 14);
        var unreachable = repository.Git("rev-parse", last + ":n14.txt");
        repository.Git("update-ref", "-d", "refs/writeopt/tx/" + last[^16..]);
        var packs = Packs(repository);
        var newest = packs.Max(p => p.LastWriteTimeUtc);
        GcTests.Gc(repository, new GcRequest()).PacksMerged.ShouldBe(14);
        Packs(repository).ShouldHaveSingleItem().LastWriteTimeUtc.ShouldBe(newest);
        repository.Git("cat-file", "-e", unreachable);
        File.ReadAllLines(repository.At(".git/writeopt/packs")).ShouldHaveSingleItem();
        Directory.GetFiles(repository.At(".git/objects/pack"), "*.keep").ShouldBeEmpty();
        Directory.GetFiles(repository.At(".git/writeopt"), "tmp_*").ShouldBeEmpty();
        using var writer = Writer.Open(repository.Root);
        writer.Rollback(new() { To = writer.Log(new LogQuery()).Last().Transaction }).State.ShouldBe(WriteState.Applied);
    }

    [Theory]
    [InlineData(new long[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 1000 }, 11)]
    [InlineData(new long[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 }, 0)]
    [InlineData(new long[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048 }, 0)]
    [InlineData(new long[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 50 }, 12)]
    public void A_large_pack_is_never_copied_for_the_sake_of_small_ones(long[] sizes, int merged) =>
        GeometricMerge.Choose(sizes.Select(s => (s, s))).Count.ShouldBe(merged);

    [Fact]
    public void A_merge_that_a_kill_cut_off_left_all_objects_and_the_next_gc_goes_on()
    {
        using var repository = GcTests.Repository();
        Apply(repository, 12);
        var layout = Discovery.Find(repository.Root);
        var old = MergedPack.Candidates(layout);
        var copies = old.SelectMany(p => new[] { ".pack", ".idx" }
            .Select(e => Path.ChangeExtension(p.FullName, e))).ToDictionary(f => f, File.ReadAllBytes);
        using (var merged = MergedPack.Write(layout, old, 1))
        {
            merged.Replace();
        }

        // As a kill leaves it after the new pack has its name: half of the old ones gone, one without its index; then one
        // while the new pack was written.
        foreach (var (file, bytes) in copies.Skip(7))
        {
            File.WriteAllBytes(file, bytes);
        }

        File.WriteAllLines(repository.At(".git/writeopt/packs"),
            [.. copies.Keys.Select(f => Path.GetFileNameWithoutExtension(f)!).Distinct(), Path.GetFileNameWithoutExtension(Packs(repository).MaxBy(p => p.LastWriteTimeUtc)!.Name)]);
        File.WriteAllText(repository.At(".git/writeopt/tmp_merge_writeopt_gc_0-1.pack"), "half");
        var outcome = GcTests.Gc(repository, new GcRequest());
        outcome.Warnings.ShouldBeEmpty();
        outcome.Swept.ShouldBe(1);
        using var writer = Writer.Open(repository.Root);
        writer.Log(new LogQuery()).Count().ShouldBe(12);
        writer.Rollback(new() { To = writer.Log(new LogQuery()).Last().Transaction }).State.ShouldBe(WriteState.Applied);
    }

    [Fact]
    public void A_fold_that_a_kill_cut_off_shows_nothing_twice_and_the_next_gc_goes_on()
    {
        using var repository = GcTests.Repository();
        var ids = PastTransactions.Make(repository, PastTransactions.Minutes(8));
        var refs = repository.Git("for-each-ref", "--format=create %(refname) %(objectname)", "refs/writeopt/tx");
        GcTests.Gc(repository, new GcRequest { KeepCount = 2 }).Folded.ShouldBe(6);
        TestRepository.RunAny(repository.Root, "git", ["update-ref", "--stdin"],
            string.Concat(refs.Split('\n').Take(3).Select(l => l + "\n"))).ExitCode.ShouldBe(0);
        using var writer = Writer.Open(repository.Root);
        writer.Log(new LogQuery()).Select(t => t.Transaction).ShouldBe(ids.Reverse().Select(i => i.ToString()), ignoreOrder: true);
        writer.Find(ids[1].ToString()).Ref.ShouldStartWith(RefNames.Transactions);
        GcTests.Gc(repository, new GcRequest { KeepCount = 2 }).Folded.ShouldBe(3);
        writer.Log(new LogQuery()).Select(t => t.Transaction).ShouldBe(ids.Reverse().Select(i => i.ToString()));
        writer.Status().Transactions.ShouldBe(8);
    }

    [Fact]
    public void Many_gcs_keep_the_chain_of_folds_short()
    {
        using var repository = GcTests.Repository();
        for (var i = 1; i <= 4; i++)
        {
            PastTransactions.Make(repository, PastTransactions.Minutes(90), $"p{i}.txt");
            GcTests.Gc(repository, new GcRequest { KeepCount = 10 });
        }

        repository.Git("rev-list", "--first-parent", "--grep=^Folded:", RefNames.Folded).Split('\n').Length.ShouldBe(2);
        using var writer = Writer.Open(repository.Root);
        writer.Status().Transactions.ShouldBe(360);
    }

    [Fact]
    public void Leftovers_of_a_worktree_that_was_removed_are_swept_and_those_of_a_cut_off_one_are_not()
    {
        using var repository = GcTests.Repository();
        repository.Applied("""{"op":"write","path":"a.txt","content":"a\n"}""");
        repository.Git("worktree", "add", "-q", "../linked", "-b", "side");
        using var linked = repository.Beside("linked");
        var applied = linked.Applied("""{"op":"write","path":"there.txt","content":"there\n"}""");
        var token = File.ReadAllText(repository.At(".git/worktrees/linked/writeopt/worktree")).Trim();
        string[] left = [.. new[] { token, "0123456789abcdef" }.SelectMany(t => new[]
        {
            repository.At($".git/writeopt/tmp_pack_writeopt_{t}_1"), repository.At($".git/objects/pack/tmp_idx_writeopt_{t}_1"),
        })];
        left.ToList().ForEach(f => File.WriteAllText(f, "left"));
        File.WriteAllText(repository.At(".git/objects/pack/pack-1.keep"), "git-writeopt 0123456789abcdef\n");
        File.WriteAllText(repository.At(".git/objects/pack/pack-2.keep"), "the user's\n");
        GcTests.Gc(repository, new GcRequest()).Swept.ShouldBe(3);
        left.Select(File.Exists).ShouldBe([true, true, false, false], "the linked worktree has a witness: its own recovery decides");
        File.Exists(repository.At(".git/objects/pack/pack-2.keep")).ShouldBeTrue();
        applied.State.ShouldBe(WriteState.Applied);
        File.Delete(repository.At(".git/objects/pack/pack-2.keep"));
    }

    [Fact]
    public void Gc_waits_for_a_writer_elsewhere_and_says_so_and_an_automatic_one_does_not_wait_I7()
    {
        using var repository = GcTests.Repository();
        repository.Applied("""{"op":"write","path":"a.txt","content":"a\n"}""");
        var gate = repository.At(".git/writeopt/gc");
        using var holder = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("flock", ["-s", gate, "-c", "echo held; read line"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
        holder.StandardOutput.ReadLine().ShouldBe("held");
        using var writer = Writer.Open(repository.Root);
        var waited = false;
        (writer.LockLimit, writer.Waiting) = (TimeSpan.FromMilliseconds(50), () => waited = true);
        writer.CollectGarbage(new GcRequest { Auto = true }).State.ShouldBe(GcState.Busy);
        waited.ShouldBeFalse();
        Should.Throw<GitWriteOpt.Errors.RefusedException>(() => writer.CollectGarbage(new GcRequest())).Error.Code.ShouldBe("lock-busy");
        waited.ShouldBeTrue();
        holder.StandardInput.Close();
        holder.WaitForExit();
        writer.CollectGarbage(new GcRequest()).State.ShouldBe(GcState.Unchanged);
    }

    [Fact]
    public void After_fifty_transactions_a_gc_starts_in_the_background_once_a_day_and_not_where_it_is_turned_off()
    {
        using var repository = GcTests.Repository();
        var stamp = repository.At(".git/writeopt/gc-stamp");
        repository.Git("config", "writeopt.gc.auto", "false");
        Apply(repository, 49);
        File.WriteAllLines(repository.At(".git/writeopt/packs"), [.. File.ReadAllLines(repository.At(".git/writeopt/packs"))]);
        var started = 0;
        using var writer = Writer.Open(repository.Root);
        writer.UpkeepDue = () => started++;
        writer.Rollback(new()).State.ShouldBe(WriteState.Applied);
        (started, File.Exists(stamp)).ShouldBe((0, false));
        repository.Git("config", "writeopt.gc.auto", "true");
        var (exitCode, _, error) = Writeopt.Run(repository, "undo", "@");
        exitCode.ShouldBe(0, error);
        File.Exists(stamp).ShouldBeTrue();
        SpinWait.SpinUntil(() => Packs(repository).Length < 10, TestRepository.Patience).ShouldBeTrue("the gc in the background merges");
        SpinWait.SpinUntil(() => !FileLock.IsHeld(repository.At(".git/writeopt/gc-run")), TestRepository.Patience).ShouldBeTrue();
        using var later = Writer.Open(repository.Root);
        later.UpkeepDue = () => started++;
        File.AppendAllLines(repository.At(".git/writeopt/packs"), Enumerable.Range(0, 60).Select(i => $"pack-{i:x40}"));
        later.Rollback(new()).State.ShouldBe(WriteState.Applied);
        started.ShouldBe(0, "one was started today");
        File.SetLastWriteTimeUtc(stamp, DateTime.UtcNow.AddDays(-2));
        later.Rollback(new()).State.ShouldBe(WriteState.Applied);
        started.ShouldBe(1);
    }

    private static string Apply(TestRepository repository, int count)
    {
        using var writer = Writer.Open(repository.Root);
        var last = "";
        for (var i = 1; i <= count; i++)
        {
            last = writer.Apply(repository.Batch($$"""{"op":"write","path":"n{{i}}.txt","content":"{{i}}\n"}"""),
                new ApplyOptions { Durability = Durability.None }).Ref!;
        }

        return last;
    }

    private static FileInfo[] Packs(TestRepository repository) =>
        new DirectoryInfo(repository.At(".git/objects/pack")).GetFiles("*.pack");
}
