using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Worktree;

/// <summary>A file or link that a survey found.</summary>
/// <param name="Path">Where.</param>
/// <param name="Mode">git's mode.</param>
/// <param name="Found">What <c>lstat</c> said.</param>
/// <param name="IndexId">The index's blob; null where it has none.</param>
/// <param name="IndexMode">The index's mode; 0 where it has none.</param>
/// <param name="IsConverted">Whether attributes make the raw bytes and the index's blob two things.</param>
internal readonly record struct SurveyedFile(
    RepoPath Path, int Mode, Fingerprint Found, ObjectId? IndexId, int IndexMode, bool IsConverted);

/// <summary>
/// Reads and hashes the files of a survey, in windows, on all cores; packs those blobs that the index does not hold, even
/// where the store has them: what nothing holds, a gc at this moment may take.
/// </summary>
internal sealed class SurveyReading(
    WorktreeReader worktree, PackWriter? pack, ObjectFormat format, List<LeftOut> leftOut)
{
    private const long WindowBytes = 16 << 20;
    private const int WindowCount = 1024;

    private readonly List<(SurveyedFile File, Content Content)> _window = [];
    private long _bytes;

    /// <summary>The number of files read so far.</summary>
    internal int Count { get; private set; }

    /// <summary>Reads a file; its id comes through <paramref name="take"/>, now or later.</summary>
    internal void Add(SurveyedFile file, Action<SurveyedFile, ObjectId> take)
    {
        PathState state;
        Fingerprint found;
        try
        {
            (found, state) = worktree.ReadUnlessLinked(file.Path);
        }
        catch (RefusedException cause)
        {
            leftOut.Add(new LeftOut(file.Path.Value, file.Found.Size, file.Found.ModifiedNanoseconds, cause.Error.Code));
            return;
        }

        if (state is PathState.Absent)
        {
            return; // gone since it was looked at; the tree keeps what the index has, and the next survey sees it
        }

        var content = state is PathState.Link link ? Content.Of(link.Target) : ((PathState.File)state).Content;
        _window.Add((file with { Found = found }, content));
        _bytes += content.Length;
        if (_bytes >= WindowBytes || _window.Count >= WindowCount)
        {
            Finish(take);
        }
    }

    /// <summary>Hashes and packs what was read.</summary>
    internal void Finish(Action<SurveyedFile, ObjectId> take)
    {
        var ids = new ObjectId[_window.Count];
        try
        {
            Parallel.For(0, ids.Length, i => ids[i] = ObjectHash.OfBlob(_window[i].Content, format));
        }
        catch (AggregateException several)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        pack?.AddBlobs([.. _window.Where((w, i) => ids[i] != w.File.IndexId).Select(w => w.Content)]);
        for (var i = 0; i < ids.Length; i++)
        {
            take(_window[i].File, ids[i]);
        }

        Count += ids.Length;
        _window.Clear();
        _bytes = 0;
    }
}
