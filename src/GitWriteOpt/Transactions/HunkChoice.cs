using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Between a person and a reversal: what it would do, path by path and block by block, and what is left of it when some of
/// that was chosen. A file that changed between the two is refused, since the person has not seen it.
/// </summary>
internal static class HunkChoice
{
    /// <summary>What a path offers; null where nothing would change.</summary>
    internal static UndoFile? Offer(RepoPath path, PathState found, RecordedState? now, PathState wanted, RecordedState? then)
    {
        if (now is null == then is null && (now is not { } a || then is not { } b || a == b))
        {
            return null;
        }

        var file = new UndoFile(path, new RecordedChange(path, 0, now, then).Kind, now?.Blob.ToString(), then?.Blob.ToString());
        return found is PathState.File from && wanted is PathState.File to && now?.Blob != then?.Blob
            && LineBlocks.Between(from.Content, to.Content) is { } lines
            ? file with { Lines = lines.Lines, NewLines = lines.NewLines, Blocks = lines.Blocks } : file;
    }

    /// <summary>The state of a path when only what was chosen is undone; null where it stays as it is.</summary>
    /// <exception cref="RefusedException">The path is not as it was offered.</exception>
    internal static PathState? Take(ChosenHunks hunks, RepoPath path, PathState found, RecordedState? now, PathState wanted, RecordedState? then)
    {
        if (hunks.Files.FirstOrDefault(f => f.File.Path == path) is not { } chosen)
        {
            return null;
        }

        if (chosen.File.Found != now?.Blob.ToString() || chosen.File.Wanted != then?.Blob.ToString())
        {
            throw new RefusedException(new WriteError(ErrorCategory.Conflict, "changed-meanwhile",
                $"\"{path}\" was changed while its hunks were chosen")
            {
                Path = path.Value,
                Suggestion = "choose again",
            });
        }

        return chosen.Blocks is { } blocks && found is PathState.File file
            ? new PathState.File(Content.Of(LineBlocks.Apply(chosen.File, blocks)), file.Permissions, file.Executable) : wanted;
    }
}
