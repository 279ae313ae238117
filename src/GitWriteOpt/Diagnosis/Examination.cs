using GitWriteOpt.Retention;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Diagnosis;

/// <summary>
/// Looks at everything that is ours and at what it stands on, and mends what it safely can: what was cut off in this
/// worktree, leftovers of killed processes, a ref of ours whose commit is missing (noted in <c>writeopt/doctor.log</c>
/// first), the list of our packs. Never: a journal that is not this worktree's, a lock of git's, anything of the user's.
/// </summary>
internal sealed class Examination(TransactionContext context, TimeSpan lockLimit, Action? waiting)
{
    private readonly List<Finding> _findings = [];

    /// <summary>Examines.</summary>
    internal DoctorOutcome Run(DoctorRequest request)
    {
        using var run = request.DryRun ? null : UpkeepLock.Run(context.State, lockLimit, waiting);
        using var held = run is null ? null : UpkeepLock.Exclusive(context.State, lockLimit, waiting);
        var mayRepair = held is not null;
        if (!request.DryRun && !mayRepair)
        {
            var path = run is null ? context.State.UpkeepLock : context.State.SharedLock;
            _findings.Add(new Finding(FindingSeverity.Warning, "lock-busy",
                $"another git writeopt has been at work for more than {lockLimit.TotalSeconds:0} s; nothing was mended")
            {
                Path = path,
                Suggestion = $"fuser shows who holds it: fuser \"{path}\"",
            });
        }

        // In this order: recovery needs its refs, the log needs sound ones, and a witness tells a leftover from a temp.
        _findings.AddRange(new JournalChecks(context, mayRepair).Run());
        _findings.AddRange(new RefChecks(context, mayRepair).Run(request.Full));
        _findings.AddRange(new LocalChecks(context, mayRepair).Run());
        _findings.AddRange(new PackChecks(context, mayRepair).Run(request.Full));
        _findings.AddRange(LockFiles.Check(context));
        _findings.AddRange(ConfigurationChecks.Run(context.Config));
        var ground = GroundSurvey.Of(context, mayTry: mayRepair);
        _findings.AddRange(GroundSurvey.Meaning(context, ground));

        // With a dry run "repaired" says what would be.
        var open = _findings.Any(f => f.Severity != FindingSeverity.Note && !f.Repaired);
        return new DoctorOutcome(open ? DoctorState.Attention
            : _findings.Any(f => f.Repaired) ? DoctorState.Repaired : DoctorState.Well, _findings, ground);
    }
}
