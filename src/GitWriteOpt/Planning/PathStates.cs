using GitWriteOpt.Operations;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>Comparing states, and keeping what a write must keep of them.</summary>
internal static class PathStates
{
    private const int Block = 1 << 16;

    /// <summary>Whether two states are equal in kind, bytes and mode; unknown permission bits equal any.</summary>
    public static bool Same(PathState left, PathState right) => (left, right) switch
    {
        (PathState.Absent, PathState.Absent) => true,
        (PathState.Link a, PathState.Link b) => a.Target == b.Target,
        (PathState.File a, PathState.File b) => a.Executable == b.Executable
            && (a.Permissions ?? b.Permissions) == (b.Permissions ?? a.Permissions)
            && ((a.Id is { } id && id == b.Id) || SameBytes(a.Content, b.Content)),
        _ => false,
    };

    /// <summary>Whether two contents are equal, byte for byte.</summary>
    public static bool SameBytes(Content left, Content right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        if (left.Length != right.Length)
        {
            return false;
        }

        if (left is Content.Memory a && right is Content.Memory b)
        {
            return a.Bytes.Span.SequenceEqual(b.Bytes.Span);
        }

        using var one = left.Open();
        using var two = right.Open();
        var (x, y) = (new byte[Block], new byte[Block]);
        while (true)
        {
            var n = one.ReadAtLeast(x, Block, throwOnEndOfStream: false);
            var m = two.ReadAtLeast(y, Block, throwOnEndOfStream: false);
            if (!x.AsSpan(0, n).SequenceEqual(y.AsSpan(0, m)))
            {
                return false;
            }

            if (n == 0)
            {
                return true;
            }
        }
    }

    /// <summary>New content over what is there: permission bits survive, the executable bit unless it is given.</summary>
    public static PathState.File Over(PathState before, Content content, bool? executable) => before switch
    {
        PathState.File file => WithMode(file with { Content = content, Id = null }, executable ?? file.Executable),
        _ => new PathState.File(content, null, executable ?? false),
    };

    /// <summary>The same file with or without the executable bit: given to those who may read, as chmod and git do.</summary>
    public static PathState.File WithMode(PathState.File file, bool executable)
    {
        if (file.Executable == executable)
        {
            return file;
        }

        var bits = executable ? file.Permissions | ((file.Permissions & 0x124) >> 2) : file.Permissions & ~0x49;
        return file with { Executable = executable, Permissions = bits };
    }
}
