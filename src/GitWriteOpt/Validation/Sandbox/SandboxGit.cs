using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Validation.Sandbox;

/// <summary>
/// The repository that a command in the sandbox finds: a private one, whose objects borrow from the user's, at the user's
/// commit and with the user's index entries. It is no linked worktree of the user's on purpose: whatever a test run does
/// with git in there (commits, tags, branches, configuration), nothing of the user's moves (I3), nothing is registered,
/// pruned or listed, and no hook or filter of the repository runs (I10).
/// </summary>
internal static class SandboxGit
{
    private const string NoCommit = "ref: refs/worktree/writeopt/none\n";

    /// <summary>Makes it, or brings it to the user's present commit and index.</summary>
    /// <param name="user">The user's repository.</param>
    /// <param name="root">The directory of the sandbox.</param>
    /// <param name="config">The user's configuration.</param>
    /// <returns>Where its parts are.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static RepositoryLayout Bring(RepositoryLayout user, string root, GitConfig config)
    {
        var (git, tree) = (root + "/git", root + "/tree");
        foreach (var directory in new[] { tree, git + "/objects/info", git + "/refs", git + "/info" })
        {
            Directory.CreateDirectory(directory);
        }

        Write(git + "/HEAD", new RefStore(user).ReadHead().Commit is { } commit ? commit + "\n" : NoCommit);
        Write(git + "/config", Settings(user, config));
        Write(git + "/objects/info/alternates", user.ObjectsDirectory + "\n");
        Write(git + "/info/exclude", File.Exists(user.CommonDirectory + "/info/exclude")
            ? File.ReadAllText(user.CommonDirectory + "/info/exclude") : "");
        if (File.Exists(user.CommonDirectory + "/shallow"))
        {
            File.Copy(user.CommonDirectory + "/shallow", git + "/shallow", overwrite: true);
        }
        else
        {
            File.Delete(git + "/shallow");
        }

        File.WriteAllBytes(git + "/index", IndexWriter.Bytes(IndexReader.Open(user).Entries()
            .Where(e => !e.Path.Contains('\ufffd', StringComparison.Ordinal))
            .Select(e => new IndexRow(Encoding.UTF8.GetBytes(e.Path), e.Mode, e.Id) { Stage = e.Stage }), user.ObjectFormat));
        Write(tree + "/.git", "gitdir: " + git + "\n");
        return new RepositoryLayout
        {
            WorktreeRoot = tree,
            GitDirectory = git,
            CommonDirectory = git,
            ObjectsDirectory = git + "/objects",
            IndexFile = git + "/index",
            ObjectFormat = user.ObjectFormat,
            RefsAreFiles = true,
        };
    }

    private static string Settings(RepositoryLayout user, GitConfig config)
    {
        var text = new StringBuilder("[core]\n\tbare = false\n")
            .Append(user.ObjectFormat == ObjectFormat.Sha256 ? "\trepositoryformatversion = 1\n" : "\trepositoryformatversion = 0\n")
            .Append($"\tfilemode = {Word(user.FileModeIsTrusted)}\n\tsymlinks = {Word(user.SymbolicLinks)}\n")
            .Append($"\tignorecase = {Word(user.IgnoreCase)}\n");
        foreach (var key in new[] { "autocrlf", "eol" })
        {
            if (config.Get("core." + key) is { } value && value.All(char.IsAsciiLetter))
            {
                text.Append($"\t{key} = {value}\n");
            }
        }

        return text.Append(user.ObjectFormat == ObjectFormat.Sha256 ? "[extensions]\n\tobjectformat = sha256\n" : "").ToString();
    }

    private static string Word(bool value) => value ? "true" : "false";

    // A child may have put something else in a file's place.
    private static void Write(string path, string text)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        File.WriteAllText(path, text);
    }
}
