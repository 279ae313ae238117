using System.Text.Json;
using GitWriteOpt.Cli.Reporting;

namespace GitWriteOpt.Cli.Demonstration;

/// <summary>
/// Plan, apply, a second batch killed half-way, recover, roll back, log. Each step is shown with its command line and its
/// output, and then checked against what is on disk; the first that does not hold ends it.
/// </summary>
internal sealed class Demo(ScratchRepository scratch, Screen? screen)
{
    private readonly List<DemoStep> _steps = [];
    private string _first = "";

    /// <summary>What was done so far.</summary>
    public IReadOnlyList<DemoStep> Steps => _steps;

    /// <summary>Runs all steps; whether each held.</summary>
    public bool Run()
    {
        Say($"A scratch repository: {scratch.Root}{(scratch.Keep ? "" : " (removed at the end)")}");
        DemoBatch.WriteSmall(Small);
        try
        {
            return Plan() && Apply() && Interrupt() && Recover() && RollBack() && Log();
        }
        finally
        {
            File.Delete(Small);
            File.Delete(Big);
            screen?.Finish();
        }
    }

    private string Small => scratch.Root + ".json";

    private string Big => scratch.Root + "-big.json";

    private bool Plan()
    {
        var answer = Show("Plan a batch: nothing changes", "plan", Small);
        return Holds(answer.ExitCode == 0 && answer.Output.Contains("## Write Plan", StringComparison.Ordinal)
            && IsAsCommitted(), "the plan was printed and no file changed", answer);
    }

    private bool Apply()
    {
        var answer = Show("Apply it as one transaction", "apply", Small);
        var newest = scratch.Writeopt("log", "--json", "-n", "1");
        _first = newest.ExitCode == 0 ? IdOfFirst(newest.Output) : "";
        return Holds(answer.ExitCode == 0 && _first.Length > 0 && IsWritten(),
            "every file of the batch is as it should be", answer);
    }

    private bool Interrupt()
    {
        Title("Apply a second batch and kill it half-way (SIGKILL)");
        var interruption = new Interruption(scratch, Big);
        Say($"$ git writeopt apply {Big}");
        var found = interruption.Run();
        Say(found ?? "");
        var answer = Show(null, "status");
        return Holds(found is not null && answer.ExitCode == 0 && scratch.IsPending(),
            "the transaction was cut off, and its journal is there", answer);
    }

    private bool Recover()
    {
        var answer = Show("Recover: all of it or nothing of it", "recover");
        var written = DemoBatch.CountWritten(scratch);
        var all = DemoBatch.CountInBatch(Big);
        return Holds(answer.ExitCode == 0 && !scratch.IsPending() && (written == 0 || written == all) && IsWritten(),
            $"{written} of {all} files of the second batch are there, the first batch stands", answer);
    }

    private bool RollBack()
    {
        var answer = Show("Roll the first batch back", "undo", _first);
        return Holds(answer.ExitCode == 0 && IsAsCommitted(), "the files are byte for byte what they were", answer);
    }

    private bool Log()
    {
        var answer = Show("The log", "log");
        return Holds(answer.ExitCode == 0 && answer.Output.Contains(_first, StringComparison.Ordinal)
            && answer.Output.Contains("rollback", StringComparison.Ordinal), "the batch and its rollback are recorded",
            answer);
    }

    private bool IsAsCommitted() => Is("greeting.txt", "hello\n") && Is("obsolete.txt", "old\n") && !File.Exists(scratch.At("src/new.txt"));

    private bool IsWritten() => Is("greeting.txt", "hello, world\n") && Is("src/new.txt", "new\n")
        && !File.Exists(scratch.At("obsolete.txt"));

    private bool Is(string path, string content) =>
        File.Exists(scratch.At(path)) && File.ReadAllText(scratch.At(path)) == content;

    private static string IdOfFirst(string log)
    {
        using var document = JsonDocument.Parse(log);
        return document.RootElement.EnumerateArray().Select(e => e.GetProperty("transaction").GetString()).FirstOrDefault() ?? "";
    }

    private ChildAnswer Show(string? title, params string[] arguments)
    {
        if (title is not null)
        {
            Title(title);
        }

        Say($"$ git writeopt {string.Join(' ', arguments)}");
        var answer = scratch.Writeopt(arguments);
        Say(answer.Output.TrimEnd('\n'));
        Say(answer.Errors.TrimEnd('\n'));
        return answer;
    }

    private bool Holds(bool held, string what, ChildAnswer answer)
    {
        _steps[^1] = _steps[^1] with { Held = held, Detail = held ? what : $"exit code {answer.ExitCode}: {answer.Errors.Trim()}" };
        screen?.Line(held ? new Piece("ok: ", Tone.Added) : new Piece("FAILED: ", Tone.Deleted),
            held ? what : $"expected that {what} (exit code {answer.ExitCode})");
        return held;
    }

    private void Title(string title)
    {
        _steps.Add(new DemoStep(title, Held: false, ""));
        screen?.Line("");
        screen?.Line($"{_steps.Count}. {title}");
    }

    private void Say(string text)
    {
        if (text.Length > 0)
        {
            screen?.Text(text);
        }
    }
}
