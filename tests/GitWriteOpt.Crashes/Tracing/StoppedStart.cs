using System.Runtime.InteropServices;

namespace GitWriteOpt.Crashes.Tracing;

/// <summary>
/// Starts a command that stops itself before it runs: a shell that has the directories and files in place, stops, and
/// when it is continued becomes the command. Forking the runtime itself is not possible.
/// </summary>
internal static unsafe partial class StoppedStart
{
    private const string Script = "cd \"$1\" && exec </dev/null >\"$2\" 2>\"$3\" && shift 3 && kill -STOP $$ && exec \"$@\"";
    private const short ResetSignals = 4;
    private const short SetSignalMask = 8;
    private const short NewSession = 0x80;
    private const int OpaqueSize = 512;

    /// <summary>Starts it on this thread, whose child it is; its process id, once it has stopped.</summary>
    /// <exception cref="InvalidOperationException">It could not be started.</exception>
    internal static int Start(TraceRequest request, string output, string error)
    {
        string?[] words =
            ["/bin/sh", "-c", Script, "sh", request.Directory, output, error, .. request.Command, null];
        string?[] variables = [.. request.Environment.Select(v => $"{v.Key}={v.Value}"), null];
        var attributes = stackalloc byte[OpaqueSize];
        var signals = stackalloc byte[OpaqueSize];
        Check(AttributesInit(attributes));
        try
        {
            // The runtime ignores SIGPIPE and blocks others; the command must find what a shell would give it.
            new Span<byte>(signals, OpaqueSize).Fill(0xff);
            Check(SetDefaultSignals(attributes, signals));
            new Span<byte>(signals, OpaqueSize).Clear();
            Check(SetMask(attributes, signals));
            Check(SetFlags(attributes, ResetSignals | SetSignalMask | NewSession));
            Check(Spawn(out var process, "/bin/sh", null, attributes, words, variables));
            AwaitStop(process);
            return process;
        }
        finally
        {
            _ = AttributesDestroy(attributes);
        }
    }

    private static void AwaitStop(int process)
    {
        int status;
        while (Ptrace.Wait(process, out status, Ptrace.WaitUntraced | Ptrace.WaitOwn) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Ptrace.Interrupted)
            {
                throw new InvalidOperationException($"the shell was lost: errno {Marshal.GetLastPInvokeError()}");
            }
        }

        if ((status & 0xff) != 0x7f)
        {
            throw new InvalidOperationException(
                $"the shell ended (status {status}) before the command: is its directory there?");
        }
    }

    private static void Check(int errno)
    {
        if (errno != 0)
        {
            throw new InvalidOperationException($"the shell could not be started: errno {errno}");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Spawn(
        out int process, string path, void* actions, byte* attributes, string?[] words, string?[] variables);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AttributesInit(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AttributesDestroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetMask(byte* attributes, byte* signals);
}
