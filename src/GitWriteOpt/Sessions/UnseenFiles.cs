using GitWriteOpt.Transactions;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Files that seem to come or go between two checkpoints though they were there all the time: left out for their size,
/// ignored by rules that changed, in a nested repository, moved in from elsewhere. The session did not make them, so
/// nothing of ours deletes them.
/// </summary>
internal sealed class UnseenFiles
{
    private const int ClockTick = 10;

    private readonly string _root;
    private readonly Snapshot _before;
    private readonly HashSet<string> _leftOut;
    private readonly IReadOnlyList<string> _nested;
    private readonly HashSet<ObjectStore.ObjectId> _moved;
    private readonly bool _rulesChanged;

    /// <summary>Between two moments.</summary>
    /// <param name="root">The worktree's root.</param>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    /// <param name="changes">What differs.</param>
    internal UnseenFiles(string root, Snapshot before, Snapshot after, IReadOnlyList<RecordedChange> changes)
    {
        _root = root;
        _before = before;
        _leftOut = before.LeftOut.Concat(after.LeftOut).Select(l => l.Path).Concat(before.Forgotten).Concat(after.Forgotten)
            .ToHashSet(StringComparer.Ordinal);
        _nested = [.. before.Nested, .. after.Nested];
        _rulesChanged = changes.Any(c => c.Path.Name == ".gitignore");
        _moved = [.. changes.Where(c => c is { Before: not null, After: null }).Select(c => c.Before!.Value.Blob)];
    }

    /// <summary>Whether a path came or went for us alone.</summary>
    /// <param name="change">The change.</param>
    /// <param name="wasFound">Whether a transaction in between found something at the path.</param>
    internal bool Has(RecordedChange change, bool wasFound)
    {
        var path = change.Path.Value;
        return _leftOut.Contains(path)
            || _nested.Any(n => path.StartsWith(n.TrimEnd('/') + "/", StringComparison.Ordinal))
            || (change is { Before: null, After: { } after } && !_moved.Contains(after.Blob)
                && (IsOlder(path) || (wasFound && _rulesChanged)));
    }

    // Inodes are stamped by a clock that may be a tick behind the one that ids are made by.
    private bool IsOlder(string path)
    {
        var born = File.GetCreationTimeUtc($"{_root}/{path}");
        return born.Year > 1970 && born < _before.Id.Time.UtcDateTime.AddMilliseconds(-ClockTick) && File.Exists($"{_root}/{path}");
    }
}
