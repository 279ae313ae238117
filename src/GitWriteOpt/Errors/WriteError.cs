namespace GitWriteOpt.Errors;

/// <summary>What kind of trouble an error is: decides who can mend it.</summary>
public enum ErrorCategory
{
    /// <summary>A lock, a read-only file, a path that may not be written.</summary>
    Permission,

    /// <summary>Content or input of the wrong form.</summary>
    Format,

    /// <summary>Something that is needed is not there.</summary>
    Dependency,

    /// <summary>What is on disk is not what the batch expects.</summary>
    Conflict,

    /// <summary>The machine: disk, file system, git.</summary>
    System,

    /// <summary>The command line or the batch was wrong.</summary>
    Usage,
}

/// <summary>
/// What went wrong, where, and the next step. Serialised as CONTRACT's error object.
/// </summary>
/// <param name="Category">Who can mend it.</param>
/// <param name="Code">A stable kebab-case name that scripts may compare.</param>
/// <param name="Message">One sentence: expected and actual.</param>
public sealed record WriteError(ErrorCategory Category, string Code, string Message)
{
    /// <summary>The path concerned, relative to the worktree's root, or null.</summary>
    public string? Path { get; init; }

    /// <summary>What a person or agent can do next, where there is something.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The message without text of files, for a model; null where it holds none.</summary>
    public string? WithoutContent { get; init; }

    /// <summary>One-based line in the input or file, where known.</summary>
    public int? Line { get; init; }

    /// <summary>One-based column in bytes, where known.</summary>
    public int? Column { get; init; }
}
