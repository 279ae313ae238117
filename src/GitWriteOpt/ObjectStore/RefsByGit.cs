namespace GitWriteOpt.ObjectStore;

/// <summary>Reads refs through git, where they are not files.</summary>
internal static class RefsByGit
{
    /// <summary>As <see cref="RefStore.List"/>.</summary>
    public static List<RefEntry> List(RepositoryLayout layout, string prefix) =>
        [.. Lines(layout, "for-each-ref", "--format=%(objectname) %(refname)", prefix).Select(Entry)];

    /// <summary>As <see cref="RefStore.Read"/>.</summary>
    public static ObjectId? Read(RepositoryLayout layout, string name)
    {
        var answer = Git(layout).Try(["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
        return ObjectId.TryParse(answer.Text.AsSpan().Trim(), out var id) ? id : null;
    }

    /// <summary>As <see cref="RefStore.ReadHead"/>.</summary>
    public static HeadState ReadHead(RepositoryLayout layout)
    {
        var branch = Git(layout).Try(["symbolic-ref", "--quiet", "HEAD"]).Text.Trim();
        return new HeadState(branch.Length > 0 ? branch : null, Read(layout, "HEAD"));
    }

    private static RefEntry Entry(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return new RefEntry(line[(blank + 1)..], ObjectId.Parse(line[..blank]));
    }

    private static string[] Lines(RepositoryLayout layout, params string[] arguments) =>
        Git(layout).Run(arguments).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static GitProcess Git(RepositoryLayout layout) => new(layout) { Filters = [] };
}
