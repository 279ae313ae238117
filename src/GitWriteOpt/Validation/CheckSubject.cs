using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation;

/// <summary>What is validated, and what of the repository around it rules may look at. Looking changes nothing.</summary>
internal sealed record CheckSubject
{
    /// <summary>The repository.</summary>
    public required RepositoryLayout Layout { get; init; }

    /// <summary>Its configuration.</summary>
    public required GitConfig Config { get; init; }

    /// <summary>The paths that are validated.</summary>
    public required IReadOnlyList<CheckedFile> Files { get; init; }

    /// <summary>What is at any path outside <see cref="Files"/>, with content.</summary>
    public required Func<RepoPath, PathState> Read { get; init; }

    /// <summary>Whether there is a file or link at such a path; null asks <see cref="Read"/>.</summary>
    public Func<RepoPath, bool>? Holds { get; init; }

    /// <summary>
    /// Tracked paths with the blob ids that the index has for them, in the index's order; read when it is first called,
    /// and only by rules that cannot do without (I12).
    /// </summary>
    public required Func<IReadOnlyList<(RepoPath Path, ObjectId Blob)>> Tracked { get; init; }

    /// <summary>The blob id of raw bytes.</summary>
    public required Func<Content, ObjectId> Hash { get; init; }

    /// <summary>What earlier runs found in the same bytes.</summary>
    public required ResultCache Cache { get; init; }

    /// <summary>What shall be at a path: the batch's where it touches it, else what is there.</summary>
    public PathState After(RepoPath path) => ByPath.TryGetValue(path, out var file) ? file.After : Read(path);

    /// <summary>Whether there shall be a file or link at a path.</summary>
    public bool Exists(RepoPath path) =>
        ByPath.TryGetValue(path, out var file) ? file.After is not PathState.Absent : IsAround(path);

    /// <summary>Whether there is one outside of <see cref="Files"/>.</summary>
    public bool IsAround(RepoPath path) => Holds?.Invoke(path) ?? Read(path) is not PathState.Absent;

    private Dictionary<RepoPath, CheckedFile> ByPath => _byPath ??= Files.ToDictionary(f => f.Path);

    private Dictionary<RepoPath, CheckedFile>? _byPath;
}
