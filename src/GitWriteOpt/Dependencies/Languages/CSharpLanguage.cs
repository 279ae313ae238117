using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// C#: the namespaces that a file opens, the types that it declares, the names that it mentions. A file uses another where
/// it mentions a type that the other declares in a namespace that it sees (<see cref="TypeNames.Uses"/>).
/// </summary>
internal sealed class CSharpLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly CSharpLanguage Instance = new();

    private const Lexicon Words = Lexicon.SlashComments | Lexicon.BlockComments | Lexicon.Characters | Lexicon.Verbatim;

    private const int LongestName = 1000;

    /// <inheritdoc/>
    public override string Name => "csharp";

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var uses = new List<Reference>();
        var types = new TypeScan();
        var cursor = new SourceCursor(bytes, Words);
        var spaces = new Stack<(string Before, int Depth)>();
        var (space, first, depth, global) = ("", "", 0, false);
        var more = cursor.Next();
        while (more)
        {
            var outermost = depth == spaces.Count;
            if (outermost && cursor.Is("using"u8))
            {
                Using(ref cursor, global, uses);
            }
            else if (outermost && cursor.Is("namespace"u8))
            {
                var name = Dotted(ref cursor);
                if (cursor.Is('{'))
                {
                    spaces.Push((space, depth));
                }

                space = space.Length == 0 ? name : space.Length < LongestName ? space + "." + name : space;
                first = first.Length == 0 ? space : first;
            }

            global = cursor.Is("global"u8);
            depth += cursor.Is('{') ? 1 : cursor.Is('}') ? -1 : 0;
            if (cursor.Is('}') && spaces.TryPeek(out var open) && depth <= open.Depth)
            {
                (space, _) = spaces.Pop();
            }

            depth = Math.Max(depth, 0);
            types.See(ref cursor, depth == spaces.Count, space);
            more = cursor.Next();
        }

        return uses.Count == 0 && types.IsEmpty ? FileReferences.None : types.Complete(new FileReferences(uses) { Namespace = first });
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view) => Resolution.NotKnown;

    // using A.B; using static A.B.C; using X = A.B.C; but not using (...) and using var.
    private static void Using(ref SourceCursor cursor, bool global, List<Reference> uses)
    {
        var line = cursor.Line;
        var name = Dotted(ref cursor);
        if (name.Length > 0 && cursor.Is(';') && uses.Count < MostReferences)
        {
            uses.Add(new Reference(global ? ReferenceForm.GlobalNamespace : ReferenceForm.Namespace, name, line));
        }
    }

    private static string Dotted(ref SourceCursor cursor)
    {
        var (name, complete) = ("", false);
        while (cursor.Next() && name.Length < LongestName)
        {
            if (cursor.Is('='))
            {
                (name, complete) = ("", false);
            }
            else if (cursor.Kind == TokenKind.Word && complete)
            {
                return ""; // using var x: a statement
            }
            else if (cursor.Kind == TokenKind.Word && !cursor.Is("static"u8) && !cursor.Is("unsafe"u8) && !cursor.Is("global"u8))
            {
                name += cursor.Text;
                complete = true;
            }
            else if (cursor.Is('.'))
            {
                name += name.Length > 0 ? "." : "";
                complete = false;
            }
            else if (cursor.Kind == TokenKind.Word)
            {
                continue;
            }
            else if (!cursor.Is(':'))
            {
                break;
            }
        }

        return name;
    }
}
