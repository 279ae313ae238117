using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The reflogs of our refs. We write none; git does where <c>core.logAllRefUpdates</c> is <c>always</c> and something else
/// moved a ref of ours. They keep objects, and so what was to be forgotten.
/// </summary>
internal static class Reflogs
{
    /// <summary>Removes those of some refs.</summary>
    /// <exception cref="Errors.StoreException">One cannot be removed.</exception>
    internal static void Remove(RepositoryLayout layout, IEnumerable<string> names)
    {
        if (!layout.RefsAreFiles)
        {
            var git = new GitProcess(layout) { Filters = [] };
            foreach (var name in names.Where(n => git.Try(["reflog", "exists", n]).ExitCode == 0).ToList())
            {
                git.Run(["reflog", "expire", "--expire=all", "--expire-unreachable=all", name]);
            }

            return;
        }

        foreach (var log in names.Select(name => $"{layout.CommonDirectory}/logs/{name}"))
        {
            try
            {
                if (!PathStatus.IsKnownAbsent(log))
                {
                    File.Delete(log);
                }
            }
            catch (DirectoryNotFoundException)
            {
                // No log, and none of its neighbours'.
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw Errno.Exception(cause, "remove", log);
            }
        }
    }
}
