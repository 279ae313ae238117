using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GitWriteOpt.Crashes.Tracing;

/// <summary>
/// Runs a command and strikes it at its N-th call that changes state. There is one count over all its threads and
/// children: each is stopped by the kernel at its call and cannot make it before we say so, so nothing from the N-th call
/// on happens. Of the calls before it all have happened, except that another thread may be cut off within one.
/// <para>
/// Not seen: writes through shared writable maps and io_uring (reported as blind spots), <c>prctl</c>, and what other
/// processes do on the command's behalf. Where a command has several threads, the order of calls differs from run to
/// run: then N is not the same call each time, and a sweep over all N is a sample.
/// </para>
/// </summary>
public sealed class Tracer
{
    private const int StatusStopped = 0x7f;
    private const int TrapOfSyscall = 5 | 0x80;
    private const int StopSignals = (1 << 19) | (1 << 20) | (1 << 21) | (1 << 22); // SIGSTOP, TSTP, TTIN, TTOU

    private readonly TraceRequest _request;
    private readonly CallReading _reading;
    private readonly ConcurrentDictionary<int, Pending?> _threads = new();
    private readonly List<TracedCall> _calls = [];
    private readonly HashSet<string> _blind = [];
    private readonly HashSet<string> _forbidden = [];
    private TracedCall? _hit;
    private int _top;
    private int _status;
    private bool _started;
    private Filter _filter;
    private volatile bool _doomed;
    private volatile bool _timedOut;

    private Tracer(TraceRequest request)
    {
        _request = request;
        _reading = new CallReading(request.Root);
    }

    /// <summary>Why traces cannot be made here, or null where they can.</summary>
    public static string? Unavailable { get; } = FindObstacle();

    /// <summary>Runs the command to its end, on a thread of its own: only the thread that traces may ask.</summary>
    /// <exception cref="InvalidOperationException">It could not be started or traced.</exception>
    public static TraceResult Run(TraceRequest request)
    {
        TraceResult? result = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = new Tracer(request).Run();
            }
            catch (Exception cause) when (cause is InvalidOperationException or IOException)
            {
                failure = cause;
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        thread.Join();
        return result ?? throw new InvalidOperationException($"the trace failed: {failure?.Message}", failure);
    }

    private TraceResult Run()
    {
        var folder = Directory.CreateTempSubdirectory("crash-output-");
        try
        {
            var (output, error) = (folder.FullName + "/output", folder.FullName + "/error");
            _top = StoppedStart.Start(_request, output, error);
            if (!Ptrace.Try(Ptrace.Seize, _top, 0, Ptrace.Options))
            {
                throw new InvalidOperationException("the shell was gone before it could be seized");
            }

            _threads[_top] = null;
            _ = Ptrace.Signal(_top, Ptrace.SignalContinue);
            using var watch = new Timer(_ =>
            {
                _timedOut = true;
                KillAll();
            }, null, _request.Limit, Timeout.InfiniteTimeSpan);
            Follow();
            return new TraceResult(CodeOf(_status), _calls, _hit, _blind, _timedOut,
                File.ReadAllText(output), File.ReadAllText(error));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int CodeOf(int status) => (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);

    private void Follow()
    {
        while (!_threads.IsEmpty)
        {
            var thread = Ptrace.Wait(-1, out var status, Ptrace.WaitOwn);
            if (thread > 0)
            {
                Step(thread, status);
                continue;
            }

            var errno = Marshal.GetLastPInvokeError();
            if (errno == Ptrace.NoChild)
            {
                return;
            }

            if (errno != Ptrace.Interrupted)
            {
                throw new InvalidOperationException($"waitpid failed with errno {errno}");
            }
        }
    }

    private void Step(int thread, int status)
    {
        if ((status & 0xff) != StatusStopped)
        {
            _threads.TryRemove(thread, out _);
            _status = thread == _top ? status : _status;
            return;
        }

        _threads.TryAdd(thread, null);
        if (_doomed)
        {
            // It was born while the others were killed, or stopped on its way out: it makes no further call.
            _ = Ptrace.Signal(thread, Ptrace.SignalKill);
            return;
        }

        var signal = (status >> 8) & 0xff;
        switch (status >> 16)
        {
            case Ptrace.EventSeccomp:
                AtCall(thread);
                break;
            case Ptrace.EventExec:
                _started = true;
                _threads[thread] = null;
                Resume(thread);
                break;
            case Ptrace.EventStop when signal < 32 && ((1 << signal) & StopSignals) != 0:
                Ptrace.Try(Ptrace.Listen, thread); // a stop of the whole group; it goes on when it is continued
                break;
            case 0 when signal == TrapOfSyscall:
                AtSyscallStop(thread);
                break;
            case 0:
                Resume(thread, signal);
                break;
            default:
                Resume(thread);
                break;
        }
    }

    // What kind of stop it is says the kernel; keeping count of entries and exits goes wrong after exec and signals.
    private void AtSyscallStop(int thread)
    {
        switch (Ptrace.Info(thread))
        {
            case { Kind: SyscallInfo.Entry } when !_started && _filter == Filter.Unknown:
                _filter = CallFilter.Install(thread) ? Filter.Installed : Filter.Refused;
                Resume(thread);
                break;
            case { Kind: SyscallInfo.Entry } when _filter == Filter.Refused:
                AtCall(thread);
                break;
            case { Kind: SyscallInfo.Exit } exit:
                AtReturn(thread, exit.Result);
                break;
            default:
                Resume(thread);
                break;
        }
    }

    private unsafe void AtCall(int thread)
    {
        if (!_started || Ptrace.Info(thread) is not { Kind: not SyscallInfo.Exit } info
            || SystemCalls.Find(info.Number) is not { } call)
        {
            Resume(thread);
            return;
        }

        var arguments = new ReadOnlySpan<ulong>(Unsafe.AsPointer(ref info.Arguments[0]), 6);
        if (_reading.BlindSpot(thread, call, arguments) is { } blind)
        {
            _blind.Add(blind);
        }

        if (_reading.Read(thread, call, arguments) is not { } read || (read.Class & _request.Counted) == 0)
        {
            Resume(thread);
            return;
        }

        var counted = read with { Number = _calls.Count + 1 };
        _calls.Add(counted);
        if (IsStruck(counted))
        {
            Hit(thread, call, counted, arguments);
            return;
        }

        _threads[thread] = new Pending(counted, null, false);
        Ptrace.Try(Ptrace.Syscall, thread);
    }

    private bool IsStruck(TracedCall call) => _request.Strike is not Strike.None && (call.Number == _request.At
        || (call.Number > _request.At && _request.Strike is Strike.Fail { Lasting: not Lasting.Once } fail
            && (fail.Lasting == Lasting.Sticky || call.Paths.Any(_forbidden.Contains))));

    private void Hit(int thread, SystemCall call, TracedCall counted, ReadOnlySpan<ulong> arguments)
    {
        if (_hit is null)
        {
            _hit = counted;
            _forbidden.UnionWith(counted.Paths);
        }

        switch (_request.Strike)
        {
            case Strike.Fail fail:
                // The call is replaced by none, and its result set when that returns: set now, the kernel would lose it.
                Ptrace.Try(Ptrace.PokeUser, thread, Ptrace.NumberRegister, -1);
                _threads[thread] = new Pending(counted, -fail.Errno, false);
                Ptrace.Try(Ptrace.Syscall, thread);
                break;
            case Strike.Tear when call.Count >= 0 && arguments[call.Count] > 1:
                Ptrace.Try(Ptrace.PokeUser, thread, Ptrace.ArgumentRegisters[call.Count],
                    (nint)(arguments[call.Count] / 2));
                _threads[thread] = new Pending(counted, null, true);
                Ptrace.Try(Ptrace.Syscall, thread);
                break;
            case Strike.Kill { After: true }:
                _threads[thread] = new Pending(counted, null, true);
                Ptrace.Try(Ptrace.Syscall, thread);
                break;
            default:
                KillAll();
                break;
        }
    }

    private void AtReturn(int thread, long result)
    {
        if (_threads[thread] is { } pending)
        {
            _threads[thread] = null;
            if (pending.Forced is { } forced)
            {
                Ptrace.Try(Ptrace.PokeUser, thread, Ptrace.ResultRegister, (nint)forced);
            }

            pending.Call.Result = pending.Forced ?? result;
            if (pending.Dies)
            {
                KillAll();
                return;
            }
        }

        Resume(thread);
    }

    private void Resume(int thread, int signal = 0)
    {
        var all = _filter == Filter.Refused || (!_started && _filter == Filter.Unknown);
        Ptrace.Try(all ? Ptrace.Syscall : Ptrace.Continue, thread, 0, signal);
    }

    private void KillAll()
    {
        _doomed = true;
        foreach (var thread in _threads.Keys)
        {
            _ = Ptrace.Signal(thread, Ptrace.SignalKill);
        }
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "system calls are traced on Linux x86_64 alone";
        }

        try
        {
            var folder = Path.GetTempPath();
            return Run(new TraceRequest(["/bin/true"], folder, folder, new Dictionary<string, string>())) is { ExitCode: 0 }
                ? null : "ptrace is not permitted here";
        }
        catch (InvalidOperationException cause)
        {
            return $"ptrace is not permitted here ({cause.Message})";
        }
    }

    private enum Filter
    {
        Unknown,
        Installed,
        Refused,
    }

    private sealed record Pending(TracedCall Call, long? Forced, bool Dies);
}
