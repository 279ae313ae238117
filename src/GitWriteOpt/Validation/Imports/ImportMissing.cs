using GitWriteOpt.Dependencies;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Imports;

/// <summary>
/// References to files of the repository that shall be nowhere. What git ignores may be made by a build, so it is no
/// finding; what was missing before is at most a warning.
/// </summary>
internal sealed class ImportMissing() : BatchRule(new RuleInfo("import-missing", ErrorCategory.Dependency, CheckSeverity.Error,
    "a file imports or refers to one that is neither in the batch nor in the worktree"))
{
    /// <inheritdoc/>
    public override bool TakesTime => true;

    /// <inheritdoc/>
    public override IEnumerable<Sighting> Look(CheckSubject subject, ValidationTally tally)
    {
        var views = ImportViews.Of(subject);
        var found = new List<(string Expected, Sighting Sighting)>();
        foreach (var file in views.Scanned.Where(f => f.Now.Uses.Count > 0))
        {
            tally.Looked(file.File.Path);
            var path = file.File.Path.Value;
            var missingBefore = new Lazy<HashSet<string>>(() => [.. file.Before.Uses
                .Where(use => file.Language.Resolve((file.File.RenamedFrom ?? file.File.Path).Value, use, views.Before) is Resolution.Missing)
                .Select(use => use.Target)]);
            foreach (var use in file.Now.Uses.Where(u => !u.Optional).DistinctBy(u => u.Target))
            {
                var resolution = file.Language.Resolve(path, use, views.After);
                if (resolution is Resolution.Found met)
                {
                    views.Meet(met);
                }
                else if (resolution is Resolution.Missing missing)
                {
                    found.Add((missing.Expected, new Sighting(file.File.Path,
                        $"refers to \"{use.Target}\", but nothing is at \"{missing.Expected}\"", use.Line)
                    {
                        Suggestion = "write that file in the same batch, or correct the reference",
                        Unsure = !file.Language.MissingIsSure,
                        WasThere = missingBefore.Value.Contains(use.Target),
                    }));
                }
            }
        }

        if (found.Count == 0)
        {
            return [];
        }

        var ignored = Ignored(subject.Layout, found.Select(f => f.Expected));
        return ignored is null ? found.Select(f => f.Sighting with { Unsure = true })
            : found.Where(f => !ignored.Contains(f.Expected)).Select(f => f.Sighting);
    }

    // Null where git cannot say (a path beyond a link).
    private static HashSet<string>? Ignored(RepositoryLayout layout, IEnumerable<string> paths)
    {
        List<string> asked = [.. paths.Where(p => PathRules.Objection(p) is null).Distinct(StringComparer.Ordinal)];

        // check-ignore does not know --literal-pathspecs, which is among our settings. It runs nothing: with --no-index it
        // does not even read the index, so there is no file system monitor to be asked.
        var answer = new GitProcess(layout) { WithoutSettings = true }.Try(
            ["-c", "core.fsmonitor=false", "check-ignore", "-z", "--stdin", "--no-index"],
            System.Text.Encoding.UTF8.GetBytes(string.Concat(asked.Select(p => p + "\0"))));
        return answer.ExitCode > 1 ? null : [.. answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }
}
