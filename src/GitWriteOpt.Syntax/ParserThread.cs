namespace GitWriteOpt.Syntax;

/// <summary>
/// A thread that parses one file after the other for a caller who waits so long as that is worth it. A parser cannot be
/// stopped: one that takes too long is left behind, and its thread ends with the process.
/// </summary>
internal sealed class ParserThread
{
    private const int StackSize = 16 << 20;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private Func<IReadOnlyList<SyntaxError>?>? _wanted;
    private IReadOnlyList<SyntaxError>? _errors;
    private bool _ended;

    /// <summary>Starts it.</summary>
    public ParserThread() => new Thread(Work, StackSize) { IsBackground = true }.Start();

    /// <summary>
    /// Runs a parser; false where it took more of the processor than this. Time that the machine gave to others is not
    /// counted.
    /// </summary>
    public bool TryRun(Func<IReadOnlyList<SyntaxError>?> parse, TimeSpan limit, out IReadOnlyList<SyntaxError>? errors)
    {
        var before = Environment.CpuUsage.TotalTime;
        lock (_gate)
        {
            (_wanted, _ended) = (parse, false);
            Monitor.PulseAll(_gate);
            while (!_ended)
            {
                if (!Monitor.Wait(_gate, Glance) && !_ended && Environment.CpuUsage.TotalTime - before > limit)
                {
                    errors = null;
                    return false;
                }
            }

            errors = _errors;
            return true;
        }
    }

    private void Work()
    {
        while (true)
        {
            Func<IReadOnlyList<SyntaxError>?> parse;
            lock (_gate)
            {
                while (_wanted is null)
                {
                    Monitor.Wait(_gate);
                }

                (parse, _wanted) = (_wanted, null);
            }

            var errors = parse();
            lock (_gate)
            {
                (_errors, _ended) = (errors, true);
                Monitor.PulseAll(_gate);
            }
        }
    }
}
