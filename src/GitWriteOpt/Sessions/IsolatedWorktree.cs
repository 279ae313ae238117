using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;
using GitWriteOpt.Platform;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sessions;

/// <summary>
/// A linked worktree beside this one that holds a snapshot of it, for one command: HEAD's commit (detached, so that no
/// branch moves), the index as it is here, every file that the snapshot has. It is locked in git's own way for as long as
/// its process lives; what a killed one left is swept by the next run, gc or doctor.
/// </summary>
internal sealed class IsolatedWorktree : IDisposable
{
    /// <summary>The setting of the directories that are linked in.</summary>
    internal const string LinkKey = "writeopt.isolated.link";

    /// <summary>The setting of the directory that isolated worktrees are made in.</summary>
    internal const string DirectoryKey = "writeopt.isolated.directory";

    private const string Reason = "git writeopt run --isolated: ";

    private readonly TransactionContext _home;
    private readonly List<string> _warnings = [];
    private readonly Dictionary<RepoPath, Fingerprint> _copies = [];
    private readonly HashSet<string> _links = new(StringComparer.Ordinal);

    private IsolatedWorktree(TransactionContext home, Snapshot start, ObjectId head, string root)
    {
        (_home, Start, Head, Root) = (home, start, head, root);
        var found = Discovery.Open(root, CallerEnvironment.OfProcess().With(LocalVariables.Names.Select(n => (n, (string?)null))));
        Context = new TransactionContext(found.Layout, new LocalState(found.Layout), new RefStore(found.Layout),
            new ObjectReader(found.Layout), found.Config, home.Log)
        {
            Portable = home.Portable,
            Time = home.Time,
        };
    }

    /// <summary>What it began with.</summary>
    internal Snapshot Start { get; }

    /// <summary>The commit that HEAD began with.</summary>
    internal ObjectId Head { get; }

    /// <summary>Its root.</summary>
    internal string Root { get; }

    /// <summary>The repository, seen from it.</summary>
    internal TransactionContext Context { get; }

    /// <summary>What is not as one might think.</summary>
    internal IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Makes one.</summary>
    /// <param name="home">The worktree whose snapshot it holds.</param>
    /// <param name="start">The snapshot, which a ref holds.</param>
    /// <param name="session">The session's id, which names it.</param>
    /// <exception cref="RefusedException">There is no commit yet that HEAD could be detached at.</exception>
    internal static IsolatedWorktree Make(TransactionContext home, Snapshot start, string session)
    {
        var head = home.Refs.ReadHead().Commit ?? throw new RefusedException(new WriteError(ErrorCategory.Conflict, "no-commit",
            "there is no commit yet, so there is nothing that a linked worktree could stand on")
        {
            Suggestion = "commit once, or run the command without --isolated",
        });
        var owner = ProcessIdentity.Of(Environment.ProcessId, LocalState.BootId);
        var root = Place(home, session);
        var linked = new LinkedWorktree(home.Layout);
        linked.Add(root, head, Reason + owner);
        try
        {
            var made = new IsolatedWorktree(home, start, head, root);
            made.Fill();
            return made;
        }
        catch
        {
            linked.Remove(root);
            throw;
        }
    }

    /// <summary>Removes what killed processes left.</summary>
    /// <param name="context">The repository.</param>
    /// <param name="dryRun">Only find them.</param>
    /// <returns>Their paths.</returns>
    internal static IReadOnlyList<string> Sweep(TransactionContext context, bool dryRun)
    {
        var linked = new LinkedWorktree(context.Layout);
        List<string> left = [.. linked.Locked(Reason)
            .Where(l => ProcessIdentity.Parse(l.Owner) is { } owner && !owner.IsAlive(LocalState.BootId)).Select(l => l.Path)];
        foreach (var path in dryRun ? [] : left)
        {
            linked.Remove(path);
        }

        return left;
    }

    /// <summary>Whether a path is, or lies in, a directory that was linked in.</summary>
    internal bool IsLinked(string path) => _links.Any(link => path == link || path.StartsWith(link + "/", StringComparison.Ordinal));

    /// <summary>Files that were too large for a snapshot and were changed in here: they cannot be brought over.</summary>
    internal IReadOnlyList<RepoPath> ChangedCopies()
    {
        using var worktree = Context.OpenWorktree();
        return [.. _copies.Where(c => worktree.Directories.ParentUnlessLinked(c.Key)?.Look(c.Key.Name).SameFile(c.Value) != true)
            .Select(c => c.Key)];
    }

    /// <summary>Leaves it to the user.</summary>
    internal void Keep() => new LinkedWorktree(_home.Layout).Unlock(Root);

    /// <summary>Removes it.</summary>
    internal void Remove() => new LinkedWorktree(_home.Layout).Remove(Root);

    /// <inheritdoc/>
    public void Dispose() => Context.Dispose();

    // Beside the worktree: on its file system, where "../other" is the same as here, and not below .git, which many
    // tools pass over. Where nothing may be written there, in the directory of temporary files.
    private static string Place(TransactionContext home, string session)
    {
        var root = home.Layout.WorktreeRoot;
        var name = $"{Path.GetFileName(root)}.isolated-{session}";

        // Only the user says where else something may be written, never the repository (I5).
        if (home.Config.GetTrusted(DirectoryKey) is { Length: > 0 } configured)
        {
            var expanded = configured.StartsWith("~/", StringComparison.Ordinal)
                ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + configured[1..] : configured;
            return Path.Combine(Path.GetFullPath(expanded, root), name);
        }

        var beside = Path.GetDirectoryName(root);
        using var above = beside is null ? null : OpenDirectory.At(beside, home.Portable);
        return Path.Combine(above?.IsWritable() == true ? beside! : Path.GetTempPath(), name);
    }

    private void Fill()
    {
        Context.State.Prepare();
        var layout = _home.Layout;
        var missing = new HashSet<string>(StringComparer.Ordinal);
        if (File.Exists(layout.IndexFile))
        {
            File.Copy(layout.IndexFile, Context.Layout.IndexFile, overwrite: true);
            foreach (var shared in Directory.EnumerateFiles(layout.GitDirectory, "sharedindex.*"))
            {
                File.Copy(shared, Context.Layout.GitDirectory + "/" + Path.GetFileName(shared));
            }

            var entries = IndexReader.Open(layout).Table();
            missing.UnionWith(Enumerable.Range(0, entries.Count).Where(entries.IsSkipped).Select(i => entries[i].Path)
                .Where(path => !Path.Exists($"{layout.WorktreeRoot}/{path}")));
        }

        using var worktree = _home.OpenWorktree();
        using var root = Context.OpenAt(Root);
        var files = new IsolatedFiles(_home, Start, root);
        var large = Start.LeftOut.Where(l => l.Reason is "larger-than-limit" or "beyond-total-limit" && PathRules.Objection(l.Path) is null)
            .Select(l => RepoPath.Parse(l.Path)).ToList();
        missing.UnionWith(large.Select(l => l.Value));
        var written = files.Write(missing);
        foreach (var path in large)
        {
            if (worktree.ReadUnlessLinked(path).State is PathState.File file)
            {
                _copies[path] = files.Add(path, file);
            }
        }

        Link(files, worktree);
        if (Start.Nested.Count > 0)
        {
            _warnings.Add($"{string.Join(", ", Start.Nested)}: repositories of their own, which are not in the isolated worktree");
        }

        // What was written just now may be written again without lstat showing it, so that is read once more.
        const long clockTick = 50_000_000;
        var until = ((DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100) - clockTick;
        List<KnownFile> known = [.. written.Where(w => w.Stat.ModifiedNanoseconds < until)];
        var cache = new SurveyCache(RefNames.Sessions + Start.Session, Start.Commit, 0, "isolated", known, new HashSet<ObjectId>())
        {
            Tree = Start.Tree,
        };
        cache.Write(Context.State.Survey);
    }

    private void Link(IsolatedFiles files, WorktreeReader worktree)
    {
        foreach (var given in _home.Config.All(LinkKey).Select(e => e.Value ?? "").Where(v => v.Length > 0))
        {
            var name = given.TrimEnd('/');
            if (PathRules.Objection(name) is { } objection)
            {
                throw new UsageException(new WriteError(ErrorCategory.Usage, "bad-configuration",
                    $"{LinkKey} is \"{given}\", which is no path in the worktree: {objection}")
                {
                    Suggestion = $"git config {LinkKey} node_modules",
                });
            }

            var path = RepoPath.Parse(name);
            if (worktree.Directories.ParentUnlessLinked(path)?.Look(path.Name).Kind != FileKind.Directory)
            {
                continue; // not installed here, so neither there
            }

            if (!IsIgnored(name))
            {
                _warnings.Add($"\"{name}\" ({LinkKey}) is not ignored, so it is not linked in: what is tracked is copied anyway");
                continue;
            }

            files.Link(path, $"{_home.Layout.WorktreeRoot}/{name}");
            _links.Add(name);
        }
    }

    // check-ignore cannot be told to take names literally, ls-files can. Its answer may be a directory further up.
    private bool IsIgnored(string directory) => System.Text.Encoding.UTF8.GetString(new GitProcess(_home.Layout).Run(
        ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--", directory]).Output)
        .Split('\0')[0] is { Length: > 0 } found && (directory + "/").StartsWith(found, StringComparison.Ordinal);
}
