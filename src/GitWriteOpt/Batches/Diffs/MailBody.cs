using System.Globalization;
using System.Text;
using GitWriteOpt.Errors;

namespace GitWriteOpt.Batches.Diffs;

/// <summary>The body of a mail that is encoded for transfer (RFC 2045, section 6).</summary>
internal static class MailBody
{
    /// <summary>The encoding that keeps most characters as they are.</summary>
    public const string QuotedPrintable = "quoted-printable";

    /// <summary>The encoding in 64 characters.</summary>
    public const string Base64 = "base64";

    /// <summary>Decodes from the cursor to the next mail or the end, and leaves the cursor there.</summary>
    /// <param name="cursor">On the empty line that ends the head.</param>
    /// <param name="input">What it walks over.</param>
    /// <param name="encoding">One of the two.</param>
    /// <exception cref="UsageException">The body is damaged; its line is named.</exception>
    public static BatchInput Decode(ref LineCursor cursor, BatchInput input, string encoding)
    {
        if (!cursor.AtEnd && cursor.Bare.IsEmpty)
        {
            cursor.Advance();
        }

        var start = cursor.Offset;
        var body = new List<byte>();
        var base64 = new StringBuilder();
        for (; !cursor.AtEnd && !MailHead.IsStart(cursor.Line); cursor.Advance())
        {
            if (encoding == Base64)
            {
                base64.Append(Encoding.Latin1.GetString(cursor.Bare).Trim());
            }
            else
            {
                Unquote(cursor, input, body);
            }
        }

        var decoded = encoding == Base64 ? FromBase64(base64.ToString(), input, start) : body.ToArray();
        return input.Carried(decoded, start, "mail's body");
    }

    private static byte[] FromBase64(string text, BatchInput input, int start)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : throw input.Fault(start, "encoded-mail", "the mail's body is not the base64 that its head says",
                "the mail may be cut off");
    }

    private static void Unquote(LineCursor cursor, BatchInput input, List<byte> body)
    {
        // Blanks at the end of a line were added on the way; an equals sign there joins it to the next one.
        var line = cursor.Bare.TrimEnd(" \t"u8);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '=')
            {
                body.Add(line[i]);
            }
            else if (i + 1 == line.Length)
            {
                return;
            }
            else if (i + 2 < line.Length && byte.TryParse(line.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out var value))
            {
                body.Add(value);
                i += 2;
            }
            else
            {
                throw input.Fault(cursor.Offset + i, "encoded-mail", "\"=\" is not followed by two hexadecimal digits",
                    "the mail's head says that its body is quoted-printable; it may be damaged");
            }
        }

        if (cursor.IsTerminated)
        {
            body.Add((byte)'\n');
        }
    }
}
