namespace GitWriteOpt.Crashes.Tracing;

/// <summary>One call that was counted.</summary>
/// <param name="Number">Its place in the count over all threads and children, from 1.</param>
/// <param name="Name">The system call.</param>
/// <param name="Class">What it does.</param>
/// <param name="Paths">The files that it names, absolute; for renames and links the old and the new one.</param>
/// <param name="Bytes">How many bytes a write asks to have written; 0 for others.</param>
/// <param name="Flags">The flags of an open or a rename; 0 for others.</param>
public sealed record TracedCall(
    int Number, string Name, CallClass Class, IReadOnlyList<string> Paths, long Bytes, long Flags)
{
    /// <summary>What it returned: negative is an errno; null where it never did.</summary>
    public long? Result { get; set; }

    /// <summary>Whether it was done, wholly or in part.</summary>
    public bool Succeeded => Result >= 0;

    /// <summary>The call in one line, with paths below <paramref name="root"/> shortened.</summary>
    public string Text(string root)
    {
        var shown = Paths.Select(p => p.StartsWith(root + "/", StringComparison.Ordinal) ? p[(root.Length + 1)..] : p);
        return $"{Name} {string.Join(" -> ", shown)}{(Bytes > 0 ? $" [{Bytes} bytes]" : "")}";
    }
}
