using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Parsed;

/// <summary>XML that is not well-formed.</summary>
internal sealed class XmlSyntax() : ParsedSyntax(new RuleInfo("xml-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "XML that is not well-formed: project files of MSBuild, .resx, .xaml, .svg and so on"), "XML")
{
    private static readonly string[] Surely =
    [
        ".xml", ".csproj", ".fsproj", ".vbproj", ".vcxproj", ".sqlproj", ".esproj", ".shproj", ".projitems", ".proj", ".props", ".targets",
        ".resx", ".resw", ".xaml", ".axaml", ".nuspec", ".slnx", ".vsixmanifest", ".ruleset", ".runsettings", ".xsd", ".xsl", ".xslt",
        ".svg", ".wsdl", ".xliff", ".xlf", ".storyboard", ".xib", ".rss", ".atom", ".pom", ".iml", ".wxs", ".wxl", ".appxmanifest",
    ];

    // Names that other formats have, too.
    private static readonly string[] Perhaps = [".config", ".manifest", ".plist", ".xhtml", ".kml", ".gpx", ".dae", ".ui", ".qrc", ".filters"];

    /// <inheritdoc/>
    protected override string? Kind(RepoPath path) => Ends(path, Surely) || Ends(path, Perhaps) ? "xml" : null;

    // XML tells its encoding itself, UTF-16 included.
    /// <inheritdoc/>
    protected override bool IsOther(RepoPath path, ReadOnlySpan<byte> bytes) => !FileNature.IsWide(bytes)
        && (FileNature.IsBinary(bytes) || (Ends(path, Perhaps) && !TextPosition.Trim(bytes).TrimStart(" \t\r\n"u8).StartsWith("<"u8)));

    private static bool Ends(RepoPath path, string[] endings) =>
        Array.Exists(endings, ending => path.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
