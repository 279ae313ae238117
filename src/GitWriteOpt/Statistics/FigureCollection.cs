using GitWriteOpt.Errors;
using GitWriteOpt.Metrics;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;
using Microsoft.Extensions.Logging;

namespace GitWriteOpt.Statistics;

/// <summary>
/// Adds up what is recorded: one walk over the transactions of this worktree, newest first, and one over the recorded
/// commands. Holds a sum a part of the trend and no transactions. Changes nothing, takes no lock.
/// </summary>
internal sealed class FigureCollection
{
    private const int MostTemplateBatches = 200;

    private readonly TransactionContext _context;
    private readonly DateTimeOffset? _since;
    private readonly FigureTally _whole = new();
    private readonly TrendParts _parts;
    private readonly FigureTally[] _tallies;

    /// <summary>Of what came after a time; null for all.</summary>
    internal FigureCollection(TransactionContext context, DateTimeOffset? since)
    {
        (_context, _since) = (context, since);
        var times = new List<DateTimeOffset>();
        foreach (var name in context.Refs.Names(RefNames.Transactions))
        {
            if (TransactionId.TryParse(name.AsSpan(RefNames.Transactions.Length), out var id))
            {
                Note(times, id.Time);
            }
        }

        foreach (var folded in new FoldedTransactions(context).NewestFirst())
        {
            Note(times, folded.Id.Time);
        }

        _parts = TrendParts.Of(times);
        _tallies = new FigureTally[_parts.Starts.Count];
        for (var i = 0; i < _tallies.Length; i++)
        {
            _tallies[i] = new FigureTally();
        }
    }

    /// <summary>Collects.</summary>
    /// <exception cref="StoreException">What is recorded cannot be read.</exception>
    internal FigureReport Collect()
    {
        var calibration = CalibrationRun.Read(_context.State);
        var commands = Commands(calibration);
        var (transactions, from, to) = Transactions();
        var learning = Learning.Over(_context);
        Answers(learning);
        var figures = new List<MeasuredFigure>(FigureTable.Rows.Count + 1);
        foreach (var row in FigureTable.Rows)
        {
            var of = row.Of(_whole);
            var trend = new List<TrendPoint>(_tallies.Length);
            for (var i = 0; i < _tallies.Length; i++)
            {
                trend.Add(new TrendPoint(_parts.Starts[i], row.Of(_tallies[i]) > 0 ? row.Value(_tallies[i]) : null));
            }

            figures.Add(new MeasuredFigure(row.Name, row.Title, row.Unit, of > 0 ? row.Value(_whole) : null, of, row.Formula, row.Source,
                of > 0 ? null : row.Measures, trend));
        }

        return new FigureReport(_since, from, to, transactions, commands, _parts.By, calibration, figures)
        {
            Suggestions = Suggestions(learning),
        };
    }

    private void Answers(Learning learning)
    {
        foreach (var (shown, taken) in learning.Answers())
        {
            if (_since is null || shown >= _since)
            {
                void Add(FigureTally tally)
                {
                    tally.Answered++;
                    tally.SuggestionsTaken += taken ? 1 : 0;
                }

                if (shown is { } time)
                {
                    Each(time, Add);
                }
                else
                {
                    Add(_whole);
                }
            }
        }
    }

    // What was learned may be damaged or of another version: the next learning mends it, and the other figures stand.
    private List<SuggestedKind> Suggestions(Learning learning)
    {
        IReadOnlyList<KindFigures> replayed = [];
        try
        {
            replayed = _context.Refs.Read(RefNames.Patterns) is null ? [] : learning.Kinds();
        }
        catch (StoreException cause)
        {
            _context.Log.LogInformation("no kinds of suggestion are told: {Why}", cause.Message);
        }

        var kinds = new List<SuggestedKind>();
        var answered = learning.Figures().Kinds;
        foreach (var kind in replayed)
        {
            kinds.Add(new SuggestedKind(kind.Kind, kind, answered.FirstOrDefault(a => a.Kind == kind.Kind)));
        }

        foreach (var answer in answered)
        {
            if (!replayed.Any(k => k.Kind == answer.Kind))
            {
                kinds.Add(new SuggestedKind(answer.Kind, null, answer));
            }
        }

        return kinds;
    }

    private void Note(List<DateTimeOffset> times, DateTimeOffset time)
    {
        if (_since is null || time >= _since)
        {
            times.Add(time);
        }
    }

    private int Commands(Calibration? calibration)
    {
        var count = 0;
        var recovery = new ErrorRecovery((time, recovered) => Each(time, tally =>
        {
            tally.Failed++;
            tally.Recovered += recovered ? 1 : 0;
        }));
        try
        {
            foreach (var one in FigureLog.All(_context.State.Figures))
            {
                if (one.Time is { } time && (_since is null || time >= _since))
                {
                    count++;
                    var level = calibration?.At(one.Durability);
                    Each(time, tally => tally.Add(one, level, calibration));
                    recovery.Follow(one, time);
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw Platform.Errno.Exception(cause, "read", _context.State.Figures);
        }

        recovery.End();
        return count;
    }

    private (int Count, DateTimeOffset? From, DateTimeOffset? To) Transactions()
    {
        var (count, templateBatches) = (0, 0);
        DateTimeOffset? from = null, to = null;
        var sessions = new SessionPatterns(_context);
        var survival = _context.Refs.ReadHead().Commit is { } head ? new TemplateSurvival(_context.Objects, head) : null;
        foreach (var one in new TransactionLog(_context).Query(new LogQuery()))
        {
            if (_since is not null && one.Time < _since)
            {
                break;
            }

            count++;
            to ??= one.Time;
            from = one.Time;
            var template = TemplateOf(one);
            Each(one.Time, tally => tally.Add(one, template));
            sessions.Add(one, template);
            if (template is not null && survival is not null && templateBatches++ < MostTemplateBatches)
            {
                var (written, left) = survival.Of(_context.Objects.ReadCommit(ObjectId.Parse(one.Commit)));
                Each(one.Time, tally =>
                {
                    tally.TemplateLines += written;
                    tally.TemplateLinesLeft += left;
                });
            }
        }

        foreach (var (time, patterns) in sessions.Count())
        {
            Each(time, tally =>
            {
                tally.Sessions++;
                tally.Patterns += patterns;
            });
        }

        return (count, from, to);
    }

    private void Each(DateTimeOffset time, Action<FigureTally> add)
    {
        add(_whole);
        if (_parts.At(time) is var part and >= 0)
        {
            add(_tallies[part]);
        }
    }

    // The name stands in the message of what a template made, before the colon.
    private static string? TemplateOf(TransactionSummary one)
    {
        const string start = TemplateTransactions.Message;
        if (one.Format != Planner.TemplateFormat)
        {
            return null;
        }

        var colon = one.Message.IndexOf(':', StringComparison.Ordinal);
        return one.Message.StartsWith(start, StringComparison.Ordinal) && colon > start.Length ? one.Message[start.Length..colon] : one.Message;
    }
}
