using System.Runtime.CompilerServices;
using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.ObjectStore;

/// <summary>What the tests of the index, staging and diffs share: a layout asked of git, and git's own view of an index.</summary>
internal static class IndexFixture
{
    /// <summary>A repository with one commit: about an unborn HEAD <c>git fsck</c> gives a notice.</summary>
    public static TestRepository Seeded([CallerMemberName] string test = "") =>
        TestRepository.With(new Dictionary<string, string> { ["seed"] = "seed\n" }, test: test);

    public static RepositoryLayout Layout(this TestRepository repository)
    {
        string Path(params string[] arguments) =>
            repository.Git(["rev-parse", "--path-format=absolute", .. arguments]);
        return new RepositoryLayout
        {
            WorktreeRoot = Path("--show-toplevel"),
            GitDirectory = Path("--git-dir"),
            CommonDirectory = Path("--git-common-dir"),
            ObjectsDirectory = Path("--git-path", "objects"),
            IndexFile = Path("--git-path", "index"),
            ObjectFormat = repository.Git("rev-parse", "--show-object-format") == "sha256"
                ? ObjectFormat.Sha256 : ObjectFormat.Sha1,
            RefsAreFiles = true,
        };
    }

    public static RepoPath At(string path) => RepoPath.Parse(path);

    /// <summary>Mode, id, stage, flags and path of each entry, as git lists them.</summary>
    public static string Listing(this TestRepository repository) => repository.Git("ls-files", "--stage", "-v");

    /// <summary>The same of our reader, without git.</summary>
    public static string Listing(this IndexReader index) => string.Join('\n', index.Entries().Select(e =>
        $"{Tag(e)} {Convert.ToString(e.Mode, 8)} {e.Id} {e.Stage}\t{e.Path}"));

    public static StagedPath Staged(this TestRepository repository, string path, string content, int mode = 0x81a4) =>
        repository.Staged(path, Encoding.UTF8.GetBytes(content), mode);

    public static StagedPath Staged(this TestRepository repository, string path, byte[] content, int mode = 0x81a4)
    {
        var temporary = repository.Outside("raw-" + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(temporary, content);
        var id = repository.Git("hash-object", "-w", "--no-filters", temporary);
        return new StagedPath(At(path), new StagedBlob(mode, Content.Of(content), ObjectId.Parse(id)));
    }

    public static StagedPath Removed(string path) => new(At(path), null);

    public static IndexStaging Staging(this TestRepository repository, AttributeSettings? settings = null) =>
        new(repository.Layout(), settings ?? new AttributeSettings(), durable: false);

    public static void Stage(this TestRepository repository, params StagedPath[] paths)
    {
        using var prepared = repository.Staging().Prepare(paths);
        prepared.Commit();
    }

    /// <summary>Leaves a merge in progress with this path in conflict.</summary>
    public static void Conflict(this TestRepository repository, string path)
    {
        repository.Git("checkout", "-q", "-b", "theirs");
        repository.Write(path, "theirs\n");
        repository.Commit("theirs");
        repository.Git("checkout", "-q", "main");
        repository.Write(path, "ours\n");
        repository.Commit("ours");
        TestRepository.RunAny(repository.Root, "git", ["merge", "-q", "theirs"]).ExitCode.ShouldBe(1);
    }

    public static void MakeExecutable(this TestRepository repository, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(repository.At(path), (UnixFileMode)0x1ed);
        }
    }

    private static char Tag(IndexEntry entry) => entry.Stage != 0 ? 'M'
        : (entry.Flags.HasFlag(IndexFlags.SkipWorktree), entry.Flags.HasFlag(IndexFlags.AssumeUnchanged)) switch
        {
            (true, true) => 's',
            (true, false) => 'S',
            (false, true) => 'h',
            _ => 'H',
        };
}
