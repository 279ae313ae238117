using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Tests.Replay;

/// <summary>The commits of a repository that are to be replayed, oldest first. Reads, changes nothing.</summary>
internal sealed class SourceHistory
{
    private readonly GitProcess _git;
    private readonly string _emptyTree;

    /// <summary>Opens a repository by its worktree or git directory; a bare or shallow one will do.</summary>
    public SourceHistory(string repository)
    {
        _git = new GitProcess(null, TimeSpan.FromMinutes(10)) { WorkingDirectory = repository };
        CommonDirectory = Path.GetFullPath(Line("rev-parse", "--git-common-dir"), repository);
        ObjectFormat = Line("rev-parse", "--show-object-format");
        _emptyTree = Line("hash-object", "-t", "tree", "--stdin");
    }

    /// <summary>Where its objects are, and <c>shallow</c> where it is so.</summary>
    public string CommonDirectory { get; }

    /// <summary>sha1 or sha256.</summary>
    public string ObjectFormat { get; }

    /// <summary>The commits that <c>git rev-list</c> names, with their parents; nothing else is read yet.</summary>
    public IReadOnlyList<(string Id, string Parent, bool IsMerge)> Commits(string range) =>
        [.. _git.Run(["rev-list", "--topo-order", "--reverse", "--parents", .. range.Split(' ')]).Text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .Select(ids => (ids[0], ids.Length > 1 ? ids[1] : _emptyTree, ids.Length > 2))];

    /// <summary>What a commit does.</summary>
    /// <exception cref="DecoderFallbackException">A name is not UTF-8.</exception>
    public ReplayedCommit Read((string Id, string Parent, bool IsMerge) commit)
    {
        var changes = CommitChange.Parse(_git.Run(["diff-tree", "-r", "-z", "-M", "--raw", "--full-index",
            commit.Parent, commit.Id]).Output);
        var blobs = changes.Where(c => !c.IsGitlink).SelectMany(c => new[] { c.OldBlob, c.NewBlob })
            .Where(id => id.Trim('0').Length > 0).Distinct();
        return new ReplayedCommit(commit.Id, commit.Parent, commit.IsMerge) { Changes = changes, Blobs = Contents(blobs) };
    }

    /// <summary>The same as a diff.</summary>
    public byte[] Diff(ReplayedCommit commit) => _git.Run(["diff-tree", "-r", "-p", "--binary", "--full-index", "-M",
        "--no-ext-diff", "--no-textconv", commit.Parent, commit.Id]).Output;

    /// <summary>The tree that a commit has.</summary>
    public string TreeOf(string commit) => Line("rev-parse", commit + "^{tree}");

    private string Line(params string[] arguments) => _git.Run(arguments).Text.TrimEnd('\n');

    private Dictionary<string, byte[]> Contents(IEnumerable<string> ids)
    {
        var wanted = ids.ToList();
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return contents;
        }

        var answer = _git.Run(["cat-file", "--batch"], Encoding.ASCII.GetBytes(string.Join('\n', wanted) + "\n")).Output;
        var at = 0;
        foreach (var id in wanted)
        {
            var end = Array.IndexOf(answer, (byte)'\n', at);
            var head = Encoding.ASCII.GetString(answer, at, end - at).Split(' ');
            head.Length.ShouldBe(3, $"{id} is not in the repository");
            var length = int.Parse(head[2]);
            contents[id] = answer[(end + 1)..(end + 1 + length)];
            at = end + length + 2;
        }

        return contents;
    }
}
