using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Undoing;

/// <summary>Blocks of lines that are shown and decided together, or a whole path.</summary>
/// <param name="First">The number of the first block.</param>
/// <param name="Count">How many; 0 for a path that can only be undone as a whole.</param>
internal sealed record Hunk(int First, int Count)
{
    /// <summary>Lines shown around a hunk.</summary>
    internal const int Context = 3;

    /// <summary>What was decided; null for nothing yet.</summary>
    public bool? IsChosen { get; init; }

    /// <summary>The hunks of a path: blocks whose surroundings touch are one.</summary>
    internal static List<Hunk> Of(UndoFile file)
    {
        var hunks = new List<Hunk>();
        foreach (var (i, block) in file.Blocks.Index())
        {
            if (i > 0 && block.Start - (file.Blocks[i - 1].Start + file.Blocks[i - 1].Count) <= 2 * Context)
            {
                hunks[^1] = hunks[^1] with { Count = hunks[^1].Count + 1 };
            }
            else
            {
                hunks.Add(new Hunk(i, 1));
            }
        }

        return hunks.Count > 0 ? hunks : [new Hunk(0, 0)];
    }
}
