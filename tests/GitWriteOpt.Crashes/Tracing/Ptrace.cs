using System.Runtime.InteropServices;

namespace GitWriteOpt.Crashes.Tracing;

/// <summary>ptrace(2), waitpid(2) and what is needed beside them; names and numbers as in the manual pages.</summary>
internal static unsafe partial class Ptrace
{
    internal const int PokeUser = 6;
    internal const int Continue = 7;
    internal const int GetRegisters = 12;
    internal const int SetRegisters = 13;
    internal const int Syscall = 24;
    internal const int Seize = 0x4206;
    internal const int Listen = 0x4208;
    internal const int GetSyscallInfo = 0x420e;

    // TRACESYSGOOD, FORK, VFORK, CLONE, EXEC, SECCOMP; EXITKILL: no tracee outlives us.
    internal const int Options = 1 | 2 | 4 | 8 | 0x10 | 0x80 | 0x100000;

    internal const int EventExec = 4;
    internal const int EventSeccomp = 7;
    internal const int EventStop = 128;

    internal const int WaitUntraced = 2;

    // Children of this thread alone, so that several traces run side by side, and threads as well as processes.
    internal const int WaitOwn = 0x20000000 | 0x40000000;

    internal const int SignalKill = 9;
    internal const int SignalContinue = 18;

    internal const int NoSuchProcess = 3;
    internal const int Interrupted = 4;
    internal const int NoChild = 10;

    // Offsets in struct user of x86_64.
    internal const int ResultRegister = 10 * 8;
    internal const int NumberRegister = 15 * 8;
    internal static readonly int[] ArgumentRegisters = [14 * 8, 13 * 8, 12 * 8, 7 * 8, 9 * 8, 8 * 8];

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint Raw(nint request, int thread, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Wait(int process, out int status, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint ReadMemory(
        int process, IoVector* local, ulong localCount, IoVector* remote, ulong remoteCount, ulong flags);

    [LibraryImport("libc", EntryPoint = "process_vm_writev", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint WriteMemory(
        int process, IoVector* local, ulong localCount, IoVector* remote, ulong remoteCount, ulong flags);

    /// <summary>A request; false where the thread is gone, which a kill makes usual.</summary>
    /// <exception cref="InvalidOperationException">It failed otherwise.</exception>
    internal static bool Try(nint request, int thread, nint address = 0, nint data = 0)
    {
        if (Raw(request, thread, address, data) != -1)
        {
            return true;
        }

        var errno = Marshal.GetLastPInvokeError();
        return errno == NoSuchProcess ? false
            : throw new InvalidOperationException($"ptrace request {request} of thread {thread} failed with errno {errno}");
    }

    /// <summary>What a stopped thread is about to call, or has called; null where it is gone.</summary>
    internal static SyscallInfo? Info(int thread)
    {
        SyscallInfo info = default;
        return Raw(GetSyscallInfo, thread, sizeof(SyscallInfo), (nint)(&info)) < 0 ? null : info;
    }
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public void* Base;
    public ulong Length;
}

/// <summary>struct ptrace_syscall_info.</summary>
[StructLayout(LayoutKind.Sequential, Size = 96)]
internal unsafe struct SyscallInfo
{
    public const byte Entry = 1;
    public const byte Exit = 2;
    public const byte Seccomp = 3;

    public byte Kind;
    private readonly byte _padding1;
    private readonly ushort _padding2;
    public uint Architecture;
    public ulong Instruction;
    public ulong Stack;

    /// <summary>The call's number; at an exit what it returned.</summary>
    public ulong Number;
    public fixed ulong Arguments[6];

    /// <summary>At an exit: the result.</summary>
    public readonly long Result => (long)Number;
}
