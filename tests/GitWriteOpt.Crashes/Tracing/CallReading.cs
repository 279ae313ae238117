namespace GitWriteOpt.Crashes.Tracing;

/// <summary>Tells from a stopped thread's registers which call it is about to make, on which files.</summary>
internal sealed class CallReading(string root)
{
    private const long WriteOnly = 1;
    private const long ReadWrite = 2;
    private const long MakesOrEmpties = 0x40 | 0x200; // O_CREAT, O_TRUNC
    private const long Temporary = 0x400000; // the bit of O_TMPFILE that O_DIRECTORY does not have
    private const ulong CloneFile = 0x40049409;
    private const ulong CloneRange = 0x4020940d;

    /// <summary>The call, or null where it does nothing below the root. Its number is 0.</summary>
    internal TracedCall? Read(int thread, SystemCall call, ReadOnlySpan<ulong> arguments)
    {
        if (call.Number == SystemCalls.Ioctl && arguments[1] is not (CloneFile or CloneRange))
        {
            return null;
        }

        var paths = new string[call.Targets.Length];
        for (var i = 0; i < paths.Length; i++)
        {
            paths[i] = Tracee.PathOf(thread, call.Targets[i], arguments);
        }

        if (paths.Length > 0 && !paths.Any(IsBelow))
        {
            return null;
        }

        var flags = FlagsOf(thread, call, arguments);
        var kind = call.Class != CallClass.Open ? call.Class
            : (flags & (MakesOrEmpties | Temporary)) != 0 ? CallClass.Create
            : (flags & (WriteOnly | ReadWrite)) != 0 ? CallClass.OpenForWriting : CallClass.Open;
        return new TracedCall(0, call.Name, kind, paths, call.Count >= 0 ? (long)arguments[call.Count] : 0, flags);
    }

    /// <summary>What a call opens that writes without further calls; null for others.</summary>
    internal string? BlindSpot(int thread, SystemCall call, ReadOnlySpan<ulong> arguments)
    {
        const ulong shared = 1;
        const ulong writable = 2;
        if (call.Number == SystemCalls.IoUringSetup)
        {
            return call.Name;
        }

        // MAP_SHARED_VALIDATE (3) has the bit of MAP_SHARED too; a private map's is 2.
        if (call.Number != SystemCalls.Mmap || (arguments[2] & writable) == 0 || (arguments[3] & shared) == 0
            || (int)arguments[4] < 0)
        {
            return null;
        }

        var path = Tracee.PathOf(thread, call.Targets[0], arguments);
        return IsBelow(path) ? $"{call.Name} {path[root.Length..]}" : null;
    }

    private bool IsBelow(string path) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] == '/');

    private static long FlagsOf(int thread, SystemCall call, ReadOnlySpan<ulong> arguments) => call.Number switch
    {
        SystemCalls.Open => (long)arguments[1],
        SystemCalls.OpenAt => (long)arguments[2],
        SystemCalls.OpenAt2 => (long)Tracee.ReadWord(thread, arguments[2]),
        SystemCalls.RenameAt2 => (long)arguments[4],
        _ => 0,
    };
}
