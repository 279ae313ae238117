using System.Runtime.InteropServices;

namespace GitWriteOpt.Crashes.Tracing;

/// <summary>
/// A seccomp program that stops a process at the calls of <see cref="SystemCalls"/> alone, so that the many others run
/// at full speed. A process can only give itself one: the stopped shell is made to, its registers are put back, and all
/// that it becomes and starts inherits it.
/// </summary>
internal static unsafe class CallFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7fff0000;
    private const uint Stop = 0x7ff00000;
    private const uint Architecture = 0xc000003e;
    private const ulong NumberOfPrctl = 157;
    private const ulong NumberOfSeccomp = 317;
    private const ulong NoNewPrivileges = 38;
    private const ulong FilterMode = 1;
    private const int RegisterCount = 27;

    // Places in struct user_regs_struct.
    private const int Rdx = 12;
    private const int R10 = 7;
    private const int R8 = 9;
    private const int Rax = 10;
    private const int Rsi = 13;
    private const int Rdi = 14;
    private const int OrigRax = 15;
    private const int Rip = 16;
    private const int Rsp = 19;

    /// <summary>
    /// Gives it to a process that is stopped at the entry to a call, which is made afterwards as if nothing had been.
    /// </summary>
    /// <returns>False where the kernel refuses: then every call must be stopped at.</returns>
    internal static bool Install(int process)
    {
        var saved = new ulong[RegisterCount];
        fixed (ulong* registers = saved)
        {
            Ptrace.Try(Ptrace.GetRegisters, process, 0, (nint)registers);
        }

        var program = Program();
        var place = (saved[Rsp] - 8192) & ~0xfUL;
        if (!Write(process, place, program))
        {
            return false;
        }

        // struct sock_fprog: a length and a pointer.
        ulong[] header = [(ulong)(program.Length / 8), place];
        if (!Write(process, place - 16, MemoryMarshal.AsBytes(header.AsSpan())))
        {
            return false;
        }

        // The call that it stands at becomes the first of ours; the instruction is made again for each further one.
        var first = Call(process, saved, NumberOfPrctl, [NoNewPrivileges, 1, 0, 0, 0], isFirst: true);
        var second = Call(process, saved, NumberOfSeccomp, [FilterMode, 0, place - 16, 0, 0], isFirst: false);
        var again = (ulong[])saved.Clone();
        again[Rax] = saved[OrigRax];
        again[Rip] = saved[Rip] - 2;
        fixed (ulong* registers = again)
        {
            Ptrace.Try(Ptrace.SetRegisters, process, 0, (nint)registers);
        }

        return first == 0 && second == 0;
    }

    private static long Call(int process, ulong[] saved, ulong number, ulong[] arguments, bool isFirst)
    {
        var changed = (ulong[])saved.Clone();
        (changed[Rdi], changed[Rsi], changed[Rdx], changed[R10], changed[R8]) =
            (arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]);
        changed[isFirst ? OrigRax : Rax] = number;
        if (!isFirst)
        {
            changed[OrigRax] = ulong.MaxValue; // or the kernel would take the old call for one to be restarted
            changed[Rip] = saved[Rip] - 2;
        }

        var registers = stackalloc ulong[RegisterCount];
        changed.CopyTo(new Span<ulong>(registers, RegisterCount));
        Ptrace.Try(Ptrace.SetRegisters, process, 0, (nint)registers);
        if (!isFirst)
        {
            Step(process);
        }

        Step(process);
        return Ptrace.Info(process) is { Kind: SyscallInfo.Exit } exit ? exit.Result : -1;
    }

    private static void Step(int process)
    {
        Ptrace.Try(Ptrace.Syscall, process);
        while (Ptrace.Wait(process, out _, Ptrace.WaitOwn) < 0
            && Marshal.GetLastPInvokeError() == Ptrace.Interrupted)
        {
            // A signal of the runtime's own came first.
        }
    }

    private static byte[] Program()
    {
        var lines = new List<(ushort Code, byte True, byte False, uint Value)>
        {
            (LoadWord, 0, 0, 4),
            (JumpIfEqual, 1, 0, Architecture),
            (Return, 0, 0, Allow),
            (LoadWord, 0, 0, 0),
        };
        foreach (var number in SystemCalls.Numbers)
        {
            lines.Add((JumpIfEqual, 0, 1, (uint)number));
            lines.Add((Return, 0, 0, Stop));
        }

        lines.Add((Return, 0, 0, Allow));
        return
        [
            .. lines.SelectMany(line => (byte[])
            [
                .. BitConverter.GetBytes(line.Code), line.True, line.False, .. BitConverter.GetBytes(line.Value),
            ]),
        ];
    }

    private static bool Write(int process, ulong address, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var local = new IoVector { Base = start, Length = (ulong)bytes.Length };
            var remote = new IoVector { Base = (void*)address, Length = (ulong)bytes.Length };
            return Ptrace.WriteMemory(process, &local, 1, &remote, 1, 0) == bytes.Length;
        }
    }
}
