namespace GitWriteOpt.Dependencies;

/// <summary>What the text of a reference is; what it means is its language's to say.</summary>
internal enum ReferenceForm : byte
{
    /// <summary>A path or a module's name: <c>./a.js</c>, <c>a.b</c>, <c>"a.h"</c>, <c>crate::a</c>.</summary>
    Name,

    /// <summary>A name that may be a module or a member of one: Python's <c>from a import b</c>, as <c>a:b</c>.</summary>
    Member,

    /// <summary>A name that the toolchain looks for first: C's <c>&lt;a.h&gt;</c>.</summary>
    System,

    /// <summary>A module that this file declares to be in another: Rust's <c>mod a;</c>, inline modules before it: <c>b/a</c>.</summary>
    Module,

    /// <summary>A path that is taken as it stands: Rust's <c>#[path]</c>.</summary>
    Path,

    /// <summary>A namespace or package that is opened, here or (<c>global using</c>) everywhere.</summary>
    Namespace,

    /// <summary>The same for every file of the project.</summary>
    GlobalNamespace,
}

/// <summary>What a file says about another.</summary>
/// <param name="Form">What kind of text <paramref name="Target"/> is.</param>
/// <param name="Target">The text, as in the file, without quotes.</param>
/// <param name="Line">One-based line.</param>
/// <param name="Optional">The file does without, or may: inside <c>try</c>, <c>#if</c>, a condition.</param>
internal readonly record struct Reference(ReferenceForm Form, string Target, int Line, bool Optional = false);

/// <summary>What a scanner reads in a file.</summary>
/// <param name="Uses">What it refers to, in the file's order.</param>
internal sealed record FileReferences(IReadOnlyList<Reference> Uses)
{
    /// <summary>Of files that are in no known language, too large, or refer to nothing.</summary>
    public static readonly FileReferences None = new([]);

    /// <summary>The namespace or package that it declares; empty for none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The types that it declares outside of others, with their namespace.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>
    /// Hashes (<see cref="TypeNames"/>) of the names that may be types, sorted; only of languages in which a type is
    /// used without being imported.
    /// </summary>
    public IReadOnlyList<uint> Mentions { get; init; } = [];
}
