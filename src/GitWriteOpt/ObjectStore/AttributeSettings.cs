namespace GitWriteOpt.ObjectStore;

/// <summary>The configuration that decides line ends, looked up by the caller. Null: not configured.</summary>
/// <param name="AutoCrlf"><c>core.autocrlf</c>: a boolean, or <c>input</c>.</param>
/// <param name="Eol"><c>core.eol</c>: <c>lf</c>, <c>crlf</c> or <c>native</c>.</param>
/// <param name="AttributesFile"><c>core.attributesFile</c>, expanded; null for git's default below the home.</param>
public sealed record AttributeSettings(string? AutoCrlf = null, string? Eol = null, string? AttributesFile = null)
{
    /// <summary>Whether <c>core.autocrlf</c> converts anything.</summary>
    internal bool ConvertsWithoutAttributes => IsInput || IsTrue;

    /// <summary>Whether text gets CRLF where no attribute says otherwise (git's <c>text_eol_is_crlf</c>).</summary>
    internal bool TextIsCrlf => IsTrue
        || (!IsInput && ((Eol ?? "native").ToUpperInvariant() switch
        {
            "CRLF" => true,
            "NATIVE" => OperatingSystem.IsWindows(),
            _ => false,
        }));

    private bool IsInput => string.Equals(AutoCrlf, "input", StringComparison.OrdinalIgnoreCase);

    private bool IsTrue => AutoCrlf?.ToUpperInvariant() is "TRUE" or "YES" or "ON" or "1" or "";
}
