using GitWriteOpt.Paths;

namespace GitWriteOpt.Operations;

/// <summary>Where in its batch an operation came from, for messages.</summary>
/// <param name="Ordinal">Zero-based number of the operation.</param>
/// <param name="Line">One-based line in the input, or 0 where unknown.</param>
/// <param name="Column">One-based column in bytes, or 0 where unknown.</param>
public readonly record struct Origin(int Ordinal, int Line = 0, int Column = 0);

/// <summary>
/// One write of a batch. Operations are taken in order, each on the result of those before it (an overlay, never the
/// disk). A closed family: readers make them, the planner resolves them, nothing else knows their kinds.
/// </summary>
public abstract record Operation
{
    private Operation()
    {
    }

    /// <summary>What must be true of the (first) path for the operation to go on.</summary>
    public Expectation Expect { get; init; } = Expectation.Nothing;

    /// <summary>Where it came from.</summary>
    public Origin Origin { get; init; }

    /// <summary>The whole content of a file, made or overwritten.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Content">Verbatim bytes.</param>
    /// <param name="Executable">Sets the executable bit; null keeps an existing file's and gives a new one none.</param>
    public sealed record Write(RepoPath Path, Content Content, bool? Executable = null) : Operation
    {
        /// <summary>Text of a new file gets the line endings that <c>.gitattributes</c> asks for (tool-call dialects).</summary>
        public bool NewFileFollowsAttributes { get; init; }
    }

    /// <summary>Replacements of text, in order, each on the result of those before.</summary>
    public sealed record Edit(RepoPath Path, IReadOnlyList<Replacement> Replacements) : Operation;

    /// <summary>Text inserted after line <paramref name="Line"/> (0 is the top of the file).</summary>
    public sealed record Insert(RepoPath Path, int Line, string Text) : Operation;

    /// <summary>
    /// A unified or git diff over any number of files. All old names refer to the state before this operation, so a swap
    /// by two renames is legal. Matching is git's own.
    /// </summary>
    /// <param name="Diff">The diff as it came, bytes.</param>
    /// <param name="Files">The files it touches, from its headers.</param>
    public sealed record Patch(ReadOnlyMemory<byte> Diff, IReadOnlyList<PatchedFile> Files) : Operation;

    /// <summary>An update in the manner of Codex <c>apply_patch</c>: chunks found by their context.</summary>
    /// <param name="Path">The file as it is now.</param>
    /// <param name="Chunks">In file order.</param>
    /// <param name="MoveTo">Where the result goes, or null for in place. An existing destination is overwritten.</param>
    public sealed record ContextEdit(RepoPath Path, IReadOnlyList<ContextChunk> Chunks, RepoPath? MoveTo) : Operation
    {
        /// <summary>By the rules of the JSON form (V4A) instead of Codex'.</summary>
        public bool IsV4A { get; init; }
    }

    /// <summary>
    /// Ranges replaced. All positions mean the file before this operation, and ranges do not overlap; several insertions
    /// at one point keep their order.
    /// </summary>
    /// <param name="Path">The file.</param>
    /// <param name="Replacements">In any order.</param>
    public sealed record RangeEdit(RepoPath Path, IReadOnlyList<RangeReplacement> Replacements) : Operation
    {
        /// <summary>Replacements that say the same count once (findings of several rules), or each for itself.</summary>
        public bool IdenticalOnce { get; init; }
    }

    /// <summary>SEARCH/REPLACE blocks, in order, each on the result of those before.</summary>
    /// <param name="Path">The file; a blank search makes it where the dialect says so.</param>
    /// <param name="Blocks">In the order of the input.</param>
    /// <param name="Dialect">Whose rules find the text where it differs in white space.</param>
    public sealed record SearchReplace(
        RepoPath Path, IReadOnlyList<SearchBlock> Blocks, SearchDialect Dialect) : Operation;

    /// <summary>A cell of a notebook (<c>.ipynb</c>) replaced, inserted or deleted; the rest stays byte for byte.</summary>
    public sealed record NotebookEdit(RepoPath Path, NotebookChange Change) : Operation;

    /// <summary>An operation that is left out unless a path is there (or is not).</summary>
    /// <param name="Path">The path that decides.</param>
    /// <param name="Present">Carried out where something is there, or where nothing is.</param>
    /// <param name="Then">The operation.</param>
    public sealed record Conditional(RepoPath Path, bool Present, Operation Then) : Operation;

    /// <summary>A file or link removed; a directory too where <paramref name="Recursive"/>.</summary>
    public sealed record Delete(RepoPath Path, bool Recursive = false) : Operation;

    /// <summary>A file, link or whole directory moved. The destination must be absent unless <paramref name="Overwrite"/>.</summary>
    public sealed record Move(RepoPath From, RepoPath To, bool Overwrite = false) : Operation;

    /// <summary>A file or link copied with its mode. The destination must be absent unless <paramref name="Overwrite"/>.</summary>
    public sealed record Copy(RepoPath From, RepoPath To, bool Overwrite = false) : Operation;

    /// <summary>The executable bit of a file.</summary>
    public sealed record ChangeMode(RepoPath Path, bool Executable) : Operation;

    /// <summary>A symbolic link, made or replaced. The target is kept as it is, never followed.</summary>
    public sealed record Link(RepoPath Path, string Target) : Operation;

    /// <summary>A learned template, filled in.</summary>
    public sealed record Template(string Name, IReadOnlyDictionary<string, string> Parameters) : Operation;
}

/// <summary>One replacement of an edit.</summary>
/// <param name="Old">The text to find; never empty.</param>
/// <param name="New">The text to put there, literally.</param>
/// <param name="All">Every occurrence; otherwise it must occur exactly once.</param>
public sealed record Replacement(string Old, string New, bool All = false)
{
    /// <summary>The number of occurrences that must be there (tools that count), or null.</summary>
    public int? ExpectedCount { get; init; }
}

/// <summary>One chunk of a <see cref="Operation.ContextEdit"/>.</summary>
/// <param name="Anchor">The text after <c>@@</c>, a line to find first, or null.</param>
/// <param name="OldLines">Context and removed lines, without line ends.</param>
/// <param name="NewLines">Context and added lines, without line ends.</param>
/// <param name="EndOfFile">The old lines must be the last of the file.</param>
public sealed record ContextChunk(
    string? Anchor, IReadOnlyList<string> OldLines, IReadOnlyList<string> NewLines, bool EndOfFile)
{
    /// <summary>Lines to find, one after the other, before <see cref="Anchor"/> (V4A alone stacks them).</summary>
    public IReadOnlyList<string> OuterAnchors { get; init; } = [];
}

/// <summary>What a diff does to one file, as its headers tell.</summary>
public enum PatchKind
{
    /// <summary>Changes content or mode in place.</summary>
    Modify,

    /// <summary>Makes a file.</summary>
    Create,

    /// <summary>Removes a file.</summary>
    Delete,

    /// <summary>Moves a file, maybe with changes.</summary>
    Rename,

    /// <summary>Copies a file, maybe with changes.</summary>
    Copy,
}

/// <summary>The header of one file in a diff.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="OldPath">The file before; equal to <paramref name="NewPath"/> for a creation.</param>
/// <param name="NewPath">The file after; equal to <paramref name="OldPath"/> for a deletion.</param>
/// <param name="Line">One-based line of the header in the diff.</param>
public sealed record PatchedFile(PatchKind Kind, RepoPath OldPath, RepoPath NewPath, int Line);
