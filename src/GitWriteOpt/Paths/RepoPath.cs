using GitWriteOpt.Errors;

namespace GitWriteOpt.Paths;

/// <summary>
/// A path of a file below the worktree's root: relative, with <c>/</c>, validated once here (I5), so that nothing below
/// the readers ever sees a raw string. Validation is lexical; what is on disk (links, nested repositories) is the
/// planner's to check. Ordered as git orders index entries (bytes).
/// </summary>
public sealed record RepoPath : IComparable<RepoPath>
{
    private RepoPath(string value) => Value = value;

    /// <summary>The path: never empty, never with <c>.</c>, <c>..</c>, <c>.git</c> or an empty component.</summary>
    public string Value { get; }

    /// <summary>The last component.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The directory above, or null where that is the worktree's root.</summary>
    public RepoPath? Parent => Value.LastIndexOf('/') is var slash and > 0 ? new RepoPath(Value[..slash]) : null;

    /// <summary>All directories above, outermost first, without the root.</summary>
    public IEnumerable<RepoPath> Ancestors()
    {
        for (var slash = Value.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = Value.IndexOf('/', slash + 1))
        {
            yield return new RepoPath(Value[..slash]);
        }
    }

    /// <summary>Whether this path lies below <paramref name="directory"/>.</summary>
    public bool IsBelow(RepoPath directory) =>
        Value.Length > directory.Value.Length && Value[directory.Value.Length] == '/'
        && Value.StartsWith(directory.Value, StringComparison.Ordinal);

    /// <summary>This path with <paramref name="name"/> appended; validated again.</summary>
    public RepoPath Join(string name) => Parse(Value + "/" + name);

    /// <summary>Parses a relative path.</summary>
    /// <exception cref="RefusedException">The path is unsafe; the error's code is <c>unsafe-path</c>.</exception>
    public static RepoPath Parse(string text) =>
        PathRules.Objection(text) is { } objection ? throw new RefusedException(objection) : new RepoPath(text);

    /// <summary>
    /// Parses a relative path, or an absolute one inside <paramref name="worktreeRoot"/> (absolute, no trailing slash).
    /// A leading <c>./</c> is dropped.
    /// </summary>
    /// <exception cref="RefusedException">The path is unsafe or outside the worktree.</exception>
    public static RepoPath Parse(string text, string worktreeRoot)
    {
        if (text.StartsWith('/') || Path.IsPathFullyQualified(text))
        {
            var slashed = OperatingSystem.IsWindows() ? text.Replace('\\', '/') : text;
            var root = (OperatingSystem.IsWindows() ? worktreeRoot.Replace('\\', '/') : worktreeRoot).TrimEnd('/') + "/";
            if (!slashed.StartsWith(root, StringComparison.Ordinal))
            {
                throw new RefusedException(PathRules.Unsafe(text, "it lies outside the worktree"));
            }

            return Parse(slashed[root.Length..]);
        }

        while (text.StartsWith("./", StringComparison.Ordinal))
        {
            text = text[2..];
        }

        return Parse(text);
    }

    /// <inheritdoc/>
    public int CompareTo(RepoPath? other) => other is null ? 1 : Utf8Order.Compare(Value, other.Value);

    /// <summary>The path itself.</summary>
    public override string ToString() => Value;

    /// <summary>Byte order.</summary>
    public static bool operator <(RepoPath left, RepoPath right) => left.CompareTo(right) < 0;

    /// <summary>Byte order.</summary>
    public static bool operator >(RepoPath left, RepoPath right) => left.CompareTo(right) > 0;

    /// <summary>Byte order.</summary>
    public static bool operator <=(RepoPath left, RepoPath right) => left.CompareTo(right) <= 0;

    /// <summary>Byte order.</summary>
    public static bool operator >=(RepoPath left, RepoPath right) => left.CompareTo(right) >= 0;
}
