using GitWriteOpt.Dependencies.Languages;

namespace GitWriteOpt.Dependencies;

/// <summary>
/// One language's way of referring to other files: reads the references of a file, from bytes alone, and says what they
/// mean where. Both are tolerant: bytes that no compiler would take yield what can be read in them, in time linear in
/// their length.
/// </summary>
internal abstract class Language
{
    /// <summary>Files of this size or more are not read (bytes).</summary>
    public const int TooLarge = 2 << 20;

    /// <summary>More references than these are not kept of one file.</summary>
    public const int MostReferences = 20_000;

    /// <summary>Its stable name: part of the cache's key, with <see cref="Version"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Raised whenever <see cref="Scan"/> would read something else in the same bytes.</summary>
    public virtual int Version => 1;

    /// <summary>Whether a reference that resolves nowhere is broken for certain, by measurement.</summary>
    public virtual bool MissingIsSure => false;

    /// <summary>Reads a file's references.</summary>
    /// <param name="path">Its path; only the name's ending may matter.</param>
    /// <param name="bytes">Its bytes.</param>
    public abstract FileReferences Scan(string path, ReadOnlySpan<byte> bytes);

    /// <summary>What a reference of a file means.</summary>
    public abstract Resolution Resolve(string file, Reference reference, FileView view);

    /// <summary>Whether files of this language may refer to that one.</summary>
    public virtual bool MayReferTo(string target) => Of(target) == this;

    /// <summary>The language of a file by its name; null where none is known.</summary>
    public static Language? Of(string path) => Path.GetExtension(path.AsSpan()) switch
    {
        ".js" or ".jsx" or ".mjs" or ".cjs" or ".ts" or ".tsx" or ".mts" or ".cts" or ".vue" or ".svelte" => ScriptLanguage.Instance,
        ".py" or ".pyi" => PythonLanguage.Instance,
        ".c" or ".h" or ".cc" or ".hh" or ".cpp" or ".hpp" or ".cxx" or ".hxx" or ".inc" or ".inl" => IncludeLanguage.Instance,
        ".cs" => CSharpLanguage.Instance,
        ".go" => GoLanguage.Instance,
        ".rs" => RustLanguage.Instance,
        ".java" => JavaLanguage.Instance,
        ".css" or ".scss" or ".sass" or ".less" => StyleLanguage.Instance,
        ".html" or ".htm" => HtmlLanguage.Instance,
        ".md" or ".markdown" => MarkdownLanguage.Instance,
        ".json" or ".jsonc" => JsonLanguage.Instance,
        ".csproj" or ".fsproj" or ".vbproj" or ".props" or ".targets" or ".slnx" or ".sln" => ProjectLanguage.Instance,
        _ => null,
    };

    /// <summary>Reads a file's references, if its language is known and it is not too large.</summary>
    public static FileReferences ScanAny(string path, ReadOnlySpan<byte> bytes) =>
        bytes.Length < TooLarge && Of(path) is { } language ? language.Scan(path, bytes) : FileReferences.None;
}
