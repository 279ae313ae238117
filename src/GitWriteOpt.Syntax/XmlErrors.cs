using System.Xml;

namespace GitWriteOpt.Syntax;

/// <summary>
/// What .NET's reader says of XML. Nothing outside the file is ever read, no entity is expanded: a document type is passed
/// over, and a reference to an entity stays what it is.
/// </summary>
internal static class XmlErrors
{
    private const int Head = 256;

    /// <summary>The first error of a file.</summary>
    public static IReadOnlyList<SyntaxError> In(byte[] bytes)
    {
        try
        {
            using var reader = new XmlTextReader(new MemoryStream(bytes, writable: false))
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
        catch (XmlException cause) when (IsOfTheReader(cause, bytes))
        {
            return [];
        }
        catch (XmlException cause)
        {
            var (line, column) = bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..] ? new Position(cause.LineNumber, cause.LinePosition)
                : Position.OfCharacter(bytes, Math.Max(1, cause.LineNumber), Math.Max(0, cause.LinePosition - 1));
            return [new SyntaxError(line, column, Words(cause))];
        }
    }

    // An encoding that the runtime does not have, and XML 1.1, are no fault of the file.
    private static bool IsOfTheReader(XmlException cause, ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, Head)];
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
