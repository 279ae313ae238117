namespace GitWriteOpt.Operations;

/// <summary>What must be true of a path, in the state that earlier operations of the batch left, for an operation to go on.</summary>
public abstract record Expectation
{
    private Expectation()
    {
    }

    /// <summary>Nothing is asked.</summary>
    public static readonly Expectation Nothing = new Any();

    /// <summary>Nothing is asked.</summary>
    public sealed record Any : Expectation;

    /// <summary>There must be nothing at the path.</summary>
    public sealed record Absent : Expectation;

    /// <summary>There must be a file or a link at the path.</summary>
    public sealed record Present : Expectation;

    /// <summary>The file must have this blob id (hex, of the raw worktree bytes).</summary>
    public sealed record Blob(string Id) : Expectation;
}
