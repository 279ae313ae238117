using System.Text;
using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>Rust: <c>mod a;</c> names a file, <c>use crate::a::b</c> a path through modules; crates by the manifests' names.</summary>
internal sealed class RustLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly RustLanguage Instance = new();

    private const Lexicon Words = Lexicon.SlashComments | Lexicon.BlockComments | Lexicon.NestedComments | Lexicon.Characters
        | Lexicon.HashedRaw | Lexicon.LongStrings;

    private const int DeepestNames = 64;

    /// <inheritdoc/>
    public override string Name => "rust";

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    public override bool MissingIsSure => true;

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var last = Math.Max(Math.Max(bytes.LastIndexOf("mod "u8), bytes.LastIndexOf("use "u8)), bytes.LastIndexOf("crate"u8));
        if (last < 0)
        {
            return FileReferences.None;
        }

        var end = bytes[last..].IndexOf((byte)';');
        var cursor = new SourceCursor(end < 0 ? bytes : bytes[..(last + end + 1)], Words);
        var found = new List<Reference>();
        var blocks = new Stack<string?>();
        var (named, conditional, attribute) = ((string?)null, false, (string?)null);
        var more = cursor.Next();
        while (more && found.Count < MostReferences)
        {
            if (cursor.Is('#'))
            {
                more = Attribute(ref cursor, ref conditional, ref attribute);
                continue;
            }

            if (cursor.Is("mod"u8) && cursor.Next() && cursor.Kind == TokenKind.Word)
            {
                var (name, line) = (cursor.Text, cursor.Line);
                more = cursor.Next();
                if (more && cursor.Is(';') && blocks.Count < DeepestNames)
                {
                    var inline = string.Concat(blocks.Reverse().OfType<string>().Select(b => b + "/"));
                    found.Add(attribute is null ? new Reference(ReferenceForm.Module, inline + name, line, conditional)
                        : new Reference(ReferenceForm.Path, inline + attribute, line, conditional));
                }

                named = cursor.Is('{') ? name : null;
                continue;
            }

            if (cursor.Is("use"u8))
            {
                var line = cursor.Line;
                more = cursor.Next() && Names(ref cursor, "", line, conditional, found, 0);
                conditional = false;
                continue;
            }

            if (cursor.Is('{') || cursor.Is(';') || cursor.Is('}'))
            {
                (conditional, attribute) = (false, null);
                if (cursor.Is('{'))
                {
                    blocks.Push(named);
                }
                else if (cursor.Is('}'))
                {
                    blocks.TryPop(out _);
                }

                named = null;
            }

            more = cursor.Next();
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view) => RustResolution.Of(file, reference, view);

    // #[path = "x"], #[cfg(...)]: the cursor ends behind the bracket.
    private static bool Attribute(ref SourceCursor cursor, ref bool conditional, ref string? path)
    {
        var (depth, isPath, before) = (0, false, false);
        while (cursor.Next())
        {
            if (before && depth == 0 && !cursor.Is('['))
            {
                return true;
            }

            depth += cursor.Is('[') ? 1 : cursor.Is(']') ? -1 : 0;
            isPath |= depth == 1 && cursor.Is("path"u8);
            conditional |= cursor.Is("cfg"u8) || cursor.Is("cfg_attr"u8);
            path = isPath && cursor.Kind == TokenKind.Text && depth == 1 ? cursor.Text : path;
            before = true;
            if (depth == 0 && cursor.Is(']'))
            {
                return cursor.Next();
            }
        }

        return false;
    }

    // a::b::{c, d::e}: each path by itself. The cursor ends behind the statement.
    private static bool Names(ref SourceCursor cursor, string prefix, int line, bool optional, List<Reference> found, int depth)
    {
        var path = new StringBuilder(prefix);
        var more = true;
        while (more && found.Count < MostReferences && path.Length < 1000)
        {
            if (cursor.Kind == TokenKind.Word && !cursor.Is("as"u8))
            {
                path.Append(cursor.Text);
            }
            else if (cursor.Is(':'))
            {
                path.Append(path.Length > 0 ? ":" : "");
            }
            else if (cursor.Is('{') && depth < DeepestNames)
            {
                more = cursor.Next() && Names(ref cursor, path.ToString(), line, optional, found, depth + 1);
                path.Clear();
                continue;
            }
            else if (cursor.Is("as"u8))
            {
                more = cursor.Next() && cursor.Next();
                continue;
            }
            else if (cursor.Is(',') || cursor.Is('}') || cursor.Is(';'))
            {
                if (path.Length > prefix.Length)
                {
                    found.Add(new Reference(ReferenceForm.Name, path.ToString().TrimEnd(':'), line, optional));
                }

                path.Clear().Append(prefix);
                if (!cursor.Is(','))
                {
                    return !cursor.Is('}') || depth == 0 || cursor.Next();
                }
            }
            else if (!cursor.Is('*'))
            {
                return true;
            }

            more = cursor.Next();
        }

        return more;
    }
}
