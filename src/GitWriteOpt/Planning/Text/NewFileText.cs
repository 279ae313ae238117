using System.Text.Unicode;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>The line ends of a new text file, where its dialect leaves them to <c>.gitattributes</c>.</summary>
internal static class NewFileText
{
    /// <summary>The text with CRLF line ends; binary and streamed content as it is.</summary>
    public static Content WithCrlf(Content content)
    {
        if (content is not Content.Memory memory || memory.Bytes.Span.Contains((byte)0) || !Utf8.IsValid(memory.Bytes.Span))
        {
            return content;
        }

        var folded = memory.Bytes.Span;
        var output = new MemoryStream(folded.Length + 64);
        while (folded.IndexOf((byte)'\n') is var at and >= 0)
        {
            output.Write(folded[..at].TrimEnd((byte)'\r'));
            output.Write("\r\n"u8);
            folded = folded[(at + 1)..];
        }

        output.Write(folded);
        return Content.Of(output.ToArray());
    }
}
