using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Platform;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Writes a path's new content into its slot, complete with mode and ownership, before anything is swapped.</summary>
internal static class TempFile
{
    private const int BufferSize = 1 << 18;
    private static readonly int Umask = ReadUmask();

    /// <summary>The permission bits that a file gets which nothing else decides.</summary>
    internal static int DefaultPermissions(bool executable) => Wished(executable) & ~Umask;

    /// <summary>Writes a file or link.</summary>
    /// <param name="slot">A free slot.</param>
    /// <param name="state">What to write; not absent.</param>
    /// <param name="model">What is there now and lends its owner, group and attributes, or null.</param>
    /// <param name="sync">Make its data durable.</param>
    /// <returns>A sentence about what could not be kept, or null.</returns>
    /// <exception cref="StoreException">The disk did not take it.</exception>
    internal static string? Write(
        Slot slot, PathState state, (OpenDirectory Directory, string Name, Fingerprint Print)? model, bool sync)
    {
        if (state is PathState.Link link)
        {
            slot.Directory.MakeLink(slot.Name, link.Target);
            return model is { Print.Kind: FileKind.Link } old
                ? slot.Directory.CopyOwnership(slot.Name, old.Directory, old.Name, old.Print) : null;
        }

        var file = (PathState.File)state;
        var path = slot.Directory.Path + "/" + slot.Name;
        string? shortfall = null;

        // Where nothing is known of its bits they are asked for when it is made, as any program does: then the umask, or
        // the directory's default access list in its place, decides. A later chmod would cut such a list down.
        using var handle = file.Permissions is null
            ? slot.Directory.CreateFile(slot.Name, Wished(file.Executable)) : slot.Directory.CreateFile(slot.Name);
        try
        {
            Fill(handle, file.Content);
            if (model is { Print.Kind: FileKind.File } old)
            {
                shortfall = slot.Directory.CopyOwnership(slot.Name, old.Directory, old.Name, old.Print);
            }

            // After the owner: a change of owner clears set-id bits.
            if (file.Permissions is { } permissions && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(handle, (UnixFileMode)permissions);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "write", path);
        }

        if (sync)
        {
            Sync.File(handle, path);
        }

        return shortfall;
    }

    /// <summary>Whether a file or link holds exactly this, by reading it back.</summary>
    internal static bool Holds(OpenDirectory directory, string name, PathState state)
    {
        switch (state)
        {
            case PathState.Link link:
                return directory.Look(name).Kind == FileKind.Link && directory.ReadLink(name) == link.Target;
            case PathState.File file:
                using (var handle = directory.OpenRead(name))
                {
                    return handle is not null && SameBytes(handle, file.Content, directory.Path + "/" + name);
                }

            default:
                return directory.Look(name).Kind == FileKind.Absent;
        }
    }

    private static void Fill(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Content content)
    {
        if (content is Content.Memory memory)
        {
            RandomAccess.Write(handle, memory.Bytes.Span, 0);
            return;
        }

        using var source = content.Open();
        var buffer = new byte[BufferSize];
        long offset = 0;
        for (int count; (count = source.Read(buffer)) > 0; offset += count)
        {
            RandomAccess.Write(handle, buffer.AsSpan(0, count), offset);
        }

        if (offset != content.Length)
        {
            throw new IOException($"the source has {offset} bytes, not {content.Length}: it changed while it was read");
        }
    }

    private static bool SameBytes(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Content content, string path)
    {
        try
        {
            if (RandomAccess.GetLength(handle) != content.Length)
            {
                return false;
            }

            using var expected = content.Open();
            var wanted = new byte[(int)Math.Min(BufferSize, Math.Max(1, content.Length))];
            var found = new byte[wanted.Length];
            for (long offset = 0; offset < content.Length;)
            {
                var count = expected.ReadAtLeast(wanted, 1, throwOnEndOfStream: false);
                if (count == 0)
                {
                    return false;
                }

                for (var filled = 0; filled < count;)
                {
                    var read = RandomAccess.Read(handle, found.AsSpan(filled, count - filled), offset + filled);
                    if (read == 0)
                    {
                        return false;
                    }

                    filled += read;
                }

                if (!wanted.AsSpan(0, count).SequenceEqual(found.AsSpan(0, count)))
                {
                    return false;
                }

                offset += count;
            }

            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Errno.Exception(cause, "read back", path);
        }
    }

    private static int Wished(bool executable) => executable ? 0x1ff : 0x1b6;

    private static int ReadUmask()
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0x12;
        }

        // umask(2) can only be read by setting it, for all threads; the kernel tells it in /proc, too.
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("Umask:", StringComparison.Ordinal))
            {
                return Convert.ToInt32(line[6..].Trim(), 8);
            }
        }

        return 0x12;
    }
}
