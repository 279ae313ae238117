namespace GitWriteOpt.Platform;

/// <summary>Work on the items of a list by all processors, where there is enough of it.</summary>
internal static class SideBySide
{
    /// <summary>From how many items on threads are started: below, starting them costs more than the work.</summary>
    public const int From = 16;

    /// <summary>Calls for each number from 0 up to a count, in any order; failures are thrown as <see cref="Parallel"/> does.</summary>
    public static void Each(int count, Action<int> work)
    {
        if (count < From)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }
        }
        else
        {
            Parallel.For(0, count, work);
        }
    }
}
