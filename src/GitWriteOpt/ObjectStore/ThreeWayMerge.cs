using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.ObjectStore;

/// <summary>What became of a merge.</summary>
public abstract record MergeResult
{
    private MergeResult()
    {
    }

    /// <summary>One content, without conflict.</summary>
    /// <param name="Content">The merged bytes.</param>
    public sealed record Clean(Content Content) : MergeResult;

    /// <summary>Both sides changed the same lines, or a binary file.</summary>
    /// <param name="Count">The number of conflicts; git counts up to 127.</param>
    public sealed record Conflict(int Count) : MergeResult;
}

/// <summary>Three-way merges of contents, by <c>git merge-file</c>: line ends are kept as they are.</summary>
public sealed class ThreeWayMerge(RepositoryLayout layout)
{
    private const int SniffedBytes = 8000; // git's buffer_is_binary
    private const int MostConflicts = 127;

    /// <summary>Merges what two sides made of a base.</summary>
    /// <param name="ours">What is there now.</param>
    /// <param name="baseContent">What both came from; empty where both made the file.</param>
    /// <param name="theirs">What the batch brings.</param>
    /// <param name="favor">Decides conflicts. A union of binary contents stays a conflict.</param>
    /// <exception cref="StoreException">git or the disk failed.</exception>
    public MergeResult Merge(Content ours, Content baseContent, Content theirs, MergeFavor favor)
    {
        if (Same(ours, theirs) || Same(baseContent, theirs))
        {
            return new MergeResult.Clean(ours);
        }

        if (Same(baseContent, ours))
        {
            return new MergeResult.Clean(theirs);
        }

        if (IsBinary(ours) || IsBinary(baseContent) || IsBinary(theirs))
        {
            return favor switch
            {
                MergeFavor.Ours => new MergeResult.Clean(ours),
                MergeFavor.Theirs => new MergeResult.Clean(theirs),
                _ => new MergeResult.Conflict(1),
            };
        }

        return ByLines(ours, baseContent, theirs, favor);
    }

    private MergeResult ByLines(Content ours, Content baseContent, Content theirs, MergeFavor favor)
    {
        using var folder = PrivateDirectory.Make(layout);
        folder.Write("ours", ours);
        folder.Write("base", baseContent);
        folder.Write("theirs", theirs);
        string[] how = favor switch
        {
            MergeFavor.Ours => ["--ours"],
            MergeFavor.Theirs => ["--theirs"],
            MergeFavor.Union => ["--union"],
            _ => [],
        };
        var answer = new GitProcess(layout) { WorkingDirectory = folder.Root }
            .Try(["merge-file", "-p", "-q", .. how, "ours", "base", "theirs"]);
        return answer.ExitCode switch
        {
            0 => new MergeResult.Clean(Content.Of(answer.Output)),
            > 0 and <= MostConflicts => new MergeResult.Conflict(answer.ExitCode),
            _ => throw new StoreException(new WriteError(ErrorCategory.System, "git-failed", string.Create(
                CultureInfo.InvariantCulture,
                $"git merge-file failed ({answer.ExitCode}): {answer.ErrorText.Trim()}"))),
        };
    }

    private static bool Same(Content left, Content right) =>
        ReferenceEquals(left, right)
        || (left.Length == right.Length && left.ToMemory().Span.SequenceEqual(right.ToMemory().Span));

    private static bool IsBinary(Content content)
    {
        using var stream = content.Open();
        var start = new byte[(int)Math.Min(SniffedBytes, content.Length)];
        stream.ReadExactly(start);
        return start.AsSpan().Contains((byte)0);
    }
}
