using System.Collections.Concurrent;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation;

/// <summary>Counts which files were looked at, and for which of them a rule or checker had to run.</summary>
internal sealed class ValidationTally
{
    private readonly ConcurrentDictionary<RepoPath, bool> _files = new();

    /// <summary>A result of the file was in the cache.</summary>
    public void Cached(RepoPath path) => _files.TryAdd(path, false);

    /// <summary>A rule looked at the file and what is around it, of which nothing can be known by the file's bytes alone.</summary>
    public void Looked(RepoPath path) => _files.TryAdd(path, false);

    /// <summary>A rule ran over the file.</summary>
    public void Ran(RepoPath path) => _files[path] = true;

    /// <summary>Files looked at.</summary>
    public int Checked => _files.Count;

    /// <summary>Files of which every result was in the cache.</summary>
    public int FromCache => _files.Count(f => !f.Value);
}
