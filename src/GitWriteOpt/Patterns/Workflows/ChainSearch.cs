namespace GitWriteOpt.Patterns.Workflows;

/// <summary>Grows chains of roles from their beginnings, a role at a time, depth first, for as long as the next one holds.</summary>
internal sealed class ChainSearch(StepLog log)
{
    private const int FewestTimes = 4;
    private const int MostSteps = 5;
    private const int MostChains = 300;
    private const int MostRoles = 6;
    private const int MostExamples = 3;
    private const double Deviations = 3;
    private const double GoesAlong = 0.8;

    private readonly int[] _counts = new int[log.RoleCount];
    private readonly int[] _seen = new int[log.RoleCount];
    private readonly Dictionary<(int Author, int Role), double> _rates = [];
    private readonly List<Workflow> _found = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private int _round;

    /// <summary>The longest chains, each once however many of its roles lead to it.</summary>
    internal List<Workflow> Run()
    {
        for (var role = 0; role < log.RoleCount && _found.Count < MostChains; role++)
        {
            var beginnings = log.Beginnings(role);
            // Roles that are always played together begin the same chains; the narrowest comes first.
            if (beginnings.Count > FewestTimes && _begun.Add(string.Join(',', beginnings)))
            {
                Grow([role], [.. beginnings.Select(commit => new[] { commit })], 0, 0);
            }
        }

        return _found;
    }

    // Whether a chain that begins so was found.
    private bool Grow(List<int> chain, List<int[]> times, int chances, int held)
    {
        var longer = false;
        var followed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in chain.Count == MostSteps ? [] : Candidates(chain, times))
        {
            List<int[]> next = [.. times.Select(t => (Time: t, Commit: log.Next(t[^1], role))).Where(n => n.Commit >= 0)
                .Select(n => (int[])[.. n.Time, n.Commit])];
            if (_found.Count < MostChains && next.Count >= FewestTimes && followed.Add(string.Join(',', next.Select(t => t[^1])))
                && IsMoreThan(Expected(times, role), next.Count, times.Count))
            {
                longer = true;
                if (!Grow([.. chain, role], [.. next.Where(t => log.IsOver(t[^1]))], chances + times.Count, held + next.Count))
                {
                    Keep([.. chain, role], next, chances + times.Count, held + next.Count);
                }
            }
        }

        return longer;
    }

    // Three standard deviations: many sequences are tried, and some come by chance.
    private static bool IsMoreThan(double expected, int held, int times) =>
        held - expected > Deviations * Math.Sqrt(expected * (1 - (expected / times)));

    private List<int> Candidates(List<int> chain, List<int[]> times)
    {
        var touched = new List<int>();
        foreach (var time in times)
        {
            _round++;
            foreach (var role in log.RolesOf(time[^1]))
            {
                _seen[role] = _round;
            }

            foreach (var next in log.Following(time[^1]))
            {
                foreach (var role in log.RolesOf(next))
                {
                    if (_seen[role] != _round)
                    {
                        _seen[role] = _round;
                        if (_counts[role]++ == 0)
                        {
                            touched.Add(role);
                        }
                    }
                }
            }
        }

        List<int> found = [.. touched.Where(r => !chain.Contains(r) && _counts[r] >= FewestTimes
            && _counts[r] >= WorkflowMining.WantedPrecision * times.Count)];
        touched.ForEach(r => _counts[r] = 0);
        return found;
    }

    // In how many of these windows the role would be played if its authors played it at their usual rate.
    private double Expected(List<int[]> times, int role)
    {
        var sum = 0.0;
        foreach (var time in times)
        {
            var own = log.OfAuthor(time[^1]);
            if (!_rates.TryGetValue((own[0], role), out var rate))
            {
                rate = (double)own.Count(commit => log.Following(commit).Any(next => Array.IndexOf(log.RolesOf(next), role) >= 0)) / own.Count;
                _rates.Add((own[0], role), rate);
            }

            sum += rate;
        }

        return sum;
    }

    private void Keep(List<int> chain, List<int[]> times, int chances, int held)
    {
        List<List<int>> roles = [.. chain.Select((role, step) => RolesOf(role, [.. times.Select(t => t[step])]))];
        // Roles that always go along lead to the same workflow: it is kept once.
        List<WorkflowStep> steps = [.. roles.Select(Step)];
        if (_known.Add(string.Join('\n', roles.Select(step => string.Join(' ', step.Order())))))
        {
            _found.Add(new Workflow("", steps, times.Count, chances, held, new WorkflowReplay(0, 0),
                [.. times.AsEnumerable().Reverse().Take(MostExamples).Select(t => new WorkflowExample([.. t.Select(log.IdOf)]))]));
        }
    }

    // The first, then what mostly goes along.
    private List<int> RolesOf(int first, List<int> commits)
    {
        var counts = new Dictionary<int, int>();
        foreach (var role in commits.SelectMany(log.RolesOf))
        {
            counts[role] = counts.GetValueOrDefault(role) + 1;
        }

        return
        [
            first, .. counts.Where(c => c.Key != first && c.Value >= GoesAlong * commits.Count).OrderByDescending(c => c.Value)
                .ThenBy(c => log.Role(c.Key).ToString(), StringComparer.Ordinal).Select(c => c.Key),
        ];
    }

    private WorkflowStep Step(List<int> roles)
    {
        List<WorkflowRole> all = [.. roles.Select(log.Role)];
        return new WorkflowStep([.. all.Where((r, i) => i == 0
            || (!all.Exists(o => Covers(r, o)) && !Covers(all[0], r))).Take(MostRoles)]);
    }

    // Whether one says less than another about the same files.
    private static bool Covers(WorkflowRole wide, WorkflowRole narrow)
    {
        if (wide == narrow || wide.Change != narrow.Change || wide.Path.IndexOf('*', StringComparison.Ordinal) is not (>= 0 and var star))
        {
            return false;
        }

        var ending = wide.Path.AsSpan(star).TrimStart('*');
        return narrow.Path.StartsWith(wide.Path[..star], StringComparison.Ordinal) && narrow.Path.AsSpan().EndsWith(ending)
            && narrow.Path.Length >= wide.Path.Length - 2;
    }
}
