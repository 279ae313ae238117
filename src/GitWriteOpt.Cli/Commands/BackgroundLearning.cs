using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Cli.Commands;

/// <summary>Makes a template of a transaction's new files behind a command's back, as <see cref="BackgroundGc"/> does its work.</summary>
internal static class BackgroundLearning
{
    /// <summary>Starts it; a missed chance comes again with the next batch, or with <c>learn</c>.</summary>
    public static void Start(RepositoryLayout layout, string transaction) =>
        BackgroundGc.Start(layout, ["template", "extract", "--transaction", transaction, "--quiet"]);
}
