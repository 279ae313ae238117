using System.Buffers;
using System.Text;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>The head of a mail, as <c>git format-patch</c> writes it.</summary>
/// <param name="Subject">The subject without <c>[PATCH n/m]</c>, or null.</param>
internal sealed record MailHead(string? Subject)
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
    /// <exception cref="Errors.UsageException">The body is encoded, so that its diff cannot be read as it stands.</exception>
    public static MailHead Read(ref LineCursor cursor, BatchInput input)
    {
        StringBuilder? subject = null;
        var inSubject = false;
        for (cursor.Advance(); !cursor.AtEnd && !cursor.Bare.IsEmpty; cursor.Advance())
        {
            var text = Encoding.UTF8.GetString(cursor.Bare);
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
            else if (text.StartsWith("Content-Transfer-Encoding:", StringComparison.OrdinalIgnoreCase)
                && (text.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase)
                    || text.Contains("base64", StringComparison.OrdinalIgnoreCase)))
            {
                throw input.Fault(cursor.Offset, "encoded-mail", "the mail's body is encoded for transfer",
                    "decode it first, for example with git mailinfo");
            }
        }

        return new MailHead(subject is null ? null : MailSubject.Clean(subject.ToString()));
    }
}
