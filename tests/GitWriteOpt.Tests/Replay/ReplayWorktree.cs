using System.Runtime.CompilerServices;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Replay;

/// <summary>
/// A worktree that borrows the objects of another repository and is moved from tree to tree, raw: no filter, no line
/// end conversion, whatever the attributes in it say. Disposing of it checks all that was written to its object store.
/// </summary>
internal sealed class ReplayWorktree : IDisposable
{
    private readonly string _folder;
    private readonly GitProcess _git;

    public ReplayWorktree(SourceHistory source, [CallerMemberName] string test = "")
    {
        _folder = Directory.CreateDirectory(Path.Combine(HermeticEnvironment.Root, $"{test}-{Guid.NewGuid():N}")).FullName;
        Root = Path.Combine(_folder, "worktree");
        TestRepository.Run(_folder, "git", ["init", "-q", "--object-format=" + source.ObjectFormat, Root]);
        File.WriteAllText(InGit("objects/info/alternates"), Path.Combine(source.CommonDirectory, "objects") + "\n");
        File.WriteAllText(InGit("info/attributes"), "* -text -filter -ident -working-tree-encoding !eol !crlf\n");
        if (File.Exists(Path.Combine(source.CommonDirectory, "shallow")))
        {
            File.Copy(Path.Combine(source.CommonDirectory, "shallow"), InGit("shallow"));
        }

        _git = new GitProcess(null, TimeSpan.FromMinutes(10)) { WorkingDirectory = Root };
        _git.Run(["config", "core.autocrlf", "false"]);
    }

    /// <summary>The worktree's root.</summary>
    public string Root { get; }

    /// <summary>Brings files and index to a commit or tree, and HEAD with them where it is a commit.</summary>
    public void CheckOut(ReplayedCommit commit)
    {
        _git.Run(["read-tree", "--reset", "-u", commit.Parent]);
        File.WriteAllText(InGit("HEAD"), commit.Parent + "\n");
        if (_git.Try(["cat-file", "-e", commit.Parent + "^{commit}"]).ExitCode != 0)
        {
            ForgetHead();
        }
    }

    /// <summary>After a mismatch: as it was checked out, and nothing else.</summary>
    public void Reset(ReplayedCommit commit)
    {
        CheckOut(commit);
        _git.Run(["clean", "-ffdxq"]);
    }

    /// <summary>The id of the tree that the files on disk make, ignored ones too.</summary>
    public string Tree()
    {
        var index = Path.Combine(_folder, "index");
        File.Copy(InGit("index"), index, overwrite: true);
        var git = new GitProcess(null)
        {
            WorkingDirectory = Root,
            Environment = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = index },
        };
        git.Run(["add", "--all", "--force", "."]);
        return git.Run(["write-tree"]).Text.TrimEnd('\n');
    }

    /// <summary>The paths that the files on disk have otherwise than a tree, for a message.</summary>
    public string Differences(string expected, string actual) =>
        _git.Run(["diff-tree", "-r", "--name-status", expected, actual]).Text.Trim().ReplaceLineEndings("; ");

    /// <summary>Every path with kind, permission bits and content, as <see cref="TestRepository.State"/>.</summary>
    public string State() => WorktreeState.Of(Root);

    public void Dispose()
    {
        // Without HEAD and index only what the transactions keep is walked, not the borrowed history.
        ForgetHead();
        File.Delete(InGit("index"));
        foreach (var pack in Directory.EnumerateFiles(InGit("objects/pack"), "*.idx").Chunk(500))
        {
            _git.Run(["verify-pack", .. pack]);
        }

        var fsck = _git.Run(["fsck", "--connectivity-only", "--no-dangling", "--no-progress"]);
        fsck.ErrorText.Split('\n').ShouldAllBe(line => line.Length == 0 || line.StartsWith("notice:", StringComparison.Ordinal));
        Directory.Delete(_folder, recursive: true);
    }

    private string InGit(string path) => Path.Combine(Root, ".git", path);

    private void ForgetHead() => File.WriteAllText(InGit("HEAD"), "ref: refs/heads/main\n");
}
