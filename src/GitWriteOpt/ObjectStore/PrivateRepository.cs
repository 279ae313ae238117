using System.Text;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// A repository of our own, made for one git command: a small index of the paths in question, objects that borrow from
/// the user's, an empty worktree. No hook, configuration, attribute or merge driver of the user's repository is seen by
/// a git that runs here (I10), and nothing it writes reaches the user's.
/// </summary>
internal sealed class PrivateRepository : IDisposable
{
    private readonly PrivateDirectory _folder;
    private readonly PrivateObjects _objects;
    private readonly Dictionary<ObjectId, Content> _given = [];
    private readonly Dictionary<RepoPath, ObjectId> _ids = [];

    private PrivateRepository(RepositoryLayout user)
    {
        _folder = PrivateDirectory.Make(user);
        var git = _folder.At("git");
        Layout = new RepositoryLayout
        {
            WorktreeRoot = _folder.At("tree"),
            GitDirectory = git,
            CommonDirectory = git,
            ObjectsDirectory = git + "/objects",
            IndexFile = git + "/index",
            ObjectFormat = user.ObjectFormat,
            RefsAreFiles = true,
        };
        _objects = new PrivateObjects(Layout.ObjectsDirectory, user.ObjectFormat);
        Directory.CreateDirectory(Layout.WorktreeRoot);
        _folder.Write("git/HEAD", Content.Of("ref: refs/heads/none\n"));
        _folder.Write("git/config", Content.Of(user.ObjectFormat == ObjectFormat.Sha256
            ? "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n"
            : "[core]\n\trepositoryformatversion = 0\n"));
        _folder.Write("git/objects/info/alternates", Content.Of(user.ObjectsDirectory + "\n"));
        Directory.CreateDirectory(git + "/refs");
    }

    /// <summary>Where its parts are.</summary>
    public RepositoryLayout Layout { get; }

    /// <summary>Makes one beside the user's, with these paths in its index.</summary>
    /// <exception cref="Errors.StoreException">The git directory cannot be written.</exception>
    public static PrivateRepository Make(RepositoryLayout user, IEnumerable<KeyValuePair<RepoPath, BlobState>> files)
    {
        var repository = new PrivateRepository(user);
        try
        {
            var rows = files.Select(f => new IndexRow(
                Encoding.UTF8.GetBytes(f.Key.Value), f.Value.Mode, repository.Put(f.Key, f.Value.Content))).ToList();
            repository._folder.Write("git/index", Content.Of(IndexWriter.Bytes(rows, user.ObjectFormat)));
            return repository;
        }
        catch
        {
            repository.Dispose();
            throw;
        }
    }

    /// <summary>Whether a path was given with this blob.</summary>
    public bool IsGiven(RepoPath path, ObjectId id) => _ids.TryGetValue(path, out var given) && given == id;

    /// <summary>The contents of blobs, in their order: given ones, then new ones, then borrowed ones through git.</summary>
    /// <exception cref="Errors.StoreException">One is missing.</exception>
    public Dictionary<ObjectId, Content> Read(IEnumerable<ObjectId> ids)
    {
        var found = new Dictionary<ObjectId, Content>();
        var borrowed = new List<ObjectId>();
        foreach (var id in ids.Distinct())
        {
            if (_given.TryGetValue(id, out var content))
            {
                found[id] = content;
            }
            else if (_objects.TryRead(id) is { } bytes)
            {
                found[id] = Content.Of(bytes);
            }
            else
            {
                borrowed.Add(id);
            }
        }

        if (borrowed.Count > 0)
        {
            Borrow(borrowed, found);
        }

        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private ObjectId Put(RepoPath path, Content content)
    {
        var id = _objects.Write(content);
        _given[id] = content;
        return _ids[path] = id;
    }

    // "<id> blob <size>\n<bytes>\n" each.
    private void Borrow(List<ObjectId> ids, Dictionary<ObjectId, Content> found)
    {
        var input = Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => $"{id}\n")));
        var rest = new GitProcess(Layout).Run(["cat-file", "--batch"], input).Output.AsMemory();
        foreach (var id in ids)
        {
            var line = rest.Span.IndexOf((byte)'\n');
            var fields = Encoding.ASCII.GetString(rest.Span[..Math.Max(line, 0)]).Split(' ');
            if (fields is not [_, "blob", var text] || !int.TryParse(text, out var size))
            {
                throw new Errors.StoreException(new Errors.WriteError(
                    Errors.ErrorCategory.System, "damaged-object", $"the blob {id} cannot be read")
                {
                    Suggestion = "run `git fsck`",
                });
            }

            found[id] = Content.Of(rest.Slice(line + 1, size));
            rest = rest[(line + 1 + size + 1)..];
        }
    }
}
