using System.Runtime.InteropServices;

namespace GitWriteOpt.Patterns.Workflows;

/// <summary>
/// Commits as steps, oldest first, and for each the next few of the same author: the window in which another step can
/// follow it.
/// </summary>
internal sealed class StepLog
{
    /// <summary>So many commits of its author are looked at after a step.</summary>
    internal const int Reach = 4;

    private const long Patience = 14 * 86400;

    private readonly Dictionary<WorkflowRole, int> _numbers = [];
    private readonly List<WorkflowRole> _names = [];
    private readonly List<List<int>> _byRole = [];
    private readonly Dictionary<string, List<int>> _byAuthor = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<LearnedCommit> _commits;
    private readonly int[][] _roles;
    private readonly int[][] _next;
    private readonly int[] _places;

    /// <summary>Over learned commits, oldest first; those without an author are no steps.</summary>
    internal StepLog(IReadOnlyList<LearnedCommit> commits, StepShapes shapes)
    {
        _commits = commits;
        (_roles, _next, _places) = (new int[commits.Count][], new int[commits.Count][], new int[commits.Count]);
        for (var commit = 0; commit < commits.Count; commit++)
        {
            var roles = commits[commit].Author is null ? [] : shapes.Of(commits[commit]);
            _roles[commit] = [.. roles.Select(Number)];
            foreach (var role in _roles[commit])
            {
                _byRole[role].Add(commit);
            }

            ref var own = ref CollectionsMarshal.GetValueRefOrAddDefault(_byAuthor, commits[commit].Author ?? "", out _);
            own ??= [];
            _places[commit] = own.Count;
            own.Add(commit);
        }

        for (var commit = 0; commit < commits.Count; commit++)
        {
            var own = OfAuthor(commit);
            _next[commit] = [.. own.Skip(_places[commit] + 1).Take(Reach).TakeWhile(c => commits[c].Time - commits[commit].Time <= Patience)];
        }
    }

    /// <summary>How many different roles there are.</summary>
    internal int RoleCount => _names.Count;

    /// <summary>A role.</summary>
    internal WorkflowRole Role(int role) => _names[role];

    /// <summary>The number of a role, or -1.</summary>
    internal int Find(WorkflowRole role) => _numbers.GetValueOrDefault(role, -1);

    /// <summary>The roles of a commit.</summary>
    internal int[] RolesOf(int commit) => _roles[commit];

    /// <summary>The name of a commit.</summary>
    internal string IdOf(int commit) => _commits[commit].Id;

    /// <summary>The author's commits in the window after one.</summary>
    internal int[] Following(int commit) => _next[commit];

    /// <summary>All commits of a commit's author.</summary>
    internal List<int> OfAuthor(int commit) => _byAuthor[_commits[commit].Author ?? ""];

    /// <summary>
    /// The commits with a role from which a next step is waited for: one a window, however often the role was played in
    /// it, and none whose window is not over yet.
    /// </summary>
    internal List<int> Beginnings(int role)
    {
        var found = new List<int>();
        var last = new Dictionary<List<int>, int>();
        foreach (var commit in _byRole[role])
        {
            var own = OfAuthor(commit);
            if (IsOver(commit) && (!last.TryGetValue(own, out var before) || _places[commit] > before + Reach))
            {
                last[own] = _places[commit];
                found.Add(commit);
            }
        }

        return found;
    }

    /// <summary>The first commit in the window after one that plays a role which that one does not, or -1.</summary>
    internal int Next(int commit, int role)
    {
        if (Array.IndexOf(_roles[commit], role) < 0)
        {
            foreach (var next in _next[commit])
            {
                if (Array.IndexOf(_roles[next], role) >= 0)
                {
                    return next;
                }
            }
        }

        return -1;
    }

    /// <summary>Whether all that counts as following a commit is known: later commits, or time, have closed its window.</summary>
    internal bool IsOver(int commit) => _next[commit].Length == Reach || OfAuthor(commit).Count > _places[commit] + 1 + _next[commit].Length
        || _commits[^1].Time - _commits[commit].Time > Patience;

    private int Number(WorkflowRole role)
    {
        if (!_numbers.TryGetValue(role, out var number))
        {
            number = _names.Count;
            _numbers.Add(role, number);
            _names.Add(role);
            _byRole.Add([]);
        }

        return number;
    }
}
