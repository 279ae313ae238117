using System.Text.Json;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Statistics;

/// <summary>
/// What each of the newest sessions wrote, and how many learned rules (<c>rules/files.jsonl</c> of what was learned) its files
/// follow. Bounded: the newest fifty sessions, a thousand files each.
/// </summary>
internal sealed class SessionPatterns(TransactionContext context)
{
    private const int MostSessions = 50;
    private const int MostFiles = 1000;

    private readonly Dictionary<string, Written> _sessions = new(StringComparer.Ordinal);

    /// <summary>Adds a transaction; from the newest to the oldest.</summary>
    internal void Add(TransactionSummary one, string? template)
    {
        if (one.Session is not { } name || one.Kind is TransactionKind.Rollback or TransactionKind.Redo or TransactionKind.Restore)
        {
            return;
        }

        if (!_sessions.TryGetValue(name, out var session))
        {
            if (_sessions.Count == MostSessions)
            {
                return;
            }

            _sessions.Add(name, session = new Written(one.Time));
        }

        if (template is not null)
        {
            session.Templates.Add(template);
        }

        if (session.Files.Count < MostFiles && TransactionId.TryParse(one.Transaction, out _))
        {
            foreach (var entry in SparseTree.Read(context.Objects, context.Objects.ReadCommit(ObjectId.Parse(one.Commit)).Tree))
            {
                session.Files.Add(entry.Path.Value);
            }
        }
    }

    /// <summary>Each session with the number of patterns in it; none where nothing was learned.</summary>
    internal IEnumerable<(DateTimeOffset Time, int Patterns)> Count()
    {
        if (_sessions.Count == 0 || Rules() is not { } rules)
        {
            yield break;
        }

        foreach (var (_, session) in _sessions)
        {
            var patterns = session.Templates.Count;
            foreach (var (first, second) in rules)
            {
                patterns += session.Files.Contains(first) && session.Files.Contains(second) ? 1 : 0;
            }

            yield return (session.Time, patterns);
        }
    }

    // Each pair once, whichever of the two the rule begins with.
    private HashSet<(string, string)>? Rules()
    {
        try
        {
            var store = new PatternStore(context.Layout, context.Refs, context.Objects, "", context.Time);
            if (store.Read().TryRead("rules/files.jsonl") is not { } bytes)
            {
                return null;
            }

            var rules = new HashSet<(string, string)>();
            foreach (var range in bytes.AsSpan().Split((byte)'\n'))
            {
                if (bytes.AsSpan()[range] is { Length: > 0 } line
                    && JsonSerializer.Deserialize(line, PatternJson.Default.RuleLine) is { If: { } first, Then: { } second })
                {
                    rules.Add(string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first));
                }
            }

            return rules;
        }
        catch (Exception cause) when (cause is WriteException or JsonException)
        {
            return null; // git writeopt learn and doctor tell of damage; here nothing was measured
        }
    }

    private sealed class Written(DateTimeOffset time)
    {
        internal DateTimeOffset Time => time;

        internal HashSet<string> Files { get; } = new(StringComparer.Ordinal);

        internal HashSet<string> Templates { get; } = new(StringComparer.Ordinal);
    }
}
