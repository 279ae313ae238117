using System.Runtime.InteropServices;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Platform;

/// <summary>
/// Turns what the operating system said into a <see cref="WriteError"/>: one place, so that a full disk has the same
/// code and the same advice wherever it strikes.
/// </summary>
public static class Errno
{
    /// <summary>The file system's own memory of an interrupted call: to be tried again.</summary>
    public const int Interrupted = 4;

    /// <summary>Something of that name is there already.</summary>
    public const int Exists = 17;

    /// <summary>The error for a system call that failed.</summary>
    /// <param name="errno">The platform's number: errno, or on Windows the Win32 error.</param>
    /// <param name="action">What was tried, as in "could not <i>write</i>".</param>
    /// <param name="path">What it was tried on.</param>
    public static WriteError Error(int errno, string action, string path) =>
        Error(Faults.Of(errno), $"{Marshal.GetPInvokeErrorMessage(errno)} ({errno})", action, path);

    /// <summary>The exception for a system call that failed.</summary>
    public static StoreException Exception(int errno, string action, string path, Exception? cause = null) =>
        new(Error(errno, action, path), cause);

    /// <summary>
    /// The error for an exception of .NET's file API: <see cref="IOException"/> or
    /// <see cref="UnauthorizedAccessException"/>.
    /// </summary>
    public static WriteError Error(Exception cause, string action, string path) =>
        Of(cause) is > 0 and var errno
            ? Error(errno, action, path)
            : Error(ByType(cause), cause.Message, action, path);

    /// <summary>The exception for an exception of .NET's file API.</summary>
    public static StoreException Exception(Exception cause, string action, string path) =>
        new(Error(cause, action, path), cause);

    /// <summary>
    /// The error for an exception of .NET's file API that nobody foresaw: the path is the one that its message quotes.
    /// </summary>
    public static WriteError Error(Exception cause)
    {
        var (from, to) = (cause.Message.IndexOf('\'', StringComparison.Ordinal), cause.Message.LastIndexOf('\''));
        var path = to > from ? cause.Message[(from + 1)..to] : null;
        return Error(cause, "use", path ?? "a file") with { Path = path };
    }

    /// <summary>Whether it comes from .NET's file API.</summary>
    public static bool IsOfFileApi(Exception cause) => cause is IOException or UnauthorizedAccessException;

    /// <summary>The same as one of ours; one of ours is itself.</summary>
    public static WriteException Known(Exception cause) => cause as WriteException ?? new StoreException(Error(cause), cause);

    /// <summary>
    /// The number inside an exception of .NET's file API, or 0. On Unix .NET keeps the raw errno in the HResult of an
    /// <see cref="IOException"/>, which for a denied access is the inner one; on Windows it is in the low word.
    /// </summary>
    public static int Of(Exception cause)
    {
        if (cause is UnauthorizedAccessException { InnerException: IOException inner })
        {
            cause = inner;
        }

        var isWin32 = (cause.HResult & 0xffff0000) == 0x80070000;
        if (OperatingSystem.IsWindows())
        {
            return isWin32 ? cause.HResult & 0xffff : 0;
        }

        return cause.HResult is > 0 and < 4096 ? cause.HResult : 0;
    }

    private static Fault ByType(Exception cause) => cause switch
    {
        UnauthorizedAccessException => Fault.AccessDenied,
        FileNotFoundException or DirectoryNotFoundException => Fault.NotFound,
        PathTooLongException => Fault.NameTooLong,
        _ => Fault.Other,
    };

    private static WriteError Error(Fault fault, string reason, string action, string path)
    {
        var (category, code, suggestion) = Faults.Describe(fault);
        return new WriteError(category, code, $"could not {action} \"{path}\": {reason}")
        {
            Path = path,
            Suggestion = suggestion,
        };
    }
}
