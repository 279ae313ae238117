using GitWriteOpt.Metrics;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt;

/// <summary>What is told of each command: a line of figures, the log, the trace.</summary>
public sealed partial class Writer
{
    // After the lock is let go of and before the answer: one write to a file that is never synced.
    private WriteOutcome Recorded(string command, bool dryRun, Durability durability, WriteOutcome outcome)
    {
        if (outcome.Error is { } error)
        {
            EventTrace.Current?.Error(error.Category.ToString().ToLowerInvariant(), error.Code, error.Path);
        }

        if (dryRun || !Directory.Exists(_context.State.Root))
        {
            return outcome;
        }

        var (bytes, milliseconds, errors, warnings) = (0L, 0.0, 0, 0);
        foreach (var file in outcome.Files)
        {
            bytes += file.Bytes;
        }

        foreach (var (_, phase) in outcome.Timings)
        {
            milliseconds += phase;
        }

        foreach (var finding in outcome.Findings)
        {
            errors += finding.Severity == Validation.CheckSeverity.Error ? 1 : 0;
            warnings += finding.Severity == Validation.CheckSeverity.Error ? 0 : 1;
        }

        FigureLog.Append(_context.State.Figures, new CommandRecord(command, NameOf(outcome.State), outcome.Files.Count, bytes,
            milliseconds, durability, _context.Time.GetUtcNow())
        {
            Transaction = outcome.Transaction,
            Code = outcome.Error?.Code,
            Errors = errors,
            Warnings = warnings,
            Writing = Writing(outcome),
        });
        return outcome;
    }

    // Waiting, planning and validating do not count: single writes would need them as well.
    private static double Writing(WriteOutcome outcome)
    {
        var milliseconds = 0.0;
        foreach (var (phase, time) in outcome.Timings)
        {
            milliseconds += phase is "lock" or "recover" or "plan" ? 0 : time;
        }

        return milliseconds;
    }

    private RecoveryOutcome Recorded(RecoveryOutcome outcome)
    {
        if (outcome.State != RecoveryState.Clean)
        {
            FigureLog.Append(_context.State.Figures, new CommandRecord("recovery",
                outcome.State == RecoveryState.Recovered ? "recovered" : "attention", outcome.Recovered.Count, 0, 0,
                Durability.Full, _context.Time.GetUtcNow()));
            EventTrace.Current?.Data("recovery", "transactions", $"{outcome.Recovered.Count} {outcome.State}");
        }

        return outcome;
    }

    private static string NameOf(WriteState state) => state switch
    {
        WriteState.Applied => "applied",
        WriteState.Unchanged => "unchanged",
        WriteState.Planned => "planned",
        WriteState.Partial => "partial",
        WriteState.Refused => "refused",
        WriteState.RolledBack => "rolled-back",
        _ => "attention",
    };

    private void LogPhases(PhaseTimes times)
    {
        if (_context.Log.IsEnabled(LogLevel.Debug))
        {
            foreach (var (phase, milliseconds) in times.Milliseconds)
            {
                _context.Log.LogDebug("phase {Phase}: {Time:0.000} ms", phase, milliseconds);
            }
        }
    }

    private void LogDecisions(WritePlan plan)
    {
        var (log, trace) = (_context.Log.IsEnabled(LogLevel.Debug), EventTrace.Current);
        if (!log && trace is null)
        {
            return;
        }

        foreach (var decision in plan.Decisions)
        {
            _context.Log.LogDebug("{Subject}: {Rule}: {Text}", decision.Subject, decision.Rule, decision.Text);
            trace?.Data("decision", $"{decision.Subject}: {decision.Rule}", decision.Text);
        }

        foreach (var (name, text) in Optimisations.Of(plan))
        {
            _context.Log.LogDebug("optimisation {Name}: {Text}", name, text);
            trace?.Data("optimisation", name, text);
        }
    }
}
