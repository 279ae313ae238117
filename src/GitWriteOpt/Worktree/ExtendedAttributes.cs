using System.Text;
using GitWriteOpt.Platform;
using Microsoft.Win32.SafeHandles;

namespace GitWriteOpt.Worktree;

/// <summary>Extended attributes of Linux files, access control lists among them (they are <c>system.posix_acl_*</c>).</summary>
internal static class ExtendedAttributes
{
    private const int LargestValue = 64 << 10;

    /// <summary>The names on an open file or directory; empty where the file system has none.</summary>
    internal static unsafe IReadOnlyList<string> Names(SafeFileHandle file)
    {
        Span<byte> buffer = stackalloc byte[1024];
        nint length;
        fixed (byte* pointer = buffer)
        {
            length = LinuxCalls.ListAttributes(file, pointer, buffer.Length);
        }

        if (length < 0)
        {
            // ERANGE: more than fits; ask for the size and try once more. Anything else: there are none.
            var larger = new byte[LargestValue];
            fixed (byte* pointer = larger)
            {
                length = LinuxCalls.ListAttributes(file, pointer, larger.Length);
            }

            return length <= 0 ? [] : Split(larger.AsSpan(0, (int)length));
        }

        return length == 0 ? [] : Split(buffer[..(int)length]);
    }

    /// <summary>Copies attributes; null, or a sentence about what could not be copied.</summary>
    internal static unsafe string? Copy(SafeFileHandle from, SafeFileHandle to, IReadOnlyList<string> names)
    {
        var missed = new List<string>();
        var value = new byte[LargestValue];
        foreach (var name in names)
        {
            var raw = Encoding.UTF8.GetBytes(name + "\0");
            fixed (byte* pointer = value, namePointer = raw)
            {
                var length = LinuxCalls.GetAttribute(from, namePointer, pointer, value.Length);
                if (length < 0 || LinuxCalls.SetAttribute(to, namePointer, pointer, length, 0) != 0)
                {
                    missed.Add(name);
                }
            }
        }

        // A security label is the system's to give; not being allowed to copy it is normal.
        missed.RemoveAll(name => name.StartsWith("security.", StringComparison.Ordinal));
        return missed.Count == 0 ? null : $"the attributes {string.Join(", ", missed)} could not be kept";
    }

    private static List<string> Split(ReadOnlySpan<byte> names)
    {
        var list = new List<string>();
        while (names.IndexOf((byte)0) is var end and >= 0)
        {
            list.Add(Encoding.UTF8.GetString(names[..end]));
            names = names[(end + 1)..];
        }

        return list;
    }
}
