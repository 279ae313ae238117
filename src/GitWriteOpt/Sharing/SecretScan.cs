using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;
using GitWriteOpt.Validation;

namespace GitWriteOpt.Sharing;

/// <summary>Looks for what must not leave this machine: files with the names of secrets, and contents that hold one.</summary>
internal sealed class SecretScan(TransactionContext context)
{
    private const string RuleName = "secret";

    private readonly SecretNames _names = new(context.Config);

    /// <summary>What was found, a line each, in byte order.</summary>
    /// <param name="entries">Paths with their contents.</param>
    /// <param name="news">Contents that the other side does not have; only these are looked at.</param>
    internal IReadOnlyList<string> Look(IEnumerable<(string Path, ObjectId Blob)> entries, IReadOnlySet<ObjectId> news)
    {
        List<StateRule> rules = [.. RuleTable.All.OfType<StateRule>().Where(rule => rule.Name == RuleName)];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var scanned = new HashSet<(ObjectId, string)>();
        foreach (var (path, blob) in entries.Where(e => news.Contains(e.Blob)))
        {
            if (_names.Match(path))
            {
                found.Add($"{path}: the name of a file with secrets");
            }
            else if (PathRules.Objection(path) is null)
            {
                found.UnionWith(rules.Select(rule => (Rule: rule, At: RepoPath.Parse(path)))
                    .Where(r => r.Rule.Covers(r.At) && scanned.Add((blob, r.Rule.Variant(r.At))))
                    .SelectMany(r => r.Rule.Look(r.At, Bytes(blob))).Where(s => !s.Unsure)
                    .Select(s => $"{path}{(s.Line is { } line ? $" line {line}" : "")}: {s.Message}"));
            }
        }

        return [.. found];
    }

    private ReadOnlyMemory<byte> Bytes(ObjectId blob) =>
        context.Blob(blob) is { Length: <= Content.StreamingThreshold } content ? content.ToMemory() : default;
}
