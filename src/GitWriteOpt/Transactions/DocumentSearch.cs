using System.Diagnostics;
using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Planning;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Looks through the tracked documents, and those of the batch, for links that its moves break. Nothing is read where
/// nothing moves.
/// </summary>
internal sealed class DocumentSearch(TransactionContext context, WorktreeReader worktree, Lazy<IndexReader> index)
{
    private const int LargestDocument = 2 << 20;

    /// <summary>How many documents were left out for lack of time.</summary>
    internal int Unread { get; private set; }

    /// <summary>The fixes, in path order.</summary>
    /// <param name="plan">The plan of the batch without them.</param>
    /// <param name="limit">No further document is read after this time; null for no limit.</param>
    internal IReadOnlyList<LinkFix> Of(WritePlan plan, TimeSpan? limit)
    {
        var fixes = new LinkFixes(plan, Exists);
        if (!fixes.Any)
        {
            return [];
        }

        var found = new List<LinkFix>();
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in plan.Changes)
        {
            touched.Add(change.Path.Value);
            if (LinkFixes.IsDocument(change.Path.Value) && change.After is PathState.File file)
            {
                Look(fixes, change.Path, file, found);
            }
        }

        var clock = Stopwatch.StartNew();
        foreach (var entry in index.Value.Table())
        {
            if (!LinkFixes.IsDocument(entry.Path) || touched.Contains(entry.Path) || PathRules.Objection(entry.Path) is not null)
            {
                continue;
            }

            if (limit is not null && clock.Elapsed > limit)
            {
                Unread++;
            }
            else if (Read(RepoPath.Parse(entry.Path)) is { } file)
            {
                Look(fixes, RepoPath.Parse(entry.Path), file, found);
            }
        }

        found.Sort((a, b) => a.Path.CompareTo(b.Path));
        return found;
    }

    private static void Look(LinkFixes fixes, RepoPath path, PathState.File file, List<LinkFix> found)
    {
        if (file.Content is Content.Memory { Length: <= LargestDocument } memory && System.Text.Unicode.Utf8.IsValid(memory.Bytes.Span)
            && Encoding.UTF8.GetString(memory.Bytes.Span) is var text && fixes.MayConcern(path.Value, text)
            && fixes.Of(path, text) is { } fix)
        {
            found.Add(fix);
        }
    }

    private PathState.File? Read(RepoPath path)
    {
        try
        {
            return worktree.ReadUnlessLinked(path).State as PathState.File;
        }
        catch (WriteException)
        {
            return null; // what cannot be read has no link that could be mended
        }
    }

    private bool Exists(string path) => PathRules.Objection(path) is null && Path.Exists($"{context.Layout.WorktreeRoot}/{path}");
}
