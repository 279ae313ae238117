using GitWriteOpt.ObjectStore;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Diagnosis;

/// <summary>Whether the packs on our list are whole, and the list what is there.</summary>
internal sealed class PackChecks(TransactionContext context, bool mayRepair)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    /// <summary>Looks.</summary>
    /// <param name="full">Also read every byte, by <c>git verify-pack</c>.</param>
    internal IEnumerable<Finding> Run(bool full)
    {
        if (mayRepair && OwnPacks.Tidy(context.Layout) is > 0 and var dropped)
        {
            yield return new Finding(FindingSeverity.Note, "stale-list",
                $"{dropped} packs on our list are gone (git's gc took them into its own), and were taken off it")
            {
                Repaired = true,
            };
        }

        foreach (var pack in OwnPacks.In(context.Layout))
        {
            var index = Path.ChangeExtension(pack.FullName, ".idx");
            using var opened = PackIndex.TryOpen(index, context.Layout.ObjectFormat);
            if (opened is null)
            {
                yield return new Finding(FindingSeverity.Error, "damaged-pack-index",
                    $"the index of our pack {pack.Name} is missing or damaged, so git does not see its objects")
                {
                    Path = index,
                    Suggestion = $"git index-pack \"{pack.FullName}\"",
                };
            }
            else if (full && Verify(index) is { ExitCode: not 0 } answer)
            {
                yield return new Finding(FindingSeverity.Error, "damaged-pack", $"our pack {pack.Name} is damaged: {answer.ErrorText.Trim()}")
                {
                    Path = pack.FullName,
                    Suggestion = "git fsck --full; a clone or a backup may have its objects",
                };
            }
        }
    }

    private GitAnswer Verify(string index) =>
        new GitProcess(context.Layout, LongestRun) { Filters = [] }.Try(["verify-pack", index]);
}
