using GitWriteOpt.Patterns;

namespace GitWriteOpt.Tests.Patterns;

public sealed class CalibrationTests
{
    [Fact]
    public void Confidence_is_what_held_in_the_replay()
    {
        var calibration = Calibration.Fit(Answers(200, 0.3, heldOfTen: 3).Concat(Answers(200, 0.8, heldOfTen: 6)), completeCommits: 100);
        calibration.Of(0.3).ShouldBe(0.3, 0.02);
        calibration.Of(0.8).ShouldBe(0.6, 0.02);
    }

    [Fact]
    public void It_warns_from_where_enough_held()
    {
        var calibration = Calibration.Fit(Answers(200, 0.7, heldOfTen: 5).Concat(Answers(200, 0.95, heldOfTen: 10)), completeCommits: 100);
        calibration.Warns.ShouldBeTrue();
        calibration.Of(0.95).ShouldBeGreaterThanOrEqualTo(Calibration.WarningConfidence);
        calibration.Of(0.9).ShouldBeLessThan(Calibration.WarningConfidence);
    }

    [Fact]
    public void Warnings_are_off_where_too_little_held_or_complete_commits_would_be_disturbed()
    {
        Calibration.Fit(Answers(200, 0.95, heldOfTen: 8), completeCommits: 100).Warns.ShouldBeFalse();
        var alarms = Enumerable.Repeat(new Judged(0.96, Holds: false, IsComplete: true), 20);
        Calibration.Fit([.. Answers(200, 0.95, heldOfTen: 10), .. alarms], completeCommits: 100).Warns.ShouldBeFalse();
    }

    [Fact]
    public void Too_few_answers_never_warn() =>
        Calibration.Fit(Answers(20, 0.99, heldOfTen: 10), completeCommits: 10).Of(0.99).ShouldBeLessThan(Calibration.WarningConfidence);

    [Fact]
    public void Confidence_never_falls_where_the_chance_rises()
    {
        var calibration = Calibration.Fit(Answers(100, 0.2, heldOfTen: 4).Concat(Answers(100, 0.5, heldOfTen: 2))
            .Concat(Answers(100, 0.9, heldOfTen: 9)), completeCommits: 50);
        var all = Enumerable.Range(0, 101).Select(i => calibration.Of(i / 100.0)).ToList();
        all.ShouldBe(all.Order());
    }

    [Fact]
    public void What_holds_in_this_repository_alone_is_learned_from_its_replay()
    {
        // The general model is undecided; here an answer holds where its last habit is strong.
        var judged = Enumerable.Range(0, 2000).Select(i => new Judged(0.5, Holds: i % 2 == 0, IsComplete: false) { Signs = Signs(i % 2 == 0 ? 1 : -1) });
        var calibration = Calibration.Fit(judged, completeCommits: 500);
        calibration.Warns.ShouldBeTrue();
        calibration.Of(calibration.Local.Of(Signs(1))).ShouldBeGreaterThanOrEqualTo(Calibration.WarningConfidence);
        calibration.Of(calibration.Local.Of(Signs(-1))).ShouldBeLessThan(0.1);
    }

    [Fact]
    public void The_general_model_stays_where_the_replay_is_short()
    {
        var judged = Enumerable.Range(0, 200).Select(i => new Judged(0.5, Holds: i % 2 == 0, IsComplete: false) { Signs = Signs(i % 2 == 0 ? 1 : -1) });
        Calibration.Fit(judged, completeCommits: 50).Local.ShouldBeSameAs(RepositoryFit.None);
        RepositoryFit.None.Of(Signs(1)).ShouldBe(0.5, 1e-6);
    }

    private static float[] Signs(float habit)
    {
        var signs = new float[RepositoryFit.Signs];
        signs[^1] = habit;
        return signs;
    }

    private static IEnumerable<Judged> Answers(int count, double chance, int heldOfTen) =>
        Enumerable.Range(0, count).Select(i => new Judged(chance, Holds: i % 10 < heldOfTen, IsComplete: false));
}
