using GitWriteOpt.Metrics;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Planning;

/// <summary>
/// Applies a diff: from the states of its old paths (absent ones left out) to the states of all paths that it touches,
/// deleted ones as <see cref="PathState.Absent"/>.
/// </summary>
/// <param name="patch">The diff and its headers.</param>
/// <param name="before">The states of the old paths, and of new paths where something is there, in the batch's view.</param>
/// <exception cref="Errors.RefusedException">A hunk does not fit.</exception>
public delegate IReadOnlyDictionary<RepoPath, PathState> ApplyDiff(
    Operation.Patch patch, IReadOnlyDictionary<RepoPath, PathState> before);

/// <summary>Merges contents three ways; null where they conflict and <paramref name="favor"/> does not decide.</summary>
/// <param name="ours">What is in the worktree.</param>
/// <param name="ancestor">What the batch was made for.</param>
/// <param name="theirs">What the batch makes of that.</param>
/// <param name="favor">Decides conflicts.</param>
public delegate Content? MergeContents(Content ours, Content ancestor, Content theirs, MergeFavor favor);

/// <summary>
/// All that the planner knows of the world outside its batch: ways to look, never to change. What is null is not known,
/// and the rows and checks that need it do not fire.
/// </summary>
public sealed record PlanningContext
{
    /// <summary>What is at a path, with content; a directory is absent with a fingerprint of its kind.</summary>
    public required Func<RepoPath, (Fingerprint Found, PathState State)> Read { get; init; }

    /// <summary>The names in a directory; null is the root.</summary>
    public required Func<RepoPath?, IReadOnlyList<string>> List { get; init; }

    /// <summary>The blob id of raw bytes.</summary>
    public required Func<Content, ObjectId> Hash { get; init; }

    /// <summary>Applies a diff.</summary>
    public required ApplyDiff ApplyDiff { get; init; }

    /// <summary>The content of a blob, by hex id; null where the repository has none.</summary>
    public required Func<string, Content?> ReadBlob { get; init; }

    /// <summary>Merges contents.</summary>
    public required MergeContents Merge { get; init; }

    /// <summary>
    /// The operations that a learned template stands for, given the text of a file in the batch's view; null where nothing
    /// is known of templates.
    /// </summary>
    /// <exception cref="Errors.RefusedException">There is no such template, or it cannot be filled in.</exception>
    public Func<Operation.Template, Func<RepoPath, string?>, IReadOnlyList<Operation>>? ExpandTemplate { get; init; }

    /// <summary>What new files, with their texts, have to do with learned templates; null where nobody asks.</summary>
    internal Func<IReadOnlyList<(string Path, Func<string?> Text)>, RecognisedTemplates>? Recognise { get; init; }

    /// <summary>Whether all that was recognised is said, or only what a person may want to act on.</summary>
    internal bool SaysWhatIsFollowed { get; init; } = true;

    /// <summary>Names that differ in case alone are one file.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>The worktree can hold symbolic links.</summary>
    public bool SymbolicLinks { get; init; } = true;

    /// <summary>Whether a path differs from the index or is not tracked; null where that is not known.</summary>
    public Func<RepoPath, bool?>? IsDirty { get; init; }

    /// <summary>Judges what the operations leave, before anything is ordered; null where nothing is validated.</summary>
    public Func<IReadOnlyList<PlannedChange>, PlanVerdict>? Validate { get; init; }

    /// <summary>Whether validation has a rule for files like this one.</summary>
    public Func<RepoPath, bool>? IsValidated { get; init; }

    /// <summary>The files outside the batch that import a path.</summary>
    public Func<RepoPath, IReadOnlyList<RepoPath>>? ImportersOf { get; init; }

    /// <summary>Whether a new text file at a path gets CRLF, by <c>.gitattributes</c>.</summary>
    public Func<RepoPath, bool>? NewFileGetsCrlf { get; init; }

    /// <summary>Whether this process may make entries in a directory (null: the root).</summary>
    public Func<RepoPath?, bool>? CanWriteIn { get; init; }

    /// <summary>Free bytes of the worktree's file system.</summary>
    public Func<long>? FreeBytes { get; init; }

    /// <summary>Figures of earlier transactions of this repository.</summary>
    public IReadOnlyList<RecordedFigure> Recorded { get; init; } = [];
}
