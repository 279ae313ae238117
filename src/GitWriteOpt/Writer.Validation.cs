using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;

namespace GitWriteOpt;

/// <summary>Validation alone: what rules say of a batch, or of what a session wrote.</summary>
public sealed partial class Writer
{
    /// <summary>
    /// What validation would find in a batch, by the rules that answer at once. Changes nothing, takes no lock; a batch that
    /// cannot be planned for another reason has no findings.
    /// </summary>
    public ValidationOutcome Validate(Batch batch)
    {
        using var worktree = _context.OpenWorktree();
        var planning = new BatchPlanning(_context, worktree) { Rules = RuleTable.AtOnce };
        try
        {
            planning.Plan(batch, new ApplyOptions());
        }
        catch (RefusedException)
        {
            // What is wrong with the contents, if anything, is in the outcome.
        }

        return planning.Validation;
    }

    /// <summary>
    /// What validation finds in what changed before the newest checkpoint of a session, compared with what was there, by
    /// the rules that answer at once.
    /// </summary>
    public ValidationOutcome ValidateLastStep(SessionSummary session)
    {
        var chain = new AgentSessions(_context).Newest(session, 2);
        if (chain.Count < 2)
        {
            return ValidationOutcome.None;
        }

        var interval = new SessionStory(_context, session, chain).Intervals()[0];
        var contents = new RecordedContents(_context);
        using var worktree = _context.OpenWorktree();
        return new BatchValidation(_context, worktree, new Lazy<IndexReader>(() => IndexReader.Open(_context.Layout)), RuleTable.AtOnce)
            .Look([.. interval.Changes.Select(c =>
                new CheckedFile(c.Path, contents.State(c.Before), contents.State(c.After)) { RenamedFrom = c.RenamedFrom })]);
    }
}
