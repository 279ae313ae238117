using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Platform;

namespace GitWriteOpt.Validation;

/// <summary>
/// Runs the rules over what shall be written, before anything is: those of single files side by side, then those that
/// look at all of them. The severity of a finding is the rule's, but what was so before is at most a warning: a batch may
/// leave a broken file as it was, and must not make it worse.
/// </summary>
internal sealed class Validator(CheckSubject subject)
{
    private readonly ValidationTally _tally = new();

    /// <summary>Runs every rule that is not switched off.</summary>
    /// <exception cref="Errors.UsageException">The configuration of a rule cannot be read.</exception>
    public ValidationOutcome Run(IReadOnlyList<Rule> rules)
    {
        var settings = new RuleSettings(subject.Config);
        List<(Rule Rule, CheckSeverity Severity)> active = [.. from rule in rules
                                                               let severity = settings.Of(rule.Info)
                                                               where severity is not null
                                                               select (rule, severity.Value)];
        var single = new List<CheckFinding>[subject.Files.Count];
        SideBySide.Each(single.Length, i => single[i] = [.. OfFile(subject.Files[i], active)]);
        var findings = new List<CheckFinding>();
        foreach (var of in single)
        {
            findings.AddRange(of);
        }

        foreach (var (rule, severity) in active)
        {
            if (rule is BatchRule together)
            {
                foreach (var sighting in together.Look(subject, _tally))
                {
                    findings.Add(Finding(rule, severity, sighting, sighting.WasThere));
                }
            }
        }

        return new ValidationOutcome(findings.Count < 2 ? findings
            : [.. findings.OrderBy(f => f.Path).ThenBy(f => f.Line ?? 0).ThenBy(f => f.Column ?? 0).ThenBy(f => f.Rule, StringComparer.Ordinal)],
            _tally.Checked, _tally.FromCache);
    }

    private IEnumerable<CheckFinding> OfFile(CheckedFile file, List<(Rule Rule, CheckSeverity Severity)> rules)
    {
        foreach (var (rule, severity) in rules)
        {
            switch (rule)
            {
                case StateRule state when file.NewContent is { } content && state.Covers(file.Path):
                    foreach (var finding in OfState(state, severity, file, content))
                    {
                        yield return finding;
                    }

                    break;
                case ChangeRule change:
                    foreach (var sighting in change.Look(file, subject))
                    {
                        yield return Finding(rule, severity, sighting, sighting.WasThere);
                    }

                    break;
            }
        }
    }

    private IEnumerable<CheckFinding> OfState(StateRule rule, CheckSeverity severity, CheckedFile file, Content content)
    {
        if (content.Length > Content.StreamingThreshold)
        {
            return [];
        }

        var found = See(rule, file, content, (file.After as Worktree.PathState.File)?.Id, count: true);
        if (found.Count == 0)
        {
            return [];
        }

        var before = file.OldContent is { } old && old.Length <= Content.StreamingThreshold && rule.Covers(file.RenamedFrom ?? file.Path)
            ? See(rule, file, old, (file.Before as Worktree.PathState.File)?.Id, count: false) : [];
        var counts = before.GroupBy(s => s.Message, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return [.. found.Select(s => Finding(rule, severity, s, rule.EachByItself
            ? counts.TryGetValue(s.Message, out var left) && (counts[s.Message] = left - 1) >= 0
            : before.Any(b => !b.Unsure)))];
    }

    private List<Sighting> See(StateRule rule, CheckedFile file, Content content, ObjectId? known, bool count)
    {
        var id = known ?? subject.Hash(content);
        var variant = rule.Variant(file.Path);
        if (subject.Cache.TryGet(rule.Info, variant, id) is { } cached)
        {
            if (count)
            {
                _tally.Cached(file.Path);
            }

            return [.. cached.Select(s => s with { Path = file.Path })];
        }

        if (count)
        {
            _tally.Ran(file.Path);
        }

        List<Sighting> found = [.. rule.Look(file.Path, content.ToMemory())];
        subject.Cache.Put(rule.Info, variant, id, found);
        return found;
    }

    private static CheckFinding Finding(Rule rule, CheckSeverity severity, Sighting sighting, bool wasThere) =>
        new(rule.Name, wasThere || sighting.Unsure ? CheckSeverity.Warning : severity, rule.Info.Category, sighting.Path, sighting.Message)
        {
            Line = sighting.Line,
            Column = sighting.Column,
            Suggestion = sighting.Suggestion,
            WasThere = wasThere,
        };
}
