using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// What our refs cost: the bytes on disk (git's <c>%(objectsize:disk)</c>) of the objects that they reach and nothing of
/// the user's does: no ref, no reflog, no index. Each object counts once, for the newest group that reaches it; what never
/// goes by itself (journal, rescues, kept batches, snapshots, sessions) counts first.
/// </summary>
internal sealed class ByteBudget(TransactionContext context, long limit)
{
    /// <summary>Reckons.</summary>
    /// <param name="look">Looks at what is there, where that is needed.</param>
    /// <returns>
    /// The bytes, and the members of the groups that there is no room for; null where all packs together are not larger
    /// than the budget, so that nothing had to be read.
    /// </returns>
    internal (long Bytes, IReadOnlySet<TransactionId> TooMuch)? Reckon(Func<RetentionFacts> look)
    {
        var packs = context.Layout.ObjectsDirectory + "/pack";
        if (!Directory.Exists(packs)
            || new DirectoryInfo(packs).EnumerateFiles("*.pack").Sum(file => file.Length) <= limit)
        {
            return null;
        }

        var facts = look();
        var held = new HeldObjects(context.Objects);
        List<ObjectId> fixedOnes = [.. Fixed().SelectMany(held.New)];
        var groups = facts.Groups.OrderByDescending(group => IsHeld(group, facts))
            .Select(group => (Group: group, Objects: group.Members.SelectMany(t => held.New(t.Commit)).ToList())).ToList();
        var sizes = ObjectSizes.Of(context.Layout, fixedOnes.Concat(groups.SelectMany(g => g.Objects)));
        if (sizes.Values.Sum() > limit)
        {
            UserObjects.Each(context.Layout, id => sizes.Remove(id));
        }

        var bytes = fixedOnes.Sum(id => sizes.GetValueOrDefault(id));
        var (isFull, tooMuch) = (false, new HashSet<TransactionId>());
        foreach (var (group, objects) in groups)
        {
            var cost = objects.Sum(id => sizes.GetValueOrDefault(id));
            isFull |= bytes + cost > limit;
            if (isFull && !IsHeld(group, facts))
            {
                tooMuch.UnionWith(group.Members.Select(t => t.Id));
            }
            else
            {
                bytes += cost;
            }
        }

        return (bytes, tooMuch);
    }

    private static bool IsHeld(TransactionGroup group, RetentionFacts facts) =>
        group.Members.Any(t => facts.Held.Contains(t.Id));

    private IEnumerable<ObjectId> Fixed() => context.Refs.List(RefNames.Root, damaged: [])
        .Where(r => !r.Name.StartsWith(RefNames.Transactions, StringComparison.Ordinal) && r.Name != RefNames.Folded)
        .Select(r => r.Id);
}
