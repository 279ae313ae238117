using System.Text;
using GitWriteOpt.Batches.Json;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Batches;

/// <summary>Paths that are given as <c>file:</c> URIs or as relative references (RFC 3986), percent-encoded.</summary>
internal static class FileUri
{
    private const string Scheme = "file:";

    /// <summary>The path of a string.</summary>
    /// <exception cref="Errors.UsageException">It has another scheme or host, or is badly encoded.</exception>
    /// <exception cref="Errors.RefusedException">It is unsafe or outside the worktree.</exception>
    public static RepoPath Parse(JsonItem item, BatchContext context) =>
        JsonFields.PathAt(item.Tape.Input, item.Offset, PathOf(item, item.Text()), context);

    /// <summary>The path that a URI stands for, unchecked.</summary>
    public static string PathOf(JsonItem place, string uri)
    {
        var text = uri;
        if (text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            text = text[Scheme.Length..];
            if (text.StartsWith("//", StringComparison.Ordinal))
            {
                var slash = text.IndexOf('/', 2);
                var host = slash < 0 ? text[2..] : text[2..slash];
                text = host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                    ? slash < 0 ? "" : text[slash..]
                    : throw Unsupported(place, uri, $"it names the host \"{host}\"");
            }
        }
        else if (SchemeOf(text) is { } scheme)
        {
            throw Unsupported(place, uri, $"its scheme is \"{scheme}\", not file");
        }

        var cut = text.IndexOfAny(['?', '#']);
        var path = Decoded(cut < 0 ? text : text[..cut])
            ?? throw place.Fault("bad-uri", $"the URI \"{uri}\" is not encoded as it should be",
                "a % is followed by two hexadecimal digits, and the bytes are UTF-8");

        // file:///c:/x on Windows.
        return path is ['/', _, ':', ..] && OperatingSystem.IsWindows() ? path[1..] : path;
    }

    private static string? SchemeOf(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 1 && char.IsAsciiLetter(text[0])
            && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? text[..colon] : null;
    }

    private static string? Decoded(string text)
    {
        var bytes = new List<byte>(text.Length);
        var source = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '%')
            {
                bytes.Add(source[i]);
            }
            else if (i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1])
                && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                bytes.Add(Convert.FromHexString([(char)source[i + 1], (char)source[i + 2]])[0]);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        byte[] raw = [.. bytes];
        return System.Text.Unicode.Utf8.IsValid(raw) ? Encoding.UTF8.GetString(raw) : null;
    }

    private static Errors.UsageException Unsupported(JsonItem place, string uri, string why) =>
        place.Fault("unsupported-uri", $"the URI \"{uri}\" is no file of this worktree: {why}",
            "name files by file: URIs, or by paths relative to the worktree's root");
}
