using System.Text;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>HTML: <c>src</c> and <c>href</c> of tags; comments, scripts and styles are passed over.</summary>
internal sealed class HtmlLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly HtmlLanguage Instance = new();

    private static readonly System.Buffers.SearchValues<byte> NameEnds = System.Buffers.SearchValues.Create(" \t\r\n\"'"u8);

    private const int LongestTag = 20_000;

    /// <inheritdoc/>
    public override string Name => "html";

    /// <inheritdoc/>
    public override bool MayReferTo(string target) => true;

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var found = new List<Reference>();
        var (at, line) = (0, 1);
        while (found.Count < MostReferences && bytes[at..].IndexOf((byte)'<') is var open and >= 0)
        {
            line += bytes.Slice(at, open).Count((byte)'\n');
            at += open;
            var rest = bytes[at..];
            var end = rest.StartsWith("<!--"u8) ? After(rest, "-->"u8) : Tag(rest, line, found);
            line += rest[..end].Count((byte)'\n');
            at += end;
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        if (RelativePaths.OfLink(reference.Target) is not { } link
            || RelativePaths.Join(link.StartsWith('/') ? "" : RelativePaths.Folder(file), link) is not { } path)
        {
            return Resolution.NotKnown;
        }

        var found = Resolution.First(view, [path, path + "/index.html", path + ".html"]);
        return found is Resolution.Missing && (link.StartsWith('/') || view.HasFolder(path)) ? Resolution.NotKnown : found;
    }

    private static int After(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> close) =>
        rest.IndexOf(close) is var end and >= 0 ? end + close.Length : rest.Length;

    private static int Tag(ReadOnlySpan<byte> all, int line, List<Reference> found)
    {
        var rest = all[..Math.Min(all.Length, LongestTag)];
        var at = 1;
        while (at < rest.Length && rest[at] != '>')
        {
            var stop = rest[at..].IndexOfAny((byte)'>', (byte)'=', (byte)'<');
            if (stop < 0)
            {
                return rest.Length;
            }

            at += stop;
            if (rest[at] != '=')
            {
                break;
            }

            var name = rest[..at].TrimEnd(" \t\r\n"u8);
            name = name[(name.LastIndexOfAny(NameEnds) + 1)..];
            at++;
            at += rest[at..].IndexOfAnyExcept(" \t\r\n"u8) is var blank and > 0 ? blank : 0;
            var quoted = at < rest.Length && rest[at] is (byte)'"' or (byte)'\'';
            var from = quoted ? at + 1 : at;
            var length = quoted ? rest[from..].IndexOf(rest[at]) : rest[from..].IndexOfAny(" \t\r\n>"u8);
            length = length < 0 ? rest.Length - from : length;
            if (length is > 0 and < 1000 && (name.SequenceEqual("src"u8) || name.SequenceEqual("href"u8)))
            {
                found.Add(new Reference(ReferenceForm.Name, Encoding.UTF8.GetString(rest.Slice(from, length)),
                    line + rest[..at].Count((byte)'\n')));
            }

            at = Math.Min(rest.Length, from + length + (quoted ? 1 : 0));
        }

        at = at < rest.Length && rest[at] == '>' ? at + 1 : at;
        return rest.StartsWith("<script"u8) ? at + After(all[at..], "</script"u8)
            : rest.StartsWith("<style"u8) ? at + After(all[at..], "</style"u8) : at;
    }
}
