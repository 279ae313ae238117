namespace GitWriteOpt.ObjectStore;

/// <summary>
/// What <c>git check-attr</c> says of one path, and what follows from it by the rules of git's <c>convert.c</c>
/// (<c>convert_attrs</c>).
/// </summary>
internal sealed class PathAttributes
{
    /// <summary>The attributes to ask for.</summary>
    public static readonly string[] Names = ["text", "crlf", "eol", "working-tree-encoding", "ident", "filter"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Notes a value as git prints it: <c>set</c>, <c>unset</c>, <c>unspecified</c> or a string.</summary>
    public void Note(string name, string value) => _values[name] = value;

    /// <summary>The name of the filter driver, or null.</summary>
    public string? Filter => Value("filter") is { } name && name is not ("set" or "unset") ? name : null;

    /// <summary>Whether line ends may be converted at all.</summary>
    public bool ConvertsLineEnds(AttributeSettings settings) => Action switch
    {
        "binary" => false,
        "undefined" => settings.ConvertsWithoutAttributes,
        _ => true,
    };

    /// <summary>Whether git would check a text file out with CRLF. <c>eol</c> wins over <c>text=input</c>.</summary>
    public bool WantsCrlf(AttributeSettings settings) => ConvertsLineEnds(settings) && (Action, Value("eol")) switch
    {
        (_, "crlf") => true,
        (_, "lf") or ("input", _) => false,
        _ => settings.TextIsCrlf,
    };

    /// <summary>Whether keywords are expanded.</summary>
    public bool HasIdent => Value("ident") == "set";

    /// <summary>Whether the worktree holds another encoding than the repository.</summary>
    public bool HasEncoding => Value("working-tree-encoding") is { } encoding && encoding is not ("set" or "unset");

    // The older `crlf` attribute counts where `text` says nothing; `eol` alone implies text.
    private string Action => (Meaning(Value("text")) ?? Meaning(Value("crlf"))) is { } known ? known
        : Value("eol") is "lf" or "crlf" ? "text" : "undefined";

    private static string? Meaning(string? value) => value switch
    {
        "set" => "text",
        "unset" => "binary",
        "input" => "input",
        "auto" => "auto",
        _ => null,
    };

    private string? Value(string name) =>
        _values.TryGetValue(name, out var value) && value != "unspecified" ? value : null;
}
