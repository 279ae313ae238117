using System.Text;

namespace GitWriteOpt.Crashes.Tracing;

/// <summary>What a stopped thread names: its memory, descriptors and working directory.</summary>
internal static unsafe class Tracee
{
    private const int PageSize = 4096;
    private const int CurrentDirectory = -100;

    /// <summary>The path that a call means, absolute; empty where it cannot be told.</summary>
    internal static string PathOf(int thread, Target target, ReadOnlySpan<ulong> arguments)
    {
        if (target.Text < 0)
        {
            return Link($"/proc/{thread}/fd/{(int)arguments[target.Descriptor]}");
        }

        var text = arguments[target.Text] == 0 ? "" : ReadText(thread, arguments[target.Text]);
        if (text.StartsWith('/'))
        {
            return Path.GetFullPath(text);
        }

        var number = target.Descriptor < 0 ? CurrentDirectory : (int)arguments[target.Descriptor];
        var directory = Link(number == CurrentDirectory ? $"/proc/{thread}/cwd" : $"/proc/{thread}/fd/{number}");
        return directory.Length == 0 ? "" : text.Length == 0 ? directory : Path.GetFullPath(text, directory);
    }

    /// <summary>A machine word.</summary>
    internal static ulong ReadWord(int thread, ulong address)
    {
        ulong word = 0;
        Copy(thread, address, &word, sizeof(ulong));
        return word;
    }

    private static string ReadText(int thread, ulong address)
    {
        var bytes = new byte[PageSize];
        var length = 0;
        fixed (byte* start = bytes)
        {
            while (length < bytes.Length)
            {
                // Up to the end of a page: the next one may not be there.
                var part = Math.Min(PageSize - (int)((address + (ulong)length) % PageSize), bytes.Length - length);
                if (Copy(thread, address + (ulong)length, start + length, part) <= 0)
                {
                    break;
                }

                var end = bytes.AsSpan(length, part).IndexOf((byte)0);
                if (end >= 0)
                {
                    return Encoding.UTF8.GetString(bytes, 0, length + end);
                }

                length += part;
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static nint Copy(int thread, ulong address, void* target, int count)
    {
        var local = new IoVector { Base = target, Length = (ulong)count };
        var remote = new IoVector { Base = (void*)address, Length = (ulong)count };
        return Ptrace.ReadMemory(thread, &local, 1, &remote, 1, 0);
    }

    private static string Link(string path)
    {
        try
        {
            var target = new FileInfo(path).LinkTarget ?? "";
            const string deleted = " (deleted)";
            return target.EndsWith(deleted, StringComparison.Ordinal) ? target[..^deleted.Length] : target;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return ""; // it was closed, or the thread has died: no path of ours either way
        }
    }
}
