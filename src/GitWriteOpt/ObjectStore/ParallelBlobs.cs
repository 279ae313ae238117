using GitWriteOpt.Operations;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Adds many blobs to a pack: windows of a few megabytes are hashed and compressed on all cores, then appended in order,
/// so that memory is bounded and the same blobs always make the same pack.
/// </summary>
internal static class ParallelBlobs
{
    private const long WindowBytes = 16 << 20;
    private const int WindowCount = 4096;

    // Below this a second thread is expected to take longer to start and to wake than the work takes. The bound is chosen,
    // not calibrated: the serial and the parallel way have not been timed against each other at these sizes.
    private const long WorthwhileBytes = 256 << 10;
    private const int WorthwhileCount = 4;

    /// <summary>Adds these; their ids in the same order.</summary>
    public static ObjectId[] Add(PackWriter writer, IReadOnlyList<Content> contents)
    {
        var ids = new ObjectId[contents.Count];
        for (var start = 0; start < contents.Count;)
        {
            if (!PackEntry.FitsMemory(contents[start]))
            {
                ids[start] = writer.AddBlob(contents[start]);
                start++;
                continue;
            }

            var end = start;
            long bytes = 0;
            while (end < contents.Count && end - start < WindowCount && PackEntry.FitsMemory(contents[end])
                && (end == start || bytes + contents[end].Length <= WindowBytes))
            {
                bytes += contents[end++].Length;
            }

            AddWindow(writer, contents, ids, start, end, bytes);
            start = end;
        }

        return ids;
    }

    private static void AddWindow(
        PackWriter writer, IReadOnlyList<Content> contents, ObjectId[] ids, int start, int end, long bytes)
    {
        if (end - start < WorthwhileCount || bytes < WorthwhileBytes)
        {
            for (var i = start; i < end; i++)
            {
                ids[i] = writer.AddBlob(contents[i]);
            }

            return;
        }

        var entries = new PackEntry[end - start];
        try
        {
            Parallel.For(0, entries.Length, i => entries[i] = writer.Prepare(contents[start + i]));
        }
        catch (AggregateException several)
        {
            // The first failure stands for all: a full disk is not more full for two threads.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        for (var i = 0; i < entries.Length; i++)
        {
            ids[start + i] = writer.Append(entries[i]);
        }
    }
}
