namespace GitWriteOpt.ObjectStore;

/// <summary>
/// All objects that the user's own refs, reflogs and indexes reach. As dear as the repository is large: only for gc, where
/// the byte budget is exceeded, and for forget.
/// </summary>
internal static class UserObjects
{
    /// <summary>Everything of the user's.</summary>
    internal static readonly IReadOnlyList<string> Everything = ["--all", "--reflog", "--indexed-objects"];

    /// <summary>Calls for each id, as git finds them.</summary>
    /// <exception cref="Errors.StoreException">git could not be run, or an object of the user's is missing.</exception>
    internal static void Each(RepositoryLayout layout, Action<ObjectId> found)
    {
        using var sink = new LineSink(line =>
        {
            if (ObjectId.TryParse(line, out var id))
            {
                found(id);
            }
        });
        new GitProcess(layout) { Filters = [] }.Copy(
            ["rev-list", "--objects", "--no-object-names", $"--exclude={RefNames.Root}*", .. Everything], sink);
    }
}
