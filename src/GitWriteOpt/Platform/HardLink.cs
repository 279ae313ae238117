using System.Runtime.InteropServices;

namespace GitWriteOpt.Platform;

/// <summary>What became of an attempt to give a file a second name.</summary>
internal enum LinkAttempt
{
    /// <summary>The new name is there, with all its bytes at once.</summary>
    Made,

    /// <summary>The new name was taken; nothing changed.</summary>
    Exists,

    /// <summary>This file system, or a pair of them, cannot.</summary>
    Unsupported,
}

/// <summary>
/// Hard links: the one way to make a file appear under a name that must not exist, complete from its first instant, so
/// that a kill never leaves a half-written one.
/// </summary>
internal static partial class HardLink
{
    private const int FileExists = 17;

    /// <summary>Names an existing file a second time.</summary>
    public static LinkAttempt Make(string existing, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return LinkAttempt.Unsupported;
        }

        return Link(existing, name) == 0 ? LinkAttempt.Made
            : Marshal.GetLastPInvokeError() == FileExists ? LinkAttempt.Exists
            : LinkAttempt.Unsupported;
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string name);
}
