using GitWriteOpt.Paths;

namespace GitWriteOpt.Planning;

/// <summary>
/// What goes with what among the files of one batch, by their names: a test with what it tests, data and configuration of
/// tests with the nearest test, a document with the file of the same name or, a README, with the files of its folder.
/// Linear in the number of files.
/// </summary>
internal static class StepCompanions
{
    /// <summary>For each path the number of the one that it goes with; -1 where there is none.</summary>
    internal static int[] Of(IReadOnlyList<RepoPath> paths)
    {
        var companions = new int[paths.Count];
        Array.Fill(companions, -1);
        var steps = new WorkflowStep[paths.Count];
        var sources = 0;
        for (var i = 0; i < paths.Count; i++)
        {
            steps[i] = WorkflowSteps.Of(paths[i].Value);
            sources += steps[i] == WorkflowStep.Implementation ? 1 : 0;
        }

        if (paths.Count < 2 || sources == paths.Count)
        {
            return companions;
        }

        var subjects = Subjects(paths, steps);
        var tests = Tests(paths, steps);
        for (var i = 0; i < paths.Count; i++)
        {
            companions[i] = steps[i] switch
            {
                WorkflowStep.Testing when IsSupport(paths[i]) => NearestAbove(paths[i], tests),
                WorkflowStep.Testing => WorkflowSteps.SubjectOf(paths[i].Name) is { } subject ? Nearest(paths, i, subject, subjects)
                    : Nearest(paths, i, WorkflowSteps.StemOf(paths[i].Name), subjects),
                WorkflowStep.Documentation => Nearest(paths, i, WorkflowSteps.StemOf(paths[i].Name), subjects)
                    is var described and >= 0 ? described : OfReadme(paths, i, steps),
                _ => -1,
            };
        }

        return companions;
    }

    /// <summary>Whether a file among tests is no test itself: data, or configuration.</summary>
    internal static bool IsSupport(RepoPath path) => WorkflowSteps.IsTestSetting(path.Name) || ConfigurationFiles.Contain(path)
        || WorkflowSteps.IsInFolder(path.Value, WorkflowSteps.IsDataFolder)
        || (WorkflowSteps.SubjectOf(path.Name) is null && Dependencies.Language.Of(path.Value) is null);

    private static Dictionary<string, List<int>> Subjects(IReadOnlyList<RepoPath> paths, WorkflowStep[] steps)
    {
        var subjects = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < paths.Count; i++)
        {
            if (steps[i] == WorkflowStep.Implementation && !ConfigurationFiles.Contain(paths[i]))
            {
                var key = Key(WorkflowSteps.StemOf(paths[i].Name));
                if (!subjects.TryGetValue(key, out var list))
                {
                    subjects.Add(key, list = []);
                }

                list.Add(i);
            }
        }

        return subjects;
    }

    // The first test in or below each folder, and of the whole batch under the empty name.
    private static Dictionary<string, int> Tests(IReadOnlyList<RepoPath> paths, WorkflowStep[] steps)
    {
        var tests = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < paths.Count; i++)
        {
            if (steps[i] == WorkflowStep.Testing && !IsSupport(paths[i]))
            {
                for (var folder = paths[i].Parent; folder is not null; folder = folder.Parent)
                {
                    tests.TryAdd(folder.Value, i);
                }

                tests.TryAdd("", i);
            }
        }

        return tests;
    }

    private static int NearestAbove(RepoPath path, Dictionary<string, int> tests)
    {
        for (var folder = path.Parent; folder is not null; folder = folder.Parent)
        {
            if (tests.TryGetValue(folder.Value, out var test))
            {
                return test;
            }
        }

        return tests.GetValueOrDefault("", -1);
    }

    // Of several of one name the one whose path begins and ends most alike.
    private static int Nearest(IReadOnlyList<RepoPath> paths, int one, string stem, Dictionary<string, List<int>> subjects)
    {
        if (Key(stem) is not { Length: > 0 } key || !subjects.TryGetValue(key, out var candidates))
        {
            return -1;
        }

        var (best, most) = (-1, -1);
        var parts = paths[one].Value.Split('/');
        foreach (var candidate in candidates)
        {
            var others = paths[candidate].Value.Split('/');
            var shared = 0;
            foreach (var part in others)
            {
                shared += Array.IndexOf(parts, part) >= 0 ? 1 : 0;
            }

            if (shared > most)
            {
                (best, most) = (candidate, shared);
            }
        }

        return best;
    }

    private static int OfReadme(IReadOnlyList<RepoPath> paths, int one, WorkflowStep[] steps)
    {
        if (paths[one].Parent is not { } folder || !paths[one].Name.StartsWith("readme", StringComparison.OrdinalIgnoreCase))
        {
            return -1;
        }

        for (var i = 0; i < paths.Count; i++)
        {
            if (steps[i] == WorkflowStep.Implementation && paths[i].Parent is { } its && its.Value == folder.Value
                && !ConfigurationFiles.Contain(paths[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // OrderLine, order_line, order-line and order.line are one name.
    private static string Key(string stem)
    {
        var key = new char[stem.Length];
        var length = 0;
        foreach (var c in stem)
        {
            if (c is not ('_' or '-' or '.' or ' '))
            {
                key[length++] = char.ToLowerInvariant(c);
            }
        }

        return new string(key, 0, length);
    }
}
