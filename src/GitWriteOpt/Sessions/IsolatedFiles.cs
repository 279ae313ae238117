using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Operations;
using GitWriteOpt.Paths;
using GitWriteOpt.Transactions;
using GitWriteOpt.Worktree;

namespace GitWriteOpt.Sessions;

/// <summary>
/// Writes a snapshot's files into an empty directory, raw as the snapshot has them (no filter runs), on all cores. Every
/// file is made in a directory that is held open, never through a link.
/// </summary>
/// <param name="context">The repository that the snapshot was taken in.</param>
/// <param name="snapshot">The snapshot.</param>
/// <param name="root">The empty directory.</param>
internal sealed class IsolatedFiles(TransactionContext context, Snapshot snapshot, OpenDirectory root)
{
    private readonly TreeStore _trees = new(context.Objects, null, context.Layout.ObjectFormat);
    private readonly List<(string Directory, List<RawTreeEntry> Files)> _directories = [];
    private readonly ConcurrentBag<KnownFile> _written = [];

    /// <summary>Writes them.</summary>
    /// <param name="without">Paths that are left out.</param>
    /// <returns>What was written, so that a survey need not read it again.</returns>
    internal IReadOnlyCollection<KnownFile> Write(IReadOnlySet<string> without)
    {
        Collect("", snapshot.Tree, without);
        try
        {
            Parallel.ForEach(_directories, one => Fill(one.Directory, one.Files));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return _written;
    }

    /// <summary>Writes one more file, which the snapshot left out.</summary>
    internal Fingerprint Add(RepoPath path, PathState.File file)
    {
        var opened = Open(path.Parent?.Value ?? "", make: true);
        try
        {
            return File(opened[^1], path.Name, file.Content, file.Permissions ?? (file.Executable ? 0x1ed : 0x1a4));
        }
        finally
        {
            Close(opened);
        }
    }

    /// <summary>Makes a directory of links to all that is in another one.</summary>
    internal void Link(RepoPath path, string target)
    {
        var opened = Open(path.Value, make: true);
        try
        {
            foreach (var entry in new DirectoryInfo(target).EnumerateFileSystemInfos().Where(e => e.Name != ".git"))
            {
                opened[^1].MakeLink(entry.Name, entry.FullName);
            }
        }
        finally
        {
            Close(opened);
        }
    }

    private void Collect(string directory, ObjectId tree, IReadOnlySet<string> without)
    {
        var files = new List<RawTreeEntry>();
        var below = new List<(string Path, ObjectId Tree)>();
        foreach (var entry in _trees.Read(tree))
        {
            var path = directory.Length == 0 ? TreeObject.Name(entry) : directory + "/" + TreeObject.Name(entry);
            if (PathRules.Objection(path) is not null || path.Contains('\ufffd', StringComparison.Ordinal) || without.Contains(path))
            {
                continue;
            }

            if (entry.IsDirectory)
            {
                below.Add((path, entry.Id));
            }
            else
            {
                files.Add(entry);
            }
        }

        if (files.Count > 0)
        {
            Close(Open(directory, make: true));
            _directories.Add((directory, files));
        }

        below.ForEach(one => Collect(one.Path, one.Tree, without));
    }

    private void Fill(string directory, List<RawTreeEntry> files)
    {
        var opened = Open(directory, make: false);
        try
        {
            foreach (var entry in files)
            {
                var name = TreeObject.Name(entry);
                var path = RepoPath.Parse(directory.Length == 0 ? name : directory + "/" + name);
                if (entry.Mode == GitModes.Gitlink)
                {
                    opened[^1].MakeDirectory(name, null); // a submodule that is not checked out
                    continue;
                }

                var content = context.Blob(entry.Id);
                Fingerprint found;
                if (entry.Mode == GitModes.Link)
                {
                    opened[^1].MakeLink(name, Encoding.UTF8.GetString(content.ToMemory().Span));
                    found = opened[^1].Look(name);
                }
                else
                {
                    found = File(opened[^1], name, content, snapshot.State(path, entry.Mode, entry.Id).Permissions);
                }

                _written.Add(new KnownFile(path.Value, entry.Id, found.AsIndexStat(), IsConverted: false));
            }
        }
        finally
        {
            Close(opened);
        }
    }

    private static Fingerprint File(OpenDirectory directory, string name, Content content, int permissions)
    {
        using (var handle = directory.CreateFile(name, permissions | OwnerMayWrite))
        using (var from = content.Open())
        using (var to = new FileStream(handle, FileAccess.Write, bufferSize: 0))
        {
            from.CopyTo(to);
        }

        var found = directory.Look(name);
        if (found.Permissions == permissions)
        {
            return found;
        }

        directory.SetPermissions(name, permissions);
        return directory.Look(name);
    }

    private const int OwnerMayWrite = 0x80;

    // The directory last, those above it before it; the root is not among them unless it is meant.
    private List<OpenDirectory> Open(string directory, bool make)
    {
        var opened = new List<OpenDirectory> { root };
        foreach (var name in directory.Length == 0 ? [] : directory.Split('/'))
        {
            if (make)
            {
                opened[^1].MakeDirectory(name, null);
            }

            opened.Add(opened[^1].Descend(name).Directory
                ?? throw new IOException($"\"{opened[^1].Path}/{name}\" is no directory any more"));
        }

        return opened;
    }

    private static void Close(List<OpenDirectory> opened) => opened.Skip(1).ToList().ForEach(d => d.Dispose());
}
