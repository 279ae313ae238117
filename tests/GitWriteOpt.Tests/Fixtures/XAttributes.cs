using System.Text;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Tests.Fixtures;

/// <summary>Extended attributes, set and read without tools that a machine may lack.</summary>
internal static class XAttributes
{
    /// <summary>
    /// A POSIX access control list in the kernel's form (version 2; tag, bits, id each): user::rw-, user:12345:rw-,
    /// group::r--, mask::rw-, other::---.
    /// </summary>
    public static ReadOnlySpan<byte> AccessList =>
    [
        2, 0, 0, 0,
        1, 0, 6, 0, 255, 255, 255, 255,
        2, 0, 6, 0, 0x39, 0x30, 0, 0,
        4, 0, 4, 0, 255, 255, 255, 255,
        16, 0, 6, 0, 255, 255, 255, 255,
        32, 0, 0, 0, 255, 255, 255, 255,
    ];

    public static unsafe bool TrySet(string path, string name, ReadOnlySpan<byte> value)
    {
        using var file = LinuxCalls.Open(null, path, flags: 0);
        fixed (byte* pointer = value, namePointer = Encoding.UTF8.GetBytes(name + "\0"))
        {
            return LinuxCalls.SetAttribute(file, namePointer, pointer, value.Length, 0) == 0;
        }
    }

    public static unsafe byte[] Get(string path, string name)
    {
        using var file = LinuxCalls.Open(null, path, flags: 0);
        var value = new byte[4096];
        fixed (byte* pointer = value, namePointer = Encoding.UTF8.GetBytes(name + "\0"))
        {
            var length = LinuxCalls.GetAttribute(file, namePointer, pointer, value.Length);
            return length < 0 ? [] : value[..(int)length];
        }
    }
}
