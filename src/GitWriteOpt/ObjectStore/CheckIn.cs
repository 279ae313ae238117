using System.Buffers;
using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// Which blob <c>git add</c> would store for bytes that are not in the worktree yet: the attributes of the paths are
/// asked for once, the few files that a conversion would change are put into a private worktree, with the
/// <c>.gitattributes</c> as the batch leaves them and a private index of the old entries (git keeps CRLF that is
/// committed already), and one <c>git update-index</c> converts them. All others keep the blob of their raw bytes.
/// External filters are never run (I10): their paths are refused.
/// </summary>
internal sealed class CheckIn(RepositoryLayout layout, AttributeSettings settings, bool durable)
{
    private static readonly SearchValues<byte> Convertible = SearchValues.Create((byte)'\r', (byte)'$');

    /// <summary>The blobs to stage. A blob that a conversion made is written to the object store.</summary>
    /// <exception cref="RefusedException">A path has a filter, or cannot be converted.</exception>
    /// <exception cref="StoreException">git failed.</exception>
    public IReadOnlyDictionary<RepoPath, ObjectId> Ids(IReadOnlyList<StagedPath> staged, IndexReader index)
    {
        var ids = staged.Where(s => s.After is not null).ToDictionary(s => s.Path, s => s.After!.Id);
        var files = staged.Where(s => s.After is { } after && GitModes.IsFile(after.Mode)).ToList();
        var paths = files.Select(f => f.Path).ToList();
        var batch = staged.ToDictionary(s => s.Path);
        var attributeFiles = Attributes.FilesFor(paths).ToList();
        if (files.Count == 0 || !(new Attributes(layout, settings).MayApply(paths)
            || attributeFiles.Any(f => batch.ContainsKey(f) || index.Find(f) is not null)))
        {
            return ids;
        }

        using var folder = PrivateDirectory.Make(layout);
        Lay(folder, attributeFiles, batch);
        var removed = staged.Where(s => s.After is null).Select(s => s.Path).ToHashSet();
        var rows = attributeFiles.Where(f => !removed.Contains(f)).Concat(paths).Distinct().Select(index.Find)
            .OfType<IndexEntry>().Where(e => !e.IsGitlink)
            .Select(e => new IndexRow(Encoding.UTF8.GetBytes(e.Path), e.Mode, e.Id));
        folder.Write("index", Content.Of(IndexWriter.Bytes(rows, layout.ObjectFormat)));

        var git = Git(folder);
        var attributes = Attributes.Check(git, paths);
        RefuseFiltered(attributes);
        var converted = files.Where(f => MayChange(f.After!.Content, attributes[f.Path])).ToList();
        if (converted.Count > 0)
        {
            Convert(folder, git, converted, ids);
        }

        return ids;
    }

    private GitProcess Git(PrivateDirectory folder) => new(layout)
    {
        WorkingDirectory = folder.At("tree"),
        Environment = new Dictionary<string, string>
        {
            ["GIT_WORK_TREE"] = folder.At("tree"),
            ["GIT_INDEX_FILE"] = folder.At("index"),
        },
    };

    // A file that is not on disk (sparse checkout) is read by git from the private index.
    private void Lay(PrivateDirectory folder, IEnumerable<RepoPath> files, Dictionary<RepoPath, StagedPath> batch)
    {
        Directory.CreateDirectory(folder.At("tree"));
        foreach (var file in files)
        {
            var onDisk = new FileInfo($"{layout.WorktreeRoot}/{file.Value}");
            if (batch.TryGetValue(file, out var change))
            {
                if (change.After is { } after && GitModes.IsFile(after.Mode))
                {
                    folder.Write("tree/" + file.Value, after.Content);
                }
            }
            else if (onDisk.Exists && onDisk.LinkTarget is null)
            {
                folder.Write("tree/" + file.Value, new Content.InFile(onDisk.FullName, onDisk.Length));
            }
        }
    }

    private void Convert(PrivateDirectory folder, GitProcess git, List<StagedPath> files,
        Dictionary<RepoPath, ObjectId> ids)
    {
        foreach (var file in files)
        {
            folder.Write("tree/" + file.Path.Value, file.After!.Content);
        }

        // The index here is thrown away: nothing of it may reach the git directory.
        var fsync = durable ? "core.fsync=loose-object" : "core.fsync=none";
        string[] arguments = ["-c", "core.splitIndex=false", "-c", "index.sparse=false", "-c", fsync,
            "-c", "core.untrackedCache=false", "-c", "core.safecrlf=false", "update-index", "--add", "-z", "--stdin"];
        var answer = git.Try(arguments, Encoding.UTF8.GetBytes(string.Concat(files.Select(f => f.Path.Value + '\0'))));
        if (answer.ExitCode != 0)
        {
            throw new RefusedException(new WriteError(ErrorCategory.Format, "not-stageable",
                $"git cannot convert what shall be staged: {answer.ErrorText.Trim()}")
            {
                Path = files.Count == 1 ? files[0].Path.Value : null,
                Suggestion = "check the working-tree-encoding of these paths, or apply without --stage",
            });
        }

        var entries = IndexReader.Open(layout with { IndexFile = folder.At("index") });
        foreach (var file in files)
        {
            ids[file.Path] = entries.Find(file.Path)?.Id ?? throw new StoreException(new WriteError(
                ErrorCategory.System, "git-failed", $"git did not stage \"{file.Path}\"")
            { Path = file.Path.Value });
        }
    }

    private void RefuseFiltered(Dictionary<RepoPath, PathAttributes> attributes)
    {
        var filtered = attributes.Where(a => a.Value.Filter is not null).OrderBy(a => a.Key).ToList();
        if (filtered.Count == 0)
        {
            return;
        }

        var configured = ConfiguredFilters();
        var errors = filtered.Where(f => configured.Contains(f.Value.Filter!)).Select(f => new WriteError(
            ErrorCategory.Dependency, "filtered-path",
            $"\"{f.Key}\" cannot be staged: it goes through the filter \"{f.Value.Filter}\", an external program")
        {
            Path = f.Key.Value,
            Suggestion = $"apply without --stage, then `git add -- {f.Key}`",
        }).ToList();
        if (errors.Count > 0)
        {
            throw new RefusedException(errors[0]) { All = errors };
        }
    }

    // Every value counts, the last one need not: we override them with empty ones ourselves (I11).
    private HashSet<string> ConfiguredFilters()
    {
        var answer = new GitProcess(layout).Try(
            ["config", "-z", "--get-regexp", "^filter\\..*\\.(clean|process|required)$"]);
        return answer.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('\n', 2))
            .Where(pair => pair.Length == 1 || pair[1] is not ("" or "false" or "no" or "off" or "0"))
            .Select(pair => pair[0]["filter.".Length..pair[0].LastIndexOf('.')])
            .ToHashSet(StringComparer.Ordinal);
    }

    private bool MayChange(Content content, PathAttributes attributes)
    {
        if (attributes.HasEncoding)
        {
            return true;
        }

        if (!attributes.HasIdent && !attributes.ConvertsLineEnds(settings))
        {
            return false;
        }

        using var stream = content.Open();
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                if (buffer.AsSpan(0, read).ContainsAny(Convertible))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
