using System.Globalization;
using GitWriteOpt.Crashes.Scenarios;

namespace GitWriteOpt.Crashes.Judging;

/// <summary>A worktree and its index.</summary>
/// <param name="Worktree">What is on the disk.</param>
/// <param name="Index">The index's entries with mode, id, stage, path and the flags that a person sets.</param>
/// <param name="Staged">The ids in the index.</param>
public sealed record RepositoryState(WorktreeState Worktree, string Index, IReadOnlySet<string> Staged)
{
    // assume-valid, intent-to-add, skip-worktree: the others describe the entry in memory.
    private const uint LastingFlags = 0x8000 | 0x20000000 | 0x40000000;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidOperationException">git cannot read the index.</exception>
    public static RepositoryState Of(string worktree, bool sha256, Hermetic hermetic)
    {
        var listing = hermetic.Must(worktree, "git", "ls-files", "--stage", "--debug");
        var lines = new List<string>();
        var staged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in listing.Split('\n'))
        {
            var flags = line.IndexOf("flags: ", StringComparison.Ordinal);
            if (line.Length > 0 && line[0] != ' ')
            {
                lines.Add(line);
                staged.Add(line.Split(' ', '\t')[1]);
            }
            else if (flags >= 0 && lines.Count > 0)
            {
                var kept = uint.Parse(line.AsSpan(flags + 7), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    & LastingFlags;
                lines[^1] += kept == 0 ? "" : $" flags {kept:x}";
            }
        }

        return new RepositoryState(WorktreeState.Of(worktree, sha256), string.Join('\n', lines), staged);
    }

    /// <summary>Whether all of both is equal.</summary>
    public bool IsSameAs(RepositoryState other) => Worktree.Text == other.Worktree.Text && Index == other.Index;

    /// <summary>The first line in which this differs from both of two others, or how they are mixed.</summary>
    public string DifferenceTo(RepositoryState before, RepositoryState after)
    {
        static HashSet<string> Lines(RepositoryState state) =>
            [.. state.Worktree.Text.Split('\n'), .. state.Index.Split('\n').Select(l => "index " + l)];

        var (now, old, made) = (Lines(this), Lines(before), Lines(after));
        return now.FirstOrDefault(l => !old.Contains(l) && !made.Contains(l)) is { } strange ? $"in neither: {strange}"
            : $"{now.Count(l => !old.Contains(l))} new lines, {old.Count(l => !made.Contains(l) && !now.Contains(l))} old ones gone";
    }
}
