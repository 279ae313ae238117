using System.Buffers;
using System.Text;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>The head of a mail, as <c>git format-patch</c> writes it.</summary>
/// <param name="Subject">The subject without <c>[PATCH n/m]</c>, or null.</param>
/// <param name="Encoding"><c>quoted-printable</c> or <c>base64</c> where the body is encoded for transfer, or null.</param>
internal sealed record MailHead(string? Subject, string? Encoding)
{
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>Whether a mail starts with this line: <c>From </c> and a commit id.</summary>
    public static bool IsStart(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("From "u8))
        {
            return false;
        }

        var id = line[5..];
        var digits = id.IndexOfAnyExcept(Hex);
        return digits is 40 or 64 && digits < id.Length && id[digits] == ' ';
    }

    /// <summary>Reads up to the empty line that ends the head.</summary>
    /// <exception cref="Errors.UsageException">The mail has several parts, so that its diff cannot be told.</exception>
    public static MailHead Read(ref LineCursor cursor, BatchInput input)
    {
        StringBuilder? subject = null;
        string? encoding = null;
        var inSubject = false;
        for (cursor.Advance(); !cursor.AtEnd && !cursor.Bare.IsEmpty; cursor.Advance())
        {
            var text = System.Text.Encoding.UTF8.GetString(cursor.Bare);
            if (text[0] is ' ' or '\t')
            {
                _ = inSubject ? subject!.Append('\n').Append(text) : null;
                continue;
            }

            inSubject = text.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase);
            if (inSubject)
            {
                subject = new StringBuilder(text["Subject:".Length..]);
            }
            else if (Value(text, "Content-Transfer-Encoding:") is { } given)
            {
                encoding = given.ToUpperInvariant() switch
                {
                    "QUOTED-PRINTABLE" => MailBody.QuotedPrintable,
                    "BASE64" => MailBody.Base64,
                    _ => null,
                };
            }
            else if (Value(text, "Content-Type:")?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) is true)
            {
                throw input.Fault(cursor.Offset, "multipart-mail", "the mail has several parts",
                    "take the patch out of it first, for example with git mailinfo");
            }
        }

        return new MailHead(subject is null ? null : MailSubject.Clean(subject.ToString()), encoding);
    }

    private static string? Value(string line, string name) =>
        line.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? line[name.Length..].Trim() : null;
}
