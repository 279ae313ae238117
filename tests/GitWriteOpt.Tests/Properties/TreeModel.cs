using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Tests.Properties;

/// <summary>One operation of a batch; the flag is the executable bit, all occurrences, recursion or overwriting.</summary>
public sealed record ModelOperation(string Op, string Path, string To = "", string Text = "", bool Flag = false)
{
    public Operation Real => Op switch
    {
        "write" => new Operation.Write(RepoPath.Parse(Path), Content.Of(Text)),
        "edit" => new Operation.Edit(RepoPath.Parse(Path), [new Replacement("x", Text, Flag)]),
        "insert" => new Operation.Insert(RepoPath.Parse(Path), 0, Text),
        "delete" => new Operation.Delete(RepoPath.Parse(Path), Flag),
        "move" => new Operation.Move(RepoPath.Parse(Path), RepoPath.Parse(To), Flag),
        "copy" => new Operation.Copy(RepoPath.Parse(Path), RepoPath.Parse(To), Flag),
        "chmod" => new Operation.ChangeMode(RepoPath.Parse(Path), Flag),
        _ => new Operation.Link(RepoPath.Parse(Path), Text),
    };
}

/// <summary>
/// What a batch means, from the contract alone and as simply as it can be said: operations one by one on a dictionary of
/// files. A value begins with its kind: <c>-</c> a file, <c>x</c> an executable one, <c>l</c> a link.
/// </summary>
public sealed class TreeModel(IReadOnlyDictionary<string, string> files)
{
    private readonly SortedDictionary<string, string> _files = new(files.ToDictionary(), StringComparer.Ordinal);

    /// <summary>The files.</summary>
    public IReadOnlyDictionary<string, string> Files => _files;

    private readonly HashSet<string> _wereDirectories = [.. files.Keys.SelectMany(Above)];

    /// <summary>Whether a file was where a directory had to be on the way: it may be refused, or end well.</summary>
    public bool WasInTheWay { get; private set; }

    /// <summary>Carries out one operation; false where it must be refused.</summary>
    public bool Do(ModelOperation o)
    {
        var done = Carry(o);
        WasInTheWay |= _files.Keys.Any(f => _files.Keys.Any(g => g.StartsWith(f + "/", StringComparison.Ordinal)));
        return done;
    }

    private bool Carry(ModelOperation o)
    {
        var there = _files.GetValueOrDefault(o.Path);
        var below = _files.Keys.Where(f => f.StartsWith(o.Path + "/", StringComparison.Ordinal)).ToList();
        switch (o.Op)
        {
            case "write":
                _files[o.Path] = (there is ['x', ..] ? "x" : "-") + o.Text;
                return true;
            case "symlink":
                _files[o.Path] = "l" + o.Text;
                return true;
            case "edit" or "insert" when there?.Contains('\0') == true:
                return false;
            case "edit" when there is ['-' or 'x', ..]:
                var count = there.AsSpan(1).Count('x');
                _files[o.Path] = there[0] + there[1..].Replace("x", o.Text, StringComparison.Ordinal);
                return count == 1 || (count > 1 && o.Flag);
            case "insert" when there is ['-' or 'x', ..]:
                _files[o.Path] = there[0] + o.Text + there[1..];
                return true;
            case "chmod" when there is ['-' or 'x', ..]:
                _files[o.Path] = (o.Flag ? "x" : "-") + there[1..];
                return true;
            case "delete" when there is not null:
                return _files.Remove(o.Path);
            case "delete" or "move" when there is null && below.Count == 0 && (o.Flag || o.Op == "move") && _wereDirectories.Contains(o.Path):
                // A directory on disk whose last file this batch has taken: it may count as there still, and nothing is done.
                WasInTheWay = true;
                return true;
            case "delete" when below.Count > 0 && o.Flag:
                below.ForEach(f => _files.Remove(f));
                return true;
            case "copy" when there is not null:
                return Put(o.Path, o.To, there, o.Flag, remove: false);
            case "move" when o.Path == o.To:
                return there is not null || below.Count > 0;
            case "move" when there is not null:
                WasInTheWay |= o.To.StartsWith(o.Path + "/", StringComparison.Ordinal);
                return Put(o.Path, o.To, there, o.Flag, remove: true);
            case "move" when below.Count > 0:
                return !o.To.StartsWith(o.Path + "/", StringComparison.Ordinal) && !_files.ContainsKey(o.To)
                    && below.TrueForAll(f => Put(f, o.To + f[o.Path.Length..], _files[f], o.Flag, remove: true));
            default:
                return false;
        }
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }

    private bool Put(string from, string to, string value, bool overwrite, bool remove)
    {
        if (_files.ContainsKey(to) && !overwrite)
        {
            return false;
        }

        if (remove)
        {
            _files.Remove(from);
        }

        _files[to] = value;
        return true;
    }
}
