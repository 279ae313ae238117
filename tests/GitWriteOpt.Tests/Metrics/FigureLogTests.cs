using GitWriteOpt.Metrics;

namespace GitWriteOpt.Tests.Metrics;

public sealed class FigureLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private string File => Path.Combine(_folder, "figures");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Figures_come_back_for_the_durability_that_they_were_measured_at()
    {
        FigureLog.Append(File, Applied(1, 10, 2.5, Durability.Full)).ShouldBeTrue();
        FigureLog.Append(File, Applied(2, 20, 0.5, Durability.None)).ShouldBeTrue();
        FigureLog.Append(File, Applied(3, 30, 3.5, Durability.Full)).ShouldBeTrue();
        FigureLog.Append(File, Applied(9, 90, 9.5, Durability.Full) with { State = "refused", Code = "edit-not-found" }).ShouldBeTrue();
        FigureLog.Read(File, Durability.Full)
            .ShouldBe([new RecordedFigure(1, 10, 2.5), new RecordedFigure(3, 30, 3.5)]);
        FigureLog.Read(File, Durability.None).ShouldBe([new RecordedFigure(2, 20, 0.5)]);
        FigureLog.Read(File, Durability.Batch).ShouldBeEmpty();
        FigureLog.All(File).Select(r => (r.State, r.Code, r.Transaction)).Last().ShouldBe(("refused", "edit-not-found", "01kaqs3r9x7m2v4b"));
    }

    [Fact]
    public void Lines_that_a_kill_left_in_pieces_are_passed_over_and_taken_out()
    {
        System.IO.File.WriteAllText(File, "1 10 2.5\n1 10 x Full\n4 40 4.5 Full\n5 5");
        FigureLog.Read(File, Durability.Full).ShouldBe([new RecordedFigure(4, 40, 4.5)]);
        FigureLog.Read(File + ".none", Durability.Full).ShouldBeEmpty();
        FigureLog.Damaged(File).ShouldBe(3);
        FigureLog.Mend(File);
        System.IO.File.ReadAllText(File).ShouldBe("4 40 4.5 Full\n");
    }

    [Fact]
    public void Records_written_at_once_are_all_whole_and_their_length_is_bounded()
    {
        Parallel.For(0, 8, writer =>
        {
            for (var i = 0; i < 200; i++)
            {
                FigureLog.Append(File, Applied(writer, i, 1, Durability.Full)).ShouldBeTrue();
            }
        });
        FigureLog.Damaged(File).ShouldBe(0);
        FigureLog.All(File).Count().ShouldBe(1600);

        System.IO.File.WriteAllText(File, new string('1', (2 << 20) + 1) + "\n");
        FigureLog.Append(File, Applied(1, 1, 1, Durability.Full)).ShouldBeTrue();
        FigureLog.Append(File, Applied(2, 2, 2, Durability.Full)).ShouldBeTrue();
        new FileInfo(File).Length.ShouldBeLessThan(200);
        FigureLog.All(File).Select(r => r.Files).ShouldBe([1, 2]);
    }

    private static CommandRecord Applied(int files, long bytes, double milliseconds, Durability durability) =>
        new("apply", "applied", files, bytes, milliseconds, durability, DateTimeOffset.UtcNow) { Transaction = "01kaqs3r9x7m2v4b" };
}
