using GitWriteOpt.Crashes.Tracing;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Crashes;

public sealed class TracerTests : IDisposable
{
    private readonly string _root = Directory.CreateDirectory(
        $"{HermeticEnvironment.Root}/traced-{Guid.NewGuid().ToString("N")[..8]}").FullName;

    [Fact]
    public void It_counts_the_calls_of_a_known_program_below_the_root_alone()
    {
        var result = Run("mkdir d; printf abc > d/f; mv d/f d/g; ln -s g d/l; rm d/g; printf x > /dev/null");
        result.ExitCode.ShouldBe(0);
        result.Calls.Select(c => c.Class).ShouldBe(
        [
            CallClass.MakeDirectory, CallClass.Create, CallClass.Write, CallClass.Rename, CallClass.SymbolicLink,
            CallClass.Remove,
        ]);
        result.Calls[3].Paths.ShouldBe([_root + "/d/f", _root + "/d/g"]);
        result.Calls.ShouldAllBe(c => c.Result >= 0);
        result.Calls[2].Bytes.ShouldBe(3);
    }

    [Fact]
    public void It_follows_children_with_one_count() =>
        Run("(mkdir a; (mkdir b; mkdir c)); mkdir d").Calls.Select(c => (c.Number, Path.GetFileName(c.Paths[0])))
            .ShouldBe([(1, "a"), (2, "b"), (3, "c"), (4, "d")]);

    [Fact]
    public void It_kills_before_the_call_that_was_asked_for()
    {
        var result = Run("mkdir a; mkdir b; mkdir c", new Strike.Kill(), 2);
        result.ExitCode.ShouldBe(128 + 9);
        result.Hit!.Paths.ShouldBe([_root + "/b"]);
        Names().ShouldBe(["a"]);
    }

    [Fact]
    public void It_kills_after_the_call_that_was_asked_for()
    {
        Run("mkdir a; mkdir b; mkdir c", new Strike.Kill(After: true), 2);
        Names().ShouldBe(["a", "b"]);
    }

    [Fact]
    public void It_tears_a_write()
    {
        Run("printf 12345678 > f; mkdir later", new Strike.Tear(), 2).Hit!.Name.ShouldBe("write");
        Names().ShouldBe(["f"]);
        File.ReadAllText(_root + "/f").ShouldBe("1234");
    }

    [Fact]
    public void It_lets_one_call_fail_with_the_errno_that_was_asked_for()
    {
        var result = Run("mkdir a; mkdir b; mkdir c", new Strike.Fail(28), 2);
        result.Error.ShouldContain("No space left on device");
        result.Calls[1].Result.ShouldBe(-28);
        Names().ShouldBe(["a", "c"]);
    }

    [Fact]
    public void It_lets_all_later_calls_fail_too()
    {
        Run("mkdir a; mkdir b; mkdir c", new Strike.Fail(28, Lasting.Sticky), 2);
        Names().ShouldBe(["a"]);
    }

    [Fact]
    public void It_lets_later_calls_on_the_same_path_fail_too()
    {
        Run("mkdir a; mkdir b; mkdir b; mkdir c", new Strike.Fail(13, Lasting.StickyPath), 2);
        Names().ShouldBe(["a", "c"]);
    }

    [Fact]
    public void It_counts_the_classes_that_were_asked_for()
    {
        File.WriteAllText(_root + "/f", "x");
        Run("cat f", counted: CallClass.Open).Calls.Single().Paths.ShouldBe([_root + "/f"]);
        Run("cat f").Calls.ShouldBeEmpty();
    }

    [Fact]
    public void It_ends_a_command_that_hangs()
    {
        var result = Tracer.Run(Request("sleep 60") with { Limit = TimeSpan.FromMilliseconds(200) });
        result.TimedOut.ShouldBeTrue();
        result.ExitCode.ShouldBe(128 + 9);
    }

    [Fact]
    public void It_says_that_a_command_cannot_be_run() =>
        Tracer.Run(Request("") with { Command = [_root + "/none"] }).ExitCode.ShouldBe(127);

    [Fact]
    public void Several_run_side_by_side()
    {
        var results = Enumerable.Range(0, 8).AsParallel().Select(i => Run($"mkdir p{i}; mkdir p{i}/q; rmdir p{i}/q")).ToList();
        results.ShouldAllBe(r => r.ExitCode == 0 && r.Calls.Count == 3);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private List<string> Names() => [.. Directory.EnumerateFileSystemEntries(_root).Select(e => Path.GetFileName(e)!).Order()];

    private TraceResult Run(string script, Strike? strike = null, int at = 0,
        CallClass counted = CallClass.StateChanging) => Tracer.Run(Request(script) with
        {
            Strike = strike ?? new Strike.None(),
            At = at,
            Counted = counted,
        });

    private TraceRequest Request(string script)
    {
        Assert.SkipWhen(Tracer.Unavailable is not null, Tracer.Unavailable ?? "");
        return new TraceRequest(["/bin/sh", "-c", script], _root, _root,
            new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")!, ["LC_ALL"] = "C" });
    }
}
