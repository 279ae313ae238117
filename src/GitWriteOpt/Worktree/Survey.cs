using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Worktree;

/// <summary>Something of the worktree that a survey did not take in.</summary>
/// <param name="Path">Where; bytes that are not UTF-8 are shown as U+FFFD.</param>
/// <param name="Bytes">Its length when it was looked at; 0 where it has none.</param>
/// <param name="ModifiedNanoseconds">Its mtime then; 0 where it has none.</param>
/// <param name="Reason">Why, as a code in kebab case.</param>
public sealed record LeftOut(string Path, long Bytes, long ModifiedNanoseconds, string Reason);

/// <summary>
/// The whole worktree at one moment: what is tracked, and what is untracked and not ignored. Raw bytes, no filters.
/// </summary>
internal sealed record Survey
{
    /// <summary>The tree of the worktree's raw bytes.</summary>
    public required ObjectId Tree { get; init; }

    /// <summary>The tree that the index stands for.</summary>
    public required ObjectId IndexTree { get; init; }

    /// <summary>What was not taken in; a restore never deletes it.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>Repositories inside this one: named, never entered.</summary>
    public required IReadOnlyList<string> Nested { get; init; }

    /// <summary>Files that are taken though they are ignored, and that are never shared.</summary>
    public required IReadOnlyList<string> Private { get; init; }

    /// <summary>The permission bits that most files have, plain and executable.</summary>
    public required (int Plain, int Executable) UsualPermissions { get; init; }

    /// <summary>The permission bits of the others.</summary>
    public required IReadOnlyList<(string Path, int Permissions)> OddPermissions { get; init; }

    /// <summary>The number of files looked at.</summary>
    public required int Looked { get; init; }

    /// <summary>The number of files read and hashed.</summary>
    public required int Hashed { get; init; }

    /// <summary>The trees, those among them that are only calculated too.</summary>
    public required TreeStore Trees { get; init; }

    /// <summary>What the next survey need not hash; the commit is the one made of this survey.</summary>
    public required Func<string, ObjectId, SurveyCache> CacheFor { get; init; }
}
