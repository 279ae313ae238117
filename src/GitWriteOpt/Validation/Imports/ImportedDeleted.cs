using GitWriteOpt.Dependencies;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Validation.Imports;

/// <summary>
/// Files that go, or go elsewhere, while others that the batch leaves alone still refer to them. Importers are looked for
/// only where something goes (I12).
/// </summary>
internal sealed class ImportedDeleted() : BatchRule(new RuleInfo("imported-deleted", ErrorCategory.Dependency, CheckSeverity.Error,
    "a file goes or moves that others import, and those are left as they are"))
{
    private const int MostNamed = 5;

    /// <inheritdoc/>
    public override bool TakesTime => true;

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        List<CheckedFile> gone = [.. subject.Files.Where(f => f.Before is not PathState.Absent && f.After is PathState.Absent)];
        return gone.Count == 0 ? [] : Look(subject, tally, gone);
    }

    private static IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally, List<CheckedFile> gone)
    {
        var views = ImportViews.Of(subject);
        using var worktree = new WorktreeReader(subject.Layout);
        var importers = new Importers(() => Candidates(subject, worktree), [.. gone.Select(f => f.Path)],
            path => views.Before.Read(path), ReferenceCache.Of(subject.Layout), ImporterBudget.Check);
        var movedTo = subject.Files.Where(f => f.RenamedFrom is not null).ToLookup(f => f.RenamedFrom!, f => f.Path);
        foreach (var file in gone)
        {
            tally.Looked(file.Path);
            var broken = importers.UsesOf(file.Path.Value).Where(use => !views.IsTouched(use.File))
                .Select(use => (use.File, Sure: Breaks(use, views, importers))).Where(b => b.Sure is not null)
                .GroupBy(b => b.File, b => b.Sure!.Value, StringComparer.Ordinal)
                .Select(g => (File: g.Key, Sure: g.Any(sure => sure))).ToList();
            if (broken.Count > 0)
            {
                var named = broken.OrderBy(b => b.Sure ? 0 : 1).Take(MostNamed).Select(b => $"\"{b.File}\"");
                var more = broken.Count > MostNamed ? $" and {broken.Count - MostNamed} more" : "";
                var now = movedTo[file.Path].FirstOrDefault();
                yield return new Sighting(file.Path, $"{(now is null ? "goes" : $"moves to \"{now}\"")}, but {broken.Count} "
                    + $"{(broken.Count == 1 ? "file that is" : "files that are")} left as {(broken.Count == 1 ? "it is imports" : "they are import")} it: "
                    + string.Join(", ", named) + more)
                {
                    Suggestion = now is null ? "change the importers in the same batch" : $"change the importers to \"{now}\" in the same batch",
                    Unsure = !broken.Any(b => b.Sure),
                };
            }
        }
    }

    // Null where the use is still met; else whether that is sure.
    private static bool? Breaks(ImportUse use, ImportViews views, Importers importers)
    {
        if (use.Type is { } type)
        {
            var elsewhere = views.Scanned.Any(s => s.Now.Types.Contains(type)) || importers.Declares(type, views.IsTouched);
            return elsewhere ? null : false; // a name that is mentioned may be another type of the same name
        }

        var reference = use.Reference!.Value;
        var language = Language.Of(use.File)!;
        return language.Resolve(use.File, reference, views.After) switch
        {
            Resolution.Found found when reference.Target.StartsWith("crate", StringComparison.Ordinal) && !SameDepth(found) => false,
            Resolution.Found => null,
            Resolution.Missing => language.MissingIsSure && !reference.Optional,
            _ => false,
        };

        bool SameDepth(Resolution.Found now) =>
            language.Resolve(use.File, reference, views.Before) is Resolution.Found before && before.Files[0] == now.Files[0];
    }

    // Files that go are candidates too: the types that they declare are read from them.
    private static IReadOnlyList<CandidateFile> Candidates(CheckSubject subject, WorktreeReader worktree)
    {
        var tracked = CandidateFile.Tracked(subject.Layout, worktree);
        var known = tracked.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return [.. tracked, .. subject.Files.Where(f => f.Before is PathState.File && !known.Contains(f.Path.Value))
            .Select(f => new CandidateFile(f.Path.Value, (ObjectId?)null))];
    }
}
