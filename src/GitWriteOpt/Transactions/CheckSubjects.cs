using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Validation;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>Makes of a request to check what the rules look at: each path with what HEAD had and what is there now.</summary>
internal sealed class CheckSubjects(TransactionContext context, WorktreeReader worktree)
{
    private readonly Lazy<IndexReader> _index = new(() => IndexReader.Open(context.Layout));

    /// <summary>Makes it.</summary>
    /// <exception cref="UsageException">A path that was named is not there.</exception>
    /// <exception cref="RefusedException">A batch cannot be planned.</exception>
    public CheckSubject Of(CheckRequest request, ResultCache cache)
    {
        var head = context.Refs.ReadHead().Commit;
        var paths = new CheckedPaths(context.Layout, head);
        var files = request switch
        {
            CheckRequest.OfBatch batch => CheckedWorktree.Files(new BatchPlanning(context, worktree).Plan(batch.Writes, new ApplyOptions { DryRun = true, NoValidate = true }).Changes),
            CheckRequest.Staged => Staged(paths.Staged()),
            CheckRequest.Files { Names: var names } => OnDisk(paths.Below(Existing(names, paths))),
            _ => OnDisk(paths.Changed()),
        };
        return Around.Subject([.. files.Where(f => f is not { Before: PathState.Absent, After: PathState.Absent })], cache,
            request is CheckRequest.Staged ? Indexed : null);
    }

    /// <summary>Makes it of what was found staged before.</summary>
    public CheckSubject OfStaged(StagedCommit commit, ResultCache cache) => Around.Subject(Staged(commit.Compared), cache, Indexed);

    private List<CheckedFile> Staged(IReadOnlyList<ComparedPath> paths) =>
        [.. paths.Select(p => new CheckedFile(p.Path, Stored(p.Old), Stored(p.New)))
            .Where(f => f is not { Before: PathState.Absent, After: PathState.Absent })];

    private CheckedWorktree Around => new(context, worktree, _index);

    private IReadOnlyList<RepoPath?> Existing(IReadOnlyList<RepoPath?> names, CheckedPaths paths)
    {
        foreach (var name in names.OfType<RepoPath>().Where(n => !Path.Exists($"{context.Layout.WorktreeRoot}/{n.Value}")))
        {
            if (paths.Below([name]).Count == 0)
            {
                throw new UsageException(new WriteError(ErrorCategory.Usage, "no-such-path", $"there is no \"{name}\" in the worktree")
                {
                    Path = name.Value,
                });
            }
        }

        return names;
    }

    // HEAD has the bytes that git made of a file: where a filter or an encoding stands in between, they say nothing of it.
    private List<CheckedFile> OnDisk(IReadOnlyList<ComparedPath> paths)
    {
        var other = new Attributes(context.Layout, context.AttributeSettings())
            .WithOtherContent([.. paths.Where(p => p.Old is not null).Select(p => p.Path)]);
        return [.. paths.Select(p => new CheckedFile(p.Path, other.Contains(p.Path) ? PathState.Nothing : Stored(p.Old), Around.Look(p.Path)))];
    }

    private PathState Indexed(RepoPath path) => _index.Value.Find(path) is { IsGitlink: false } entry
        ? Stored(new TreeEntry(path, entry.Mode, entry.Id)) : PathState.Nothing;

    private PathState Stored(TreeEntry? entry) => entry switch
    {
        null => PathState.Nothing,
        { Mode: RecordedState.LinkMode } link => new PathState.Link(Encoding.UTF8.GetString(context.Blob(link.Id).ToMemory().Span)) { Id = link.Id },
        { } file => new PathState.File(context.Blob(file.Id), null, file.Mode == RecordedState.ExecutableMode) { Id = file.Id },
    };
}
