using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>
/// A batch's operations taken in order over an overlay. After a refused operation those that name one of its paths are
/// left out without an error of their own; the others go on, so that all independent errors are found at once.
/// </summary>
internal sealed class BatchResolution
{
    private readonly int[] _marks;
    private readonly Overlay _overlay;

    private BatchResolution(IReadOnlyList<Operation> operations, Overlay overlay) =>
        (Operations, _overlay, _marks) = (operations, overlay, new int[operations.Count + 1]);

    /// <summary>The operations that were taken.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>The errors of refused operations, by their number in <see cref="Operations"/>.</summary>
    public SortedDictionary<int, IReadOnlyList<WriteError>> Failures { get; } = [];

    /// <summary>What the operations warned of.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Takes the operations.</summary>
    public static BatchResolution Of(
        IReadOnlyList<Operation> operations, Overlay overlay, PlanningContext context, ApplyOptions options)
    {
        var resolution = new BatchResolution(operations, overlay);
        var resolver = new OperationResolver(overlay, context, options, resolution.Warnings.Add);
        var (doubtful, above) = (new HashSet<RepoPath>(), new HashSet<RepoPath>());
        for (var i = 0; i < operations.Count; i++)
        {
            resolution._marks[i] = overlay.Mark;
            var operation = operations[i];
            if (doubtful.Count > 0 && Refusals.PathsOf(operation).Any(p => IsDoubtful(p, doubtful, above)))
            {
                Doubt(operation, doubtful, above);
                continue;
            }

            try
            {
                resolver.Resolve(operation);
            }
            catch (RefusedException refusal)
            {
                resolution.Failures.Add(i, refusal.All);
                Doubt(operation, doubtful, above);
            }
        }

        resolution._marks[^1] = overlay.Mark;
        return resolution;
    }

    /// <summary>The paths that an operation names or has set.</summary>
    public IEnumerable<RepoPath> Touched(int operation) => Refusals.PathsOf(Operations[operation])
        .Concat(_overlay.SetSince(_marks[operation]).Take(_marks[operation + 1] - _marks[operation]));

    private static void Doubt(Operation operation, HashSet<RepoPath> doubtful, HashSet<RepoPath> above)
    {
        foreach (var path in Refusals.PathsOf(operation))
        {
            doubtful.Add(path);
            above.UnionWith(path.Ancestors());
        }
    }

    private static bool IsDoubtful(RepoPath path, HashSet<RepoPath> doubtful, HashSet<RepoPath> above) =>
        doubtful.Contains(path) || above.Contains(path) || path.Ancestors().Any(doubtful.Contains);
}
