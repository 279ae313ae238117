using System.Buffers;

namespace GitWriteOpt.ObjectStore;

/// <summary>The names of our refs (CONTRACT, "Refs"). A name of a family is its prefix and an id.</summary>
public static class RefNames
{
    /// <summary>Below this we write; nowhere else.</summary>
    public const string Root = "refs/writeopt/";

    /// <summary>Prefix of the journal: transactions that have begun and not ended.</summary>
    public const string Pending = Root + "pending/";

    /// <summary>Prefix of transactions.</summary>
    public const string Transactions = Root + "tx/";

    /// <summary>Prefix of snapshots.</summary>
    public const string Snapshots = Root + "snap/";

    /// <summary>Prefix of sessions: their newest checkpoints.</summary>
    public const string Sessions = Root + "session/";

    /// <summary>Prefix of content that would otherwise have been lost.</summary>
    public const string Rescues = Root + "rescue/";

    /// <summary>Prefix of batches that could not be applied and can be resumed.</summary>
    public const string Kept = Root + "kept/";

    /// <summary>Prefix of commits that commands made in isolated worktrees, which are gone since; a user's own commits.</summary>
    public const string Isolated = Root + "isolated/";

    /// <summary>Older transactions, folded into a chain of commits so that refs stay few.</summary>
    public const string Folded = Root + "folded";

    /// <summary>What was learned.</summary>
    public const string Patterns = Root + "patterns";

    /// <summary>Prefix of what was shared.</summary>
    public const string Shared = Root + "shared/";

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("~^:?*[\\ \u007f");

    /// <summary>Whether we may write a ref: below <see cref="Root"/> and well-formed for git.</summary>
    public static bool IsOurs(string name) =>
        name.StartsWith(Root, StringComparison.Ordinal) && name.Length > Root.Length && IsWellFormed(name);

    /// <summary>The rules of <c>git check-ref-format</c>.</summary>
    public static bool IsWellFormed(string name)
    {
        if (name.Contains("..", StringComparison.Ordinal) || name.Contains("@{", StringComparison.Ordinal)
            || name.EndsWith('.') || name.AsSpan().ContainsAny(Forbidden)
            || name.AsSpan().ContainsAnyInRange('\0', '\u001f'))
        {
            return false;
        }

        foreach (var range in name.AsSpan().Split('/'))
        {
            var component = name.AsSpan(range);
            if (component.IsEmpty || component[0] == '.' || component.EndsWith(".lock", StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
