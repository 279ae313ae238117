using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Patterns.Templates;

/// <summary>A file that a commit made.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Blob">Its content.</param>
internal sealed record AddedFile(string Path, ObjectId Blob);

/// <summary>A file that a commit changed while it made others.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Before">Its content before.</param>
/// <param name="After">Its content afterwards.</param>
internal sealed record EditedFile(string Path, ObjectId Before, ObjectId After);

/// <summary>A commit or transaction that made files: an instance of whatever shape they have.</summary>
/// <param name="Id">Its abbreviated id.</param>
/// <param name="Time">When, in seconds since 1970.</param>
/// <param name="Added">What it made.</param>
/// <param name="Edited">What it changed besides, where that is little.</param>
internal sealed record AddedGroup(
    string Id, long Time, IReadOnlyList<AddedFile> Added, IReadOnlyList<EditedFile> Edited)
{
    /// <summary>A commit that makes more is an import or a move, which says nothing about the next.</summary>
    internal const int MostAdded = 30;

    private const int MostEdited = 12;
    private const int IdLength = 12;

    /// <summary>Of a commit; null where it made nothing, or too much.</summary>
    internal static AddedGroup? Of(HistoryCommit commit) => Of(commit, commit.Id.ToString()[..IdLength]);

    /// <summary>The same under another name.</summary>
    internal static AddedGroup? Of(HistoryCommit commit, string name)
    {
        var added = new List<AddedFile>();
        var edited = new List<EditedFile>();
        foreach (var change in commit.Changes)
        {
            if (change.Status is HistoryStatus.Added or HistoryStatus.Copied && IsText(change))
            {
                added.Add(new AddedFile(change.Path, change.Blob));
            }
            else if (change.Status is HistoryStatus.Modified && IsText(change))
            {
                edited.Add(new EditedFile(change.Path, change.OldBlob, change.Blob));
            }
        }

        return added.Count is 0 or > MostAdded ? null : new AddedGroup(name,
            commit.Time.ToUnixTimeSeconds(), added, edited.Count > MostEdited ? [] : edited);
    }

    private static bool IsText(HistoryChange change) => GitModes.IsFile(change.Mode)
        && !change.Path.Contains('\ufffd', StringComparison.Ordinal)
        && !$"/{change.Path}".Contains("/node_modules/", StringComparison.Ordinal)
        && !$"/{change.Path}".Contains("/vendor/", StringComparison.Ordinal);
}
