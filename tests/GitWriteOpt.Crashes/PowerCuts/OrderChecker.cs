using GitWriteOpt.Crashes.Tracing;

namespace GitWriteOpt.Crashes.PowerCuts;

/// <summary>What a transaction promises about a power cut.</summary>
public enum Promise
{
    /// <summary>Durable on return.</summary>
    Full,

    /// <summary>A power cut may lose the newest transaction as a whole: its commit point may be there before its swaps.</summary>
    Batch,
}

/// <summary>An order in which a power cut could do harm.</summary>
/// <param name="At">The call that came too early.</param>
/// <param name="What">What it did, and what was not yet on the disk.</param>
public sealed record Violation(TracedCall At, string What);

/// <summary>
/// Checks the order of a traced transaction's calls, mechanically:
/// <list type="number">
/// <item>no journal ref gets its name before the bytes of its objects (pack and index) are durable under their names;</item>
/// <item>nothing is swapped into the worktree, and the index is not replaced, before journal ref, witness and objects are
/// durable, nor before what is swapped in is durable itself;</item>
/// <item>the worktree's token gets its name with its bytes: without it nobody knows whose temps and journals are ours;</item>
/// <item>no transaction's ref gets its name before its swaps are durable (only at <see cref="Promise.Full"/>).</item>
/// </list>
/// </summary>
/// <param name="worktree">The worktree's root, as it was traced.</param>
/// <param name="gitDirectory">The git directory; for a linked worktree the common one.</param>
/// <param name="promise">What was promised.</param>
/// <param name="order">What the file system does with names by itself.</param>
public sealed class OrderChecker(string worktree, string gitDirectory, Promise promise, NameOrder order)
{
    private readonly DiskModel _disk = new();
    private readonly List<Violation> _violations = [];
    private readonly HashSet<string> _swapped = new(StringComparer.Ordinal);
    private readonly HashSet<string> _objects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _journal = new(StringComparer.Ordinal);

    /// <summary>How many journal refs, swaps and commit points were seen: none would make a check worth nothing.</summary>
    public (int Journals, int Swaps, int CommitPoints) Seen { get; private set; }

    /// <summary>Checks a whole run.</summary>
    public IReadOnlyList<Violation> Check(IEnumerable<TracedCall> calls)
    {
        foreach (var call in calls.Where(c => c.Succeeded))
        {
            Before(call);
            _disk.Follow(call);
            After(call);
        }

        return _violations;
    }

    private void Before(TracedCall call)
    {
        if ((call.Class & (CallClass.Rename | CallClass.HardLink | CallClass.Create | CallClass.SymbolicLink)) == 0)
        {
            return;
        }

        var target = call.Paths[^1];
        if (IsRef(target, "pending") && call.Class != CallClass.Create)
        {
            Seen = Seen with { Journals = Seen.Journals + 1 };
            Demand(call, _objects, "the journal ref", names: order == NameOrder.Any);
        }
        else if (IsRef(target, "tx") && call.Class != CallClass.Create)
        {
            Seen = Seen with { CommitPoints = Seen.CommitPoints + 1 };
            if (promise == Promise.Full)
            {
                Demand(call, _swapped, "the commit point", names: true);
            }
        }
        else if (target.EndsWith("/writeopt/worktree", StringComparison.Ordinal) && !_disk.HasData(call.Paths[0]))
        {
            Violate(call, "the worktree's token before its bytes are durable");
        }
        else if (IsSwap(call))
        {
            Seen = Seen with { Swaps = Seen.Swaps + 1 };
            Demand(call, _objects, "a swap", names: true);
            Demand(call, _journal, "a swap", names: true);
            if (!_disk.HasData(call.Paths[0]))
            {
                Violate(call, $"a swap brings {call.Paths[0]}, whose bytes are not durable");
            }

            foreach (var (has, what) in new[]
            {
                (_journal.Any(p => IsRef(p, "pending")), "journal ref"), (_journal.Any(IsWitness), "witness"),
                (_objects.Count > 0, "objects"),
            })
            {
                if (!has)
                {
                    Violate(call, $"a swap has no {what} yet");
                }
            }
        }
    }

    private void After(TracedCall call)
    {
        foreach (var path in call.Class is CallClass.Rename or CallClass.HardLink or CallClass.Create ? call.Paths : [])
        {
            if (IsObject(path) && _disk.Knows(path))
            {
                _objects.Add(path);
            }
            else if ((IsRef(path, "pending") || IsWitness(path)) && _disk.Knows(path))
            {
                _journal.Add(path);
            }
        }

        if (IsSwap(call))
        {
            _swapped.UnionWith(call.Paths.Where(p => IsInWorktree(p) || p == gitDirectory + "/index"));
        }
        else if (call.Class is CallClass.Remove or CallClass.MakeDirectory)
        {
            _swapped.UnionWith(call.Paths.Where(IsInWorktree));
            _journal.Remove(call.Paths[0]);
            _objects.Remove(call.Paths[0]);
        }
    }

    private void Demand(TracedCall call, IEnumerable<string> paths, string what, bool names)
    {
        foreach (var path in paths)
        {
            if (!_disk.HasData(path))
            {
                Violate(call, $"{what} before the bytes of {path} are durable");
            }
            else if (names && !_disk.HasName(path))
            {
                Violate(call, $"{what} before the name {path} is durable");
            }
        }
    }

    private void Violate(TracedCall call, string what) => _violations.Add(new Violation(call, what));

    private bool IsSwap(TracedCall call) => (call.Class is CallClass.Rename or CallClass.HardLink
        && call.Paths.Any(IsInWorktree)) || (call.Class == CallClass.Rename && call.Paths[^1] == gitDirectory + "/index");

    private bool IsInWorktree(string path) => path.StartsWith(worktree + "/", StringComparison.Ordinal)
        && !path.StartsWith(worktree + "/.git/", StringComparison.Ordinal)
        && !Path.GetFileName(path).StartsWith(".writeopt-", StringComparison.Ordinal);

    private bool IsRef(string path, string kind) =>
        path.StartsWith($"{gitDirectory}/refs/writeopt/{kind}/", StringComparison.Ordinal)
        && !path.EndsWith(".lock", StringComparison.Ordinal);

    private bool IsWitness(string path) => path.StartsWith(gitDirectory, StringComparison.Ordinal)
        && path.Contains("/writeopt/open/", StringComparison.Ordinal);

    private bool IsObject(string path) => path.StartsWith(gitDirectory + "/objects/", StringComparison.Ordinal)
        && !Path.GetFileName(path).StartsWith("tmp_", StringComparison.Ordinal)
        && !path.EndsWith(".keep", StringComparison.Ordinal);
}
