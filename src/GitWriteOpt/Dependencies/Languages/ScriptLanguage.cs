using System.Text;
using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// JavaScript and TypeScript: <c>import</c>, <c>export ... from</c>, <c>require</c> and <c>import()</c> of constant names;
/// of Vue and Svelte files the scripts.
/// </summary>
internal sealed class ScriptLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly ScriptLanguage Instance = new();

    private const Lexicon Words = Lexicon.SlashComments | Lexicon.BlockComments | Lexicon.SingleQuotes | Lexicon.Templates | Lexicon.Patterns;

    // Past the last keyword there is no import; a name follows it within this many bytes.
    private const int LongestTail = 1000;

    /// <inheritdoc/>
    public override string Name => "script";

    /// <inheritdoc/>
    public override bool MissingIsSure => true;

    /// <inheritdoc/>
    public override bool MayReferTo(string target) => Of(target) is null or ScriptLanguage or StyleLanguage or JsonLanguage;

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var found = new List<Reference>();
        if (path.EndsWith(".vue", StringComparison.Ordinal) || path.EndsWith(".svelte", StringComparison.Ordinal))
        {
            var (at, line, counted) = (0, 0, 0);
            while (bytes[at..].IndexOf("<script"u8) is var start and >= 0)
            {
                at += start;
                var open = bytes[at..].IndexOf((byte)'>');
                var close = open < 0 ? -1 : bytes[(at + open)..].IndexOf("</script"u8);
                if (close < 0)
                {
                    break;
                }

                line += bytes[counted..(at + open)].Count((byte)'\n');
                counted = at + open;
                Read(bytes.Slice(at + open + 1, close - 1), line, found);
                at += open + close;
            }
        }
        else
        {
            Read(bytes, 0, found);
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view) =>
        ScriptResolution.Of(file, reference, view);

    private static void Read(ReadOnlySpan<byte> bytes, int linesBefore, List<Reference> found)
    {
        var last = Math.Max(Math.Max(bytes.LastIndexOf("import"u8), bytes.LastIndexOf("require"u8)), bytes.LastIndexOf("from"u8));
        if (last < 0)
        {
            return;
        }

        var cursor = new SourceCursor(bytes[..Math.Min(bytes.Length, last + LongestTail)], Words);
        var (afterDot, state, tries) = (false, Expecting.Nothing, 0);
        var names = false;
        while (found.Count < MostReferences && cursor.Next())
        {
            if (cursor.Kind == TokenKind.Text)
            {
                if (state is Expecting.Name or Expecting.ImportName or Expecting.Argument && !cursor.Value.StartsWith("${"u8) && cursor.Value.Length is > 0 and < 1000)
                {
                    found.Add(new Reference(ReferenceForm.Name, Encoding.UTF8.GetString(cursor.Value), linesBefore + cursor.Line,
                        state is Expecting.Argument && tries > 0));
                }

                (state, names) = (Expecting.Nothing, false);
            }
            else if (cursor.Kind == TokenKind.Word)
            {
                var word = cursor.Value;
                if (afterDot)
                {
                    state = word.SequenceEqual("resolve"u8) && state is Expecting.Dot ? Expecting.Call : Expecting.Nothing;
                }
                else
                {
                    names |= word.SequenceEqual("import"u8) || word.SequenceEqual("export"u8);
                    tries = word.SequenceEqual("try"u8) ? 1 : tries;
                    state = word.SequenceEqual("import"u8) ? Expecting.ImportName
                        : word.SequenceEqual("require"u8) ? Expecting.Call
                        : word.SequenceEqual("from"u8) && names ? Expecting.Name : Expecting.Nothing;
                }
            }
            else
            {
                state = (state, (char)cursor.Mark) switch
                {
                    (Expecting.Call or Expecting.ImportName, '(') => Expecting.Argument,
                    (Expecting.Call, '.') => Expecting.Dot,
                    (Expecting.Call, '<') => Expecting.Call,
                    _ => Expecting.Nothing,
                };
                names &= !cursor.Is(';') && !cursor.Is('(');
                tries += tries > 0 ? cursor.Is('{') ? 1 : cursor.Is('}') ? -1 : 0 : 0;
                tries = tries == 1 && cursor.Is('}') ? 0 : tries;
            }

            afterDot = cursor.Is('.');
        }
    }

    private enum Expecting
    {
        Nothing,
        ImportName,
        Name,
        Call,
        Dot,
        Argument,
    }
}
