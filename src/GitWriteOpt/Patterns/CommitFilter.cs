using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns;

/// <summary>
/// From a commit of the history to what is learned of it: without vendored files, submodules and names that are not
/// UTF-8, and of a wide commit only which files came and went.
/// </summary>
internal static class CommitFilter
{
    private const int IdLength = 12;
    private const int MostOfWide = 5000;
    private const int AuthorLength = 8;

    private static readonly string[] Vendored = ["node_modules", "vendor", "bower_components"];

    /// <summary>What is learned of a commit.</summary>
    internal static LearnedCommit Of(HistoryCommit commit) => Of(commit, commit.Id.ToString()[..IdLength]);

    /// <summary>The same under another name.</summary>
    internal static LearnedCommit Of(HistoryCommit commit, string name)
    {
        List<LearnedChange> changes = [.. commit.Changes.Where(IsLearned).Select(Of)];
        var wide = changes.Count > ChangeLog.WidestCommit;
        return new LearnedCommit(name, commit.Time.ToUnixTimeSeconds(),
            wide ? [.. changes.Where(c => c.Kind != 'M').Take(MostOfWide)] : changes)
        {
            IsWide = wide,
            Author = AuthorOf(commit.Author),
            Group = wide ? null : Templates.AddedGroup.Of(commit, name),
        };
    }

    /// <summary>Tells one author from another, by the address in <c>Name &lt;mail&gt;</c>, without naming anybody.</summary>
    internal static string AuthorOf(string author)
    {
        var mail = author.AsSpan(author.LastIndexOf('<') + 1);
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(mail)).ToString("x16", CultureInfo.InvariantCulture)[..AuthorLength];
    }

    private static LearnedChange Of(HistoryChange change) => change.Status switch
    {
        HistoryStatus.Added or HistoryStatus.Copied => new LearnedChange('A', change.Path),
        HistoryStatus.Deleted => new LearnedChange('D', change.Path),
        HistoryStatus.Renamed => new LearnedChange('R', change.Path, change.OldPath),
        _ => new LearnedChange('M', change.Path),
    };

    private static bool IsLearned(HistoryChange change) => change.Mode != GitModes.Gitlink
        && !change.Path.Contains('\ufffd', StringComparison.Ordinal)
        && change.OldPath?.Contains('\ufffd', StringComparison.Ordinal) != true
        && !Array.Exists(change.Path.Split('/')[..^1], Vendored.Contains);
}
