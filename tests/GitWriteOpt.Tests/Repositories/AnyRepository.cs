using GitWriteOpt.Tests.Fixtures;

namespace GitWriteOpt.Tests.Repositories;

/// <summary>A repository of some kind with the files that <see cref="Everything"/> touches, and what made it.</summary>
internal sealed class AnyRepository : IDisposable
{
    private readonly Stack<Action> _disposals = new();

    private AnyRepository(TestRepository repository, IEnumerable<Action> disposals)
    {
        Repository = repository;
        foreach (var disposal in disposals)
        {
            _disposals.Push(disposal);
        }
    }

    /// <summary>The files that are there at first.</summary>
    public static Dictionary<string, string> Files => new()
    {
        ["a.txt"] = "one\ntwo\nthree\n",
        ["b.txt"] = "first\nlast\n",
        ["dir/moves.txt"] = "moves\n",
        ["dir/stays.txt"] = "stays\n",
        ["gone/last.txt"] = "goes\n",
        ["old.txt"] = "old\n",
        ["patched.txt"] = "1\n2\n3\n4\n5\n",
        ["run.sh"] = "#!/bin/sh\n",
        ["untouched.txt"] = "untouched\n",
    };

    /// <summary>Every kind of operation that writes, in one batch.</summary>
    public string Everything => """
        {"message":"everything","operations":[
          {"op":"edit","path":"a.txt","edits":[{"old":"two","new":"TWO"}]},
          {"op":"copy","from":"a.txt","to":"copy.txt"},
          {"op":"insert","path":"b.txt","line":1,"text":"between\n"},
          {"op":"move","from":"dir/moves.txt","to":"moved/new.txt"},
          {"op":"write","path":"new/deep/file.txt","content":"made\n"},
          {"op":"delete","path":"old.txt"},
          {"op":"delete","path":"gone/last.txt"},
          {"op":"chmod","path":"run.sh","executable":true},
          {"op":"patch","diff":"--- a/patched.txt\n+++ b/patched.txt\n@@ -2,3 +2,3 @@\n 2\n-3\n+III\n 4\n"}LINK
        ]}
        """.Replace("LINK", HasLinks ? """,{"op":"symlink","path":"link","target":"a.txt"}""" : "");

    /// <summary>The paths that the batch touches.</summary>
    public IReadOnlyList<string> Touched =>
    [
        "a.txt", "b.txt", "copy.txt", "dir/moves.txt", "gone/last.txt", .. HasLinks ? ["link"] : Array.Empty<string>(),
        "moved/new.txt", "new/deep/file.txt", "old.txt", "patched.txt", "run.sh",
    ];

    /// <summary>The worktree under test.</summary>
    public TestRepository Repository { get; }

    /// <summary>Whether links can be made in it.</summary>
    public bool HasLinks { get; init; } = true;

    /// <summary>Whether HEAD has a commit.</summary>
    public bool IsBorn { get; init; } = true;

    /// <summary>A repository that owns itself.</summary>
    public static AnyRepository Of(TestRepository repository, bool isBorn = true, bool hasLinks = true) =>
        new(repository, [repository.Dispose]) { IsBorn = isBorn, HasLinks = hasLinks };

    /// <summary>A worktree in the folder of another fixture.</summary>
    /// <param name="owner">What owns the folder.</param>
    /// <param name="repository">The worktree.</param>
    /// <param name="last">What is done at the very end.</param>
    public static AnyRepository In(TestRepository owner, TestRepository repository, Action? last = null) =>
        new(repository, last is null ? [owner.Dispose, repository.Dispose] : [last, owner.Dispose, repository.Dispose]);

    /// <summary>Opens it for transactions.</summary>
    public Writer Open() => Writer.Open(Repository.Root);

    /// <summary>The raw id that ordinary git gives a path's bytes as they are, or <c>-</c> for nothing.</summary>
    public string RawId(string path)
    {
        var target = new FileInfo(Repository.At(path)).LinkTarget;
        if (target is not null)
        {
            return TestRepository.RunAny(Repository.Root, "git", ["hash-object", "--stdin"], target).Output.Trim();
        }

        return File.Exists(Repository.At(path)) ? Repository.Git("hash-object", "--no-filters", path) : "-";
    }

    /// <summary>The raw ids of all touched paths.</summary>
    public Dictionary<string, string> RawIds() => Touched.ToDictionary(p => p, RawId);

    /// <summary>The ids that a commit's tree holds for the touched paths.</summary>
    public Dictionary<string, string> IdsIn(string commit)
    {
        var listed = Repository.Git("ls-tree", "-r", "--full-tree", commit).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[(line.IndexOf('\t') + 1)..], line => line.Split(' ', '\t')[2]);
        listed.Keys.Except(Touched).ShouldBeEmpty("the tree holds the touched paths and nothing else");
        return Touched.ToDictionary(p => p, p => listed.GetValueOrDefault(p, "-"));
    }

    /// <summary>git's own view: HEAD, the index, the status; nothing is refreshed by looking.</summary>
    public string View() => string.Join('\n', Head(), Index(),
        Repository.Git("--no-optional-locks", "status", "--porcelain", "--untracked-files=all"));

    /// <summary>The entries of the index.</summary>
    public string Index() => Repository.Git("ls-files", "--stage");

    /// <summary>What HEAD is, unborn or not.</summary>
    public string Head() => TestRepository.RunAny(Repository.Root, "git", ["rev-parse", "HEAD", "--symbolic-full-name", "HEAD"]).Output;

    public void Dispose()
    {
        while (_disposals.TryPop(out var dispose))
        {
            dispose();
        }
    }
}
