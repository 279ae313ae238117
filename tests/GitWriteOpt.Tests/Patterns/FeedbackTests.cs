using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;

namespace GitWriteOpt.Tests.Patterns;

public sealed class FeedbackTests : IDisposable
{
    private static readonly ObjectId Head = ObjectId.Parse(new string('a', 40));
    private readonly string _file = Path.Combine(Path.GetTempPath(), "feedback-" + Guid.NewGuid().ToString("N"), "suggestions");

    [Fact]
    public void What_was_shown_is_taken_ignored_or_declined_and_counted_once()
    {
        var feedback = new Feedback(_file, TimeProvider.System);
        feedback.Show(KindFigures.CoChange, ["a.h", "b.h", "c.h"], ["a.c"], Head);
        feedback.Show(KindFigures.CoChange, ["a.h"], ["a.c"], Head);
        feedback.Decline(KindFigures.CoChange, "c.h", ["a.c"]);
        feedback.Settle([Commit("a.c", "a.h")]);
        var figures = new Feedback(_file, TimeProvider.System).Figures();
        figures.Kinds.ShouldBe([new SuggestionFigure(KindFigures.CoChange, 3, 1, 1, 1)]);
        figures.Since!.Value.ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        feedback.IsDeclined(KindFigures.CoChange, "c.h", ["a.c"]).ShouldBeTrue();
        feedback.IsDeclined(KindFigures.CoChange, "c.h", ["other.c"]).ShouldBeFalse();
        feedback.IsDeclined(KindFigures.TemplatePath, "c.h", ["a.c"]).ShouldBeFalse();
        feedback.Moved(KindFigures.CoChange, "b.h", 0.8).ShouldBeLessThan(0.8);
        feedback.Moved(KindFigures.CoChange, "a.h", 0.8).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void A_next_step_is_taken_when_it_is_made_and_ignored_when_its_window_is_over()
    {
        var feedback = new Feedback(_file, TimeProvider.System);
        feedback.Show(KindFigures.Workflow, ["release"], ["change CHANGELOG.md"], Head);
        feedback.Settle([Commit("x")]);
        feedback.Figures().Kinds[0].ShouldBe(new SuggestionFigure(KindFigures.Workflow, 1, 0, 0, 0));
        feedback.Settle([Commit("CHANGELOG.md")]);
        feedback.Figures().Kinds[0].Taken.ShouldBe(1);
        feedback.Show(KindFigures.Workflow, ["release"], ["change CHANGELOG.md"], Head);
        feedback.Settle([Commit("1"), Commit("2"), Commit("3"), Commit("4")]);
        feedback.Figures().Kinds[0].Ignored.ShouldBe(1);
    }

    [Fact]
    public void Lines_of_an_older_version_count_as_co_change()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        File.WriteAllText(_file, "{\"path\":\"a.h\",\"answer\":\"taken\",\"given\":[\"a.c\"],\"head\":null}\n{half");
        new Feedback(_file, TimeProvider.System).Figures().ShouldSatisfyAllConditions(
            f => f.Since.ShouldBeNull(), f => f.Kinds.ShouldBe([new SuggestionFigure(KindFigures.CoChange, 1, 1, 0, 0)]));
    }

    public void Dispose()
    {
        if (Directory.Exists(Path.GetDirectoryName(_file)))
        {
            Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
        }
    }

    private static LearnedCommit Commit(params string[] paths) => new("c", 1, [.. paths.Select(p => new LearnedChange('M', p))]);
}
