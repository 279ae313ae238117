using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Transactions;

/// <summary>What the index has other than HEAD: the next commit in the making. Submodules are left out.</summary>
public sealed class StagedCommit
{
    internal StagedCommit(IReadOnlyList<ComparedPath> compared)
    {
        Compared = compared;
        Paths = [.. compared.Select(c => c.Path.Value)];
        Added = [.. compared.Where(c => c.Old is null && c.New is not null).Select(c => c.Path.Value)];
    }

    /// <summary>Every path that differs, from the root of the worktree.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Those of them that HEAD has not.</summary>
    public IReadOnlyList<string> Added { get; }

    internal IReadOnlyList<ComparedPath> Compared { get; }
}
