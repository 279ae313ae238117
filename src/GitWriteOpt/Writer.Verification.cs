using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Sessions;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation.Sandbox;
using GitWriteOpt.Worktree;

namespace GitWriteOpt;

/// <summary>Commands of the user's around a batch: one in the sandbox before it is written, one in the worktree after.</summary>
public sealed partial class Writer
{
    private const int MostTrials = 3;
    private const int MostNamed = 10;
    private const string ChangedWhileVerifying = "changed-while-verifying";

    private string VerifyLogs => _context.State.Root + "/verify";

    // No lock is held while a command runs, which may take minutes: the batch is planned again afterwards, under the lock,
    // and written only if the plan is the one that was verified.
    private WriteOutcome Verified(Batch batch, ApplyOptions options, Func<string?, WriteOutcome> apply)
    {
        var caller = CallerEnvironment.OfProcess();
        var before = VerifyCommand.Of(options.Verify, _context.Config, VerifyCommand.Key, caller);
        var after = VerifyCommand.Of(options.VerifyAfter, _context.Config, VerifyCommand.AfterKey, caller);
        if (before is null && after is null)
        {
            return apply(null);
        }

        WriteOutcome outcome;
        for (var trial = 1; ; trial++)
        {
            string? verified = null;
            if (before is not null && (!options.DryRun || options.Verify is not null))
            {
                outcome = Write(dryRun: true, (worktree, times) => Try(batch, options, before, caller, worktree, times, out verified));
                if (verified is null || options.DryRun)
                {
                    return outcome;
                }
            }

            outcome = apply(verified);
            if (outcome.Error?.Code != ChangedWhileVerifying || trial == MostTrials)
            {
                break;
            }
        }

        return after is null || options.DryRun ? outcome : VerifiedAfter(outcome, after, caller);
    }

    private WriteOutcome Try(Batch batch, ApplyOptions options, VerifyCommand command, CallerEnvironment caller,
        WorktreeReader worktree, PhaseTimes times, out string? verified)
    {
        verified = null;
        var planning = new BatchPlanning(_context, worktree);
        WritePlan plan;
        try
        {
            plan = planning.Plan(batch, options);
        }
        catch (RefusedException cause)
        {
            return Outcomes.Refused(cause) with { Findings = planning.Validation.Findings, Timings = times.Milliseconds };
        }

        times.End("plan");
        if (options.Session is not null)
        {
            RefuseProtected(plan);
        }

        if (plan.Changes.Count > 0)
        {
            _context.State.Prepare();
            using var held = FileLock.Acquire(_context.State.Root + "/sandbox.lock", exclusive: true,
                command.Limit > LockLimit ? command.Limit : LockLimit, Waiting) ?? throw new RefusedException(new WriteError(
                    ErrorCategory.Permission, "sandbox-busy", "another git writeopt verifies a batch in this worktree's sandbox")
                {
                    Suggestion = "wait for it to end, or run without --verify",
                });
            if (TryInSandbox(plan, options, command, caller, times) is { } failed)
            {
                return failed with { Findings = planning.Validation.Findings, Timings = times.Milliseconds };
            }
        }

        verified = Fingerprint(plan);
        return Outcomes.Of(plan, plan.Changes.Count == 0 ? WriteState.Unchanged : WriteState.Planned) with
        {
            Findings = planning.Validation.Findings,
            Timings = times.Milliseconds,
        };
    }

    private WriteOutcome? TryInSandbox(
        WritePlan plan, ApplyOptions options, VerifyCommand command, CallerEnvironment caller, PhaseTimes times)
    {
        var sandbox = new SandboxTree(_context.Layout, _context.Config);
        var groups = options.VerifyEachGroup && plan.Groups.Count > 1 ? plan.Groups : [];
        for (var (i, there) = (0, new HashSet<RepoPath>()); i < Math.Max(1, groups.Count); i++)
        {
            there.UnionWith(groups.Count == 0 ? plan.Changes.Select(c => c.Path) : groups[i].Paths);
            sandbox.Bring(SandboxFiles(plan.Changes.Where(c => there.Contains(c.Path))));
            times.End("sandbox");
            var answer = command.Run(sandbox.Tree, groups.Count == 0 ? "what the batch would leave; nothing was written"
                : $"what the batch would leave with its groups up to {i + 1} of {groups.Count} ({string.Join(", ", groups[i].Paths.Take(MostNamed))}"
                    + $"{(groups[i].Paths.Count > MostNamed ? ", ..." : "")}); nothing was written", VerifyLogs, caller);
            times.End("verify-command");
            if (!answer.Passed)
            {
                var path = groups.Count == 0 ? null : groups[i].Paths[0].Value;
                return Outcomes.Refused(new RefusedException(answer.Error! with { Path = path })) with { CommandOutput = answer.Tail };
            }
        }

        return null;
    }

    private WriteOutcome VerifiedAfter(WriteOutcome outcome, VerifyCommand command, CallerEnvironment caller)
    {
        if (outcome is not { State: WriteState.Applied or WriteState.Partial, Transaction: { } id })
        {
            return outcome;
        }

        var before = Present();
        var answer = command.Run(_context.Layout.WorktreeRoot, "the worktree", VerifyLogs, caller);
        var after = Present();
        List<string> wrote = [.. before.Keys.Union(after.Keys).Where(path => !before.TryGetValue(path, out var a)
            || !after.TryGetValue(path, out var b) || a != b).Order(StringComparer.Ordinal)];
        string[] left = wrote.Count == 0 ? [] : [$"{command.Text} itself wrote what is left as it is: {string.Join(", ", wrote.Take(MostNamed))}"
            + (wrote.Count > MostNamed ? $" and {wrote.Count - MostNamed} more" : "")];
        if (answer.Passed)
        {
            return outcome with { Warnings = [.. outcome.Warnings, .. left] };
        }

        var back = Rollback(new RollbackRequest { Transaction = id });
        var undone = back.State is WriteState.Applied or WriteState.Unchanged;
        return outcome with
        {
            State = undone ? WriteState.RolledBack : WriteState.Attention,
            Transaction = undone ? null : id,
            Ref = undone ? back.Ref : outcome.Ref,
            CommandOutput = answer.Tail,
            Warnings = [.. outcome.Warnings, .. back.Warnings, .. left],
            Error = answer.Error! with
            {
                Message = undone ? answer.Error.Message : $"{answer.Error.Message}; taking the batch back failed: {back.Error?.Message}",
                Suggestion = undone
                    ? $"the batch was rolled back and is not lost: once the cause is mended, git writeopt redo {back.Transaction ?? id} writes it again"
                    : $"git writeopt undo {id} --force takes it back; what is overwritten is kept in that transaction's backup",
            },
        };
    }

    private void RefuseUnlessVerified(WritePlan plan, string? verified)
    {
        if (verified is not null && verified != Fingerprint(plan))
        {
            throw new RefusedException(new WriteError(ErrorCategory.Conflict, ChangedWhileVerifying,
                "the files of the batch changed while the command verified it")
            {
                Suggestion = "stop what writes to them, then run it again",
            });
        }
    }

    private List<SandboxFile> SandboxFiles(IEnumerable<PlannedChange> changes)
    {
        List<PlannedChange> made = [.. changes];
        var changed = made.Select(c => c.Path.Value).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Present().Where(f => !changed.Contains(f.Key) && PathRules.Objection(f.Key) is null)
                .Select(f => new SandboxFile(RepoPath.Parse(f.Key), f.Value.Mode, f.Value.Id, null)),
            .. made.Where(c => c.After is not PathState.Absent).Select(c => c.After switch
            {
                PathState.File file => new SandboxFile(c.Path, file.GitMode, IdOf(file), file.Content),
                var link => new SandboxFile(c.Path, link.GitMode, ObjectHash.OfBlob(Content.Of(((PathState.Link)link).Target),
                    _context.Layout.ObjectFormat), Content.Of(((PathState.Link)link).Target)),
            }),
        ];
    }

    // The worktree as it is now: tracked files, dirty ones with their bytes, and untracked ones that are not ignored.
    private Dictionary<string, (int Mode, ObjectId Id)> Present()
    {
        var survey = new Snapshots(_context).Look(pack: null);
        return TreeDifference.Between(survey.Trees, survey.Trees.Empty, survey.Tree)
            .Where(d => d.New is { Mode: not GitModes.Gitlink } && !d.Path.Contains('\ufffd', StringComparison.Ordinal))
            .ToDictionary(d => d.Path, d => (d.New!.Value.Mode, d.New.Value.Id), StringComparer.Ordinal);
    }

    private string Fingerprint(WritePlan plan) => string.Join('\n', plan.Changes.OrderBy(c => c.Path)
        .Select(c => $"{c.Path} {Name(c.Before)} {Name(c.After)}"));

    private string Name(PathState state) => state switch
    {
        PathState.File file => $"{file.GitMode} {IdOf(file)}",
        PathState.Link link => "link " + link.Target,
        _ => "-",
    };

    private ObjectId IdOf(PathState.File file) => file.Id ?? ObjectHash.OfBlob(file.Content, _context.Layout.ObjectFormat);
}
