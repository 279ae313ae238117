using System.Text.Json;
using GitWriteOpt.Metrics;

namespace GitWriteOpt.Tests.Metrics;

public sealed class EventTraceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly List<string> _complaints = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Events_have_the_names_and_fields_of_trace2()
    {
        var file = Path.Combine(_folder, "trace");
        using (var trace = EventTrace.Open(file, _complaints.Add, TimeProvider.System)!)
        {
            trace.Started("1.0", ["git-writeopt", "share", "push", "https://me:secret@example.com/x.git"]);
            trace.Command("share");
            trace.Region("phase", "swap", TimeSpan.FromMilliseconds(5));
            trace.Data("decision", "strategy: batch", "2 groups");
            trace.Child("git", ["git", "push"]).Exited(3);
            trace.Error("conflict", "edit-not-found", "a.txt");
            trace.Exit(1);
        }

        var events = Events(file);
        events.Select(e => e.GetProperty("event").GetString()).ShouldBe(
            ["version", "start", "cmd_name", "region_enter", "region_leave", "data", "child_start", "child_exit", "error", "exit"]);
        events.ShouldAllBe(e => e.GetProperty("sid").GetString() == events[0].GetProperty("sid").GetString()
            && e.GetProperty("time").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-5));
        events[1].GetProperty("argv").ToString().ShouldBe("""["git-writeopt","share","push","https://\u003Credacted\u003E@example.com/x.git"]""");
        events[4].GetProperty("t_rel").GetDouble().ShouldBe(0.005);
        (events[4].GetProperty("time").GetDateTimeOffset() - events[3].GetProperty("time").GetDateTimeOffset()).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(5));
        (events[7].GetProperty("child_id").GetInt32(), events[7].GetProperty("code").GetInt32()).ShouldBe((0, 3));
        (events[8].GetProperty("fmt").GetString(), events[9].GetProperty("code").GetInt32()).ShouldBe(("edit-not-found", 1));
        _complaints.ShouldBeEmpty();
    }

    [Fact]
    public void Several_write_into_one_file_line_by_line_and_a_directory_gets_a_file_each()
    {
        var file = Path.Combine(_folder, "trace");
        Parallel.For(0, 4, _ =>
        {
            using var trace = EventTrace.Open(file, _complaints.Add, TimeProvider.System)!;
            for (var i = 0; i < 100; i++)
            {
                trace.Data("decision", "x", new string('y', 300));
            }
        });
        Events(file).Count.ShouldBe(400);
        using (var trace = EventTrace.Open(_folder, _complaints.Add, TimeProvider.System)!)
        {
            trace.Exit(0);
        }

        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_written_is_said_once_and_never_thrown()
    {
        EventTrace.Open("trace", _complaints.Add, TimeProvider.System).ShouldBeNull();
        EventTrace.Open(Path.Combine(_folder, "none", "trace"), _complaints.Add, TimeProvider.System).ShouldBeNull();
        _complaints.Count.ShouldBe(2);
        using var trace = EventTrace.Open("/dev/full", _complaints.Add, TimeProvider.System)!;
        trace.Exit(0);
        trace.Exit(0);
        _complaints.Count.ShouldBe(3);
        _complaints.ShouldAllBe(c => c.StartsWith("WRITEOPT_TRACE", StringComparison.Ordinal));
    }

    private static List<JsonElement> Events(string file) => [.. File.ReadAllLines(file).Select(line => JsonDocument.Parse(line).RootElement)];
}
