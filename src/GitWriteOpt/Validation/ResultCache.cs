using System.Collections.Concurrent;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation;

/// <summary>
/// What rules found in bytes that they saw before. The key is the blob id, the rule, its version and its variant; a path
/// is no part of it. Safe for several threads.
/// </summary>
internal sealed class ResultCache
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Sighting>> _results = new(StringComparer.Ordinal);

    /// <summary>What a rule found in a blob before; null where it is not known.</summary>
    public IReadOnlyList<Sighting>? TryGet(RuleInfo rule, string variant, ObjectId blob) =>
        _results.GetValueOrDefault(Key(rule, variant, blob));

    /// <summary>Keeps what a rule found.</summary>
    public void Put(RuleInfo rule, string variant, ObjectId blob, IReadOnlyList<Sighting> found) =>
        _results[Key(rule, variant, blob)] = found;

    private static string Key(RuleInfo rule, string variant, ObjectId blob) => $"{blob} {rule.Name} {rule.Version} {variant}";
}
