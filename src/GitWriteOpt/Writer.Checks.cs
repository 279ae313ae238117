using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;

namespace GitWriteOpt;

/// <summary>Validation alone.</summary>
public sealed partial class Writer
{
    /// <summary>
    /// Runs the rules over files, the index or a batch. Changes nothing but the cache of results, which lies below this
    /// worktree's git directory.
    /// </summary>
    /// <exception cref="Errors.UsageException">A path is not there, or the configuration of a rule cannot be read.</exception>
    /// <exception cref="Errors.RefusedException">The batch cannot be planned.</exception>
    public ValidationOutcome Check(CheckRequest request)
    {
        using var worktree = _context.OpenWorktree();
        var cache = ResultCache.Of(_context.Layout);
        var outcome = new Validator(new CheckSubjects(_context, worktree).Of(request, cache)).Run(RuleTable.For(_context.Config));
        cache.Save();
        return outcome;
    }

    /// <summary>The rules, with their defaults and what is configured here.</summary>
    /// <exception cref="Errors.UsageException">The configuration of a rule cannot be read.</exception>
    public IReadOnlyList<CheckRule> CheckRules()
    {
        var settings = new RuleSettings(_context.Config);
        return [.. RuleTable.For(_context.Config).Select(r => new CheckRule(r.Name, r.Info.Category, r.Info.Default, settings.Of(r.Info), RuleTable.Key(r.Name), r.Info.Text))];
    }
}
