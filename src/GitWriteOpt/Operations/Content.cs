namespace GitWriteOpt.Operations;

/// <summary>The bytes of a file: in memory, or in a file that is streamed because it is large.</summary>
public abstract record Content
{
    private Content()
    {
    }

    /// <summary>Files larger than this are streamed, never held in memory (bytes).</summary>
    public const long StreamingThreshold = 8L << 20;

    /// <summary>Length in bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Opens the content for reading from its start.</summary>
    public abstract Stream Open();

    /// <summary>Content held in memory.</summary>
    public sealed record Memory(ReadOnlyMemory<byte> Bytes) : Content
    {
        /// <inheritdoc/>
        public override long Length => Bytes.Length;

        /// <inheritdoc/>
        public override Stream Open() =>
            global::System.Runtime.InteropServices.MemoryMarshal.TryGetArray(Bytes, out var array)
                ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
                : new MemoryStream(Bytes.ToArray(), writable: false);
    }

    /// <summary>Content that stays in a file and is streamed. The file must not change while the content is in use.</summary>
    /// <param name="AbsolutePath">An absolute path.</param>
    /// <param name="Size">Length in bytes when it was looked at.</param>
    public sealed record InFile(string AbsolutePath, long Size) : Content
    {
        /// <inheritdoc/>
        public override long Length => Size;

        /// <inheritdoc/>
        public override Stream Open() => new FileStream(AbsolutePath, FileMode.Open, FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
    }

    /// <summary>Content of these bytes.</summary>
    public static Content Of(ReadOnlyMemory<byte> bytes) => new Memory(bytes);

    /// <summary>Content of this text in UTF-8, without a byte order mark.</summary>
    public static Content Of(string text) => new Memory(global::System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>All bytes in memory; streams of more than 2 GiB cannot be.</summary>
    public ReadOnlyMemory<byte> ToMemory()
    {
        if (this is Memory memory)
        {
            return memory.Bytes;
        }

        using var stream = Open();
        var bytes = new byte[Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
