using GitWriteOpt.Metrics;

namespace GitWriteOpt.Tests.Metrics;

public sealed class FigureLogTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void How_it_was_written_is_kept_and_what_was_walked_back_is_no_figure_for_estimates()
    {
        var figure = new RecordedFigure(9, 90, 4.5) { Strategy = "batch", Groups = 3, LargestGroup = 5, ParallelGroups = 2 };
        FigureLog.Append(_file, figure, Durability.Full).ShouldBeTrue();
        FigureLog.Append(_file, figure with { IsApplied = false }, Durability.Full).ShouldBeTrue();
        FigureLog.Read(_file, Durability.Full).ShouldBe([figure]);
        FigureLog.ReadAll(_file, Durability.Full).Count.ShouldBe(2);
        FigureLog.Damaged(_file).ShouldBe(0);
    }

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Figures_come_back_for_the_durability_that_they_were_measured_at()
    {
        FigureLog.Append(_file, 1, 10, 2.5, Durability.Full).ShouldBeTrue();
        FigureLog.Append(_file, 2, 20, 0.5, Durability.None).ShouldBeTrue();
        FigureLog.Append(_file, 3, 30, 3.5, Durability.Full).ShouldBeTrue();
        FigureLog.Read(_file, Durability.Full)
            .ShouldBe([new RecordedFigure(1, 10, 2.5), new RecordedFigure(3, 30, 3.5)]);
        FigureLog.Read(_file, Durability.None).ShouldBe([new RecordedFigure(2, 20, 0.5)]);
        FigureLog.Read(_file, Durability.Batch).ShouldBeEmpty();
    }

    [Fact]
    public void Lines_that_a_kill_left_in_pieces_are_passed_over()
    {
        File.WriteAllText(_file, "1 10 2.5\n1 10 x Full\n4 40 4.5 Full\n5 5");
        FigureLog.Read(_file, Durability.Full).ShouldBe([new RecordedFigure(4, 40, 4.5)]);
        FigureLog.Read(_file + ".none", Durability.Full).ShouldBeEmpty();
    }
}
