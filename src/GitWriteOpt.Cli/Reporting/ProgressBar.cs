using System.Diagnostics;
using GitWriteOpt.Cli.Commands;
using Spectre.Console;

namespace GitWriteOpt.Cli.Reporting;

/// <summary>A bar on standard error, where that is a terminal and the work has lasted for half a second.</summary>
internal sealed class ProgressBar(Invocation invocation) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly bool _wanted = !invocation.Quiet && !invocation.Verbose && !Console.IsErrorRedirected;
    private volatile Figures? _latest;
    private volatile bool _ended;
    private bool _isDrawing;
    private Thread? _drawing;

    /// <summary>What the library calls, now and then, from any thread; null where nobody looks.</summary>
    public Action<string, int, int>? Report => _wanted ? Take : null;

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        _ended = true;
        _drawing?.Join();
        _drawing = null;
    }

    private void Take(string phase, int done, int all)
    {
        _latest = new Figures(phase, done, all);
        if (Stopwatch.GetElapsedTime(_started) >= Patience && !Interlocked.Exchange(ref _isDrawing, true))
        {
            _drawing = new Thread(Draw) { IsBackground = true };
            _drawing.Start();
        }
    }

    private void Draw()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("working");
            while (!_ended)
            {
                if (_latest is { } figures)
                {
                    task.Description = Markup.Escape(Quoting.Line(figures.Phase));
                    task.MaxValue = Math.Max(1, figures.All);
                    task.Value = figures.Done;
                }

                Thread.Sleep(40);
            }
        });
    }

    private sealed record Figures(string Phase, int Done, int All);
}
