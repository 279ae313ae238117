using System.Text;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>Markdown: links, images and link definitions, outside of code.</summary>
internal sealed class MarkdownLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly MarkdownLanguage Instance = new();

    private const int LongestLine = 20_000;

    /// <inheritdoc/>
    public override string Name => "markdown";

    /// <inheritdoc/>
    public override bool MayReferTo(string target) => true;

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("]("u8) < 0 && bytes.IndexOf("]:"u8) < 0)
        {
            return FileReferences.None;
        }

        var found = new List<Reference>();
        var (number, fence) = (0, (byte)0);
        foreach (var range in bytes.Split((byte)'\n'))
        {
            number++;
            var line = bytes[range];
            var text = line.TrimStart(" \t>"u8);
            if (text.StartsWith("```"u8) || text.StartsWith("~~~"u8))
            {
                fence = fence == 0 ? text[0] : fence == text[0] ? (byte)0 : fence;
            }
            else if (fence == 0 && !line.StartsWith("    "u8) && line.Length <= LongestLine && found.Count < MostReferences)
            {
                Line(line, number, found);
            }
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        if (RelativePaths.OfLink(reference.Target) is not { } link
            || RelativePaths.Join(link.StartsWith('/') ? "" : RelativePaths.Folder(file), link) is not { Length: > 0 } path)
        {
            return Resolution.NotKnown;
        }

        var found = Resolution.First(view, [path, path + ".md", path + "/README.md", path + "/index.md"]);
        return found is Resolution.Missing && (link.StartsWith('/') || view.HasFolder(path)) ? Resolution.NotKnown : found;
    }

    private static void Line(ReadOnlySpan<byte> line, int number, List<Reference> found)
    {
        if (line.StartsWith("["u8) && line.IndexOf("]:"u8) is var colon and > 0 && !line.StartsWith("[^"u8))
        {
            Add(line[(colon + 2)..].TrimStart(" \t"u8), number, found);
        }

        var at = 0;
        while (at < line.Length)
        {
            var next = line[at..].IndexOfAny((byte)'`', (byte)']');
            if (next < 0)
            {
                return;
            }

            at += next;
            if (line[at] == '`')
            {
                var run = line[at..].IndexOfAnyExcept((byte)'`') is var n and > 0 ? n : line.Length - at;
                var close = line[(at + run)..].IndexOf(line.Slice(at, run));
                at += close < 0 ? run : run + close + run;
            }
            else
            {
                if (at + 1 < line.Length && line[at + 1] == '(')
                {
                    Add(line[(at + 2)..].TrimStart(" "u8), number, found);
                }

                at++;
            }
        }
    }

    // <a b> or a, up to a blank or the bracket that closes; brackets in it are in pairs.
    private static void Add(ReadOnlySpan<byte> text, int number, List<Reference> found)
    {
        var length = 0;
        if (text.StartsWith("<"u8))
        {
            text = text[1..];
            length = Math.Max(0, text.IndexOf((byte)'>'));
        }
        else
        {
            for (var depth = 0; length < text.Length && text[length] > ' ' && length < 1000; length++)
            {
                depth += text[length] == '(' ? 1 : text[length] == ')' ? -1 : 0;
                if (depth < 0)
                {
                    break;
                }
            }
        }

        if (length is > 0 and < 1000 && text[0] != '#')
        {
            found.Add(new Reference(ReferenceForm.Name, Encoding.UTF8.GetString(text[..length]), number));
        }
    }
}
