using GitWriteOpt.Crashes.Judging;
using GitWriteOpt.Crashes.Scenarios;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Crashes;

/// <summary>The judge is handed each kind of breakage: one that it did not see would make every sweep worth nothing.</summary>
public sealed class JudgeTests
{
    [Fact]
    public void Both_states_are_told_apart_and_are_good()
    {
        using var trial = new Trial();
        trial.Verdict().ShouldSatisfyAllConditions(v => v.Ending.ShouldBe(Ending.Before), v => v.IsGood.ShouldBeTrue());
        trial.Repository.Write("a", "after\n");
        trial.Hold("before\n");
        trial.Verdict().ShouldSatisfyAllConditions(v => v.Ending.ShouldBe(Ending.After), v => v.IsGood.ShouldBeTrue());
    }

    [Fact]
    public void A_mixture_is_torn()
    {
        using var trial = new Trial();
        trial.Repository.Write("b", "somebody's\n");
        trial.Harms().ShouldBe([Harm.Torn]);
    }

    [Fact]
    public void A_mode_an_empty_directory_and_an_index_entry_count()
    {
        using var trial = new Trial();
        File.SetUnixFileMode(trial.Repository.At("b"), (UnixFileMode)0x180);
        trial.Harms().ShouldBe([Harm.Torn]);
        File.SetUnixFileMode(trial.Repository.At("b"), (UnixFileMode)0x1a4);
        trial.Harms().ShouldBeEmpty();
        Directory.CreateDirectory(trial.Repository.At("empty"));
        trial.Harms().ShouldBe([Harm.Torn]);
        Directory.Delete(trial.Repository.At("empty"));
        trial.Repository.Git("update-index", "--assume-unchanged", "b");
        trial.Harms().ShouldBe([Harm.Torn]);
    }

    [Fact]
    public void Bytes_of_the_user_that_no_ref_reaches_are_lost()
    {
        using var trial = new Trial();
        trial.Repository.Write("a", "after\n");
        trial.Harms().ShouldBe([Harm.Lost]);
    }

    [Fact]
    public void Bytes_of_a_batch_that_had_begun_are_lost_too()
    {
        using var trial = new Trial();
        trial.Verdict(begun: true).Findings.Select(f => f.Harm).ShouldBe([Harm.Lost]);
        trial.Hold("after\n");
        trial.Verdict(begun: true).IsGood.ShouldBeTrue();
    }

    [Fact]
    public void Locks_temps_and_journals_are_seen()
    {
        using var trial = new Trial();
        foreach (var (path, harm) in new[]
        {
            (".git/index.lock", Harm.Stuck), (".git/refs/heads/x.lock", Harm.Stuck), (".git/writeopt/reflock-1", Harm.Litter),
            (".git/writeopt/open/01abc", Harm.Litter), (".git/writeopt/stage/01abc/0", Harm.Litter),
            (".git/objects/pack/tmp_pack_writeopt_1", Harm.Litter), (".writeopt-01abc-0", Harm.Litter),
        })
        {
            trial.Repository.Write(path, "");
            trial.Harms().ShouldContain(harm, path);
            File.Delete(trial.Repository.At(path));
            Directory.CreateDirectory(trial.Repository.At(".git/writeopt/stage"));
            Directory.Delete(trial.Repository.At(".git/writeopt/stage"), recursive: true);
        }

        trial.Repository.Git("update-ref", "refs/writeopt/pending/01abc", "HEAD");
        trial.Harms().ShouldBe([Harm.Litter]);
    }

    [Fact]
    public void A_lock_that_somebody_holds_is_seen()
    {
        using var trial = new Trial();
        trial.Repository.Write(".git/writeopt/lock", "");
        trial.Harms().ShouldBeEmpty();
        using var held = GitWriteOpt.Transactions.FileLock.Acquire(
            trial.Repository.At(".git/writeopt/lock"), exclusive: true, TimeSpan.Zero);
        trial.Harms().ShouldBe([Harm.Stuck]);
    }

    [Fact]
    public void What_fsck_says_is_seen()
    {
        using var trial = new Trial();
        var blob = trial.Repository.At(".git/objects/" + trial.Repository.Git("rev-parse", "HEAD:b").Insert(2, "/"));
        var bytes = File.ReadAllBytes(blob);
        File.SetUnixFileMode(blob, (UnixFileMode)0x1a4);
        File.WriteAllBytes(blob, []);
        trial.Harms().ShouldContain(Harm.Fsck);
        File.WriteAllBytes(blob, bytes);
    }

    private sealed class Trial : IDisposable
    {
        private readonly Judge _judge;

        internal Trial()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "the judge reads modes and locks of Linux");
            Repository = TestRepository.With(new Dictionary<string, string> { ["b"] = "same\n" });
            var hermetic = new Hermetic(Repository.Outside("home"));
            Repository.Write("a", "after\n");
            var after = RepositoryState.Of(Repository.Root, false, hermetic);
            Repository.Write("a", "before\n");
            var before = RepositoryState.Of(Repository.Root, false, hermetic);
            _judge = new Judge(before, after, sha256: false, forgets: false, hermetic);
        }

        internal TestRepository Repository { get; }

        internal Verdict Verdict(bool begun = false) => _judge.Of(Repository.Root, begun);

        internal List<Harm> Harms() => [.. Verdict().Findings.Select(f => f.Harm).Distinct()];

        /// <summary>Makes a ref reach these bytes.</summary>
        internal void Hold(string content)
        {
            Repository.Write("../held", content);
            var blob = Repository.Git("hash-object", "-w", "--no-filters", Repository.Outside("held"));
            Repository.Git("update-ref", "refs/held/" + blob, blob);
        }

        public void Dispose() => Repository.Dispose();
    }
}
