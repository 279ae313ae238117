using System.Runtime.InteropServices;
using System.Xml;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation.Rules.Syntax;

/// <summary>
/// XML that is not well-formed. Nothing outside the file is ever read, no entity is expanded: a document type is passed
/// over, and a reference to an entity stays what it is.
/// </summary>
internal sealed class XmlSyntax() : SyntaxRule(new RuleInfo("xml-syntax", ErrorCategory.Format, CheckSeverity.Error,
    "XML that is not well-formed: project files of MSBuild, .resx, .xaml, .svg and so on"))
{
    private const int LongestUnknown = 256;

    private static readonly string[] Surely =
    [
        ".xml", ".csproj", ".fsproj", ".vbproj", ".vcxproj", ".sqlproj", ".esproj", ".shproj", ".projitems", ".proj", ".props", ".targets",
        ".resx", ".resw", ".xaml", ".axaml", ".nuspec", ".slnx", ".vsixmanifest", ".ruleset", ".runsettings", ".xsd", ".xsl", ".xslt",
        ".svg", ".wsdl", ".xliff", ".xlf", ".storyboard", ".xib", ".rss", ".atom", ".pom", ".iml", ".wxs", ".wxl", ".appxmanifest",
    ];

    // Names that other formats have, too.
    private static readonly string[] Perhaps = [".config", ".manifest", ".plist", ".xhtml", ".kml", ".gpx", ".dae", ".ui", ".qrc", ".filters"];

    /// <inheritdoc/>
    protected override bool ReadsWide => true;

    /// <inheritdoc/>
    protected override string? Dialect(RepoPath path) =>
        EndsWith(path.Name, Surely) ? "xml" : EndsWith(path.Name, Perhaps) ? "xml?" : null;

    /// <inheritdoc/>
    protected override IEnumerable<Sighting> Parse(RepoPath path, ReadOnlyMemory<byte> bytes, string dialect)
    {
        var text = TextPosition.Trim(bytes.Span);
        var first = text.TrimStart(" \t\r\n"u8);
        var wide = FileNature.IsWide(bytes.Span);
        if (!wide && first.IsEmpty)
        {
            return [new Sighting(path, "expected XML, the file is empty", 1, 1) { Unsure = true }];
        }

        if (!wide && !first.StartsWith("<"u8) && dialect == "xml?")
        {
            return [];
        }

        using var stream = MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        try
        {
            using var reader = new XmlTextReader(stream)
            {
                DtdProcessing = DtdProcessing.Ignore,
                EntityHandling = EntityHandling.ExpandCharEntities,
                XmlResolver = null,
            };
            while (reader.Read())
            {
            }

            return [];
        }
        catch (XmlException cause) when (IsOfTheReader(cause, text))
        {
            return [];
        }
        catch (XmlException cause)
        {
            var (line, column) = wide ? new TextPosition(cause.LineNumber, cause.LinePosition)
                : TextPosition.OfCharacter(bytes.Span, Math.Max(1, cause.LineNumber), Math.Max(0, cause.LinePosition - 1));
            return [new Sighting(path, $"expected XML: {Words(cause)}", line, column)];
        }
    }

    // An encoding that the runtime does not have, and XML 1.1, are no fault of the file.
    private static bool IsOfTheReader(XmlException cause, ReadOnlySpan<byte> text)
    {
        var head = text[..Math.Min(text.Length, LongestUnknown)];
        return cause.InnerException is ArgumentException or NotSupportedException
            || head.IndexOf("version=\"1.1\""u8) >= 0 || head.IndexOf("version='1.1'"u8) >= 0
            || cause.Message.Contains("does not support", StringComparison.Ordinal);
    }

    private static string Words(XmlException cause)
    {
        var text = cause.Message;
        var end = text.LastIndexOf(" Line ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.', ' ');
    }
}
