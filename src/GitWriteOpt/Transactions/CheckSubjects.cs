using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
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
        IReadOnlyList<CheckedFile> files = request switch
        {
            CheckRequest.OfBatch batch => OfPlan(new BatchPlanning(context, worktree).Plan(batch.Writes, new ApplyOptions { DryRun = true, NoValidate = true })),
            CheckRequest.Staged => [.. paths.Staged().Select(p => new CheckedFile(p.Path, Stored(p.Old), Stored(p.New)))],
            CheckRequest.Files { Names: var names } => OnDisk(paths.Below(Existing(names, paths))),
            _ => OnDisk(paths.Changed()),
        };
        return new CheckSubject
        {
            Layout = context.Layout,
            Config = context.Config,
            Files = [.. files.Where(f => f is not { Before: PathState.Absent, After: PathState.Absent })],
            Read = request is CheckRequest.Staged ? Indexed : path => Look(path),
            Tracked = () => [.. _index.Value.Entries().Where(e => e is { Stage: 0, IsGitlink: false } && PathIsSafe(e.Path))
                .Select(e => (RepoPath.Parse(e.Path), e.Id))],
            Hash = content => ObjectHash.OfBlob(content, context.Layout.ObjectFormat),
            Cache = cache,
        };
    }

    private static List<CheckedFile> OfPlan(WritePlan plan)
    {
        var before = plan.Changes.ToDictionary(c => c.Path, c => c.Before);
        return [.. plan.Changes.Select(c => new CheckedFile(c.Path,
            c.RenamedFrom is { } from && before.TryGetValue(from, out var source) ? source : c.Before, c.After) { RenamedFrom = c.RenamedFrom })];
    }

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
        return [.. paths.Select(p => new CheckedFile(p.Path, other.Contains(p.Path) ? PathState.Nothing : Stored(p.Old), Look(p.Path)))];
    }

    private PathState Look(RepoPath path)
    {
        try
        {
            return worktree.ReadUnlessLinked(path).State;
        }
        catch (RefusedException)
        {
            return PathState.Nothing; // a FIFO, a nested repository, a link's target that is no text: no content to look at
        }
    }

    private PathState Indexed(RepoPath path) => _index.Value.Find(path) is { IsGitlink: false } entry
        ? Stored(new TreeEntry(path, entry.Mode, entry.Id)) : PathState.Nothing;

    private PathState Stored(TreeEntry? entry) => entry switch
    {
        null => PathState.Nothing,
        { Mode: RecordedState.LinkMode } link => new PathState.Link(Encoding.UTF8.GetString(context.Blob(link.Id).ToMemory().Span)) { Id = link.Id },
        { } file => new PathState.File(context.Blob(file.Id), null, file.Mode == RecordedState.ExecutableMode) { Id = file.Id },
    };

    private static bool PathIsSafe(string path) => !path.Contains('\ufffd', StringComparison.Ordinal) && PathRules.Objection(path) is null;
}
