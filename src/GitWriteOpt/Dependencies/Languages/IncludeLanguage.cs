using System.Text;
using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// C and C++: <c>#include "a.h"</c> from the file's folder, else wherever the repository has a file of that name, the
/// nearest first; <c>&lt;a.h&gt;</c> only where there is but one. An include below <c>#if</c> is optional, save for the
/// guard of a header.
/// </summary>
internal sealed class IncludeLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly IncludeLanguage Instance = new();

    private const Lexicon Words = Lexicon.SlashComments | Lexicon.BlockComments | Lexicon.Characters;

    /// <inheritdoc/>
    public override string Name => "include";

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var last = bytes.LastIndexOf("include"u8);
        if (last < 0)
        {
            return FileReferences.None;
        }

        var line = bytes[last..].IndexOf((byte)'\n');
        var cursor = new SourceCursor(line < 0 ? bytes : bytes[..(last + line)], Words);
        var found = new List<Reference>();
        var (depth, guards, any) = (0, 0, false);
        var more = cursor.Next();
        while (more && found.Count < MostReferences)
        {
            if (!cursor.Is('#') || !cursor.FirstOnLine)
            {
                any = true;
                more = cursor.Next();
                continue;
            }

            more = cursor.Next();
            if (cursor.Is("include"u8) || cursor.Is("import"u8) || cursor.Is("include_next"u8))
            {
                more = cursor.Next();
                var name = cursor.Kind == TokenKind.Text ? cursor.Text : cursor.Is('<') ? Encoding.UTF8.GetString(cursor.Until((byte)'>')) : "";
                if (name.Length is > 0 and < 1000)
                {
                    found.Add(new Reference(cursor.Kind == TokenKind.Text ? ReferenceForm.Name : ReferenceForm.System,
                        name.Replace('\\', '/'), cursor.Line, depth > guards));
                    more = cursor.Next();
                }
            }
            else if (cursor.Is("ifndef"u8) || cursor.Is("ifdef"u8) || cursor.Is("if"u8))
            {
                guards = !any && depth == 0 && found.Count == 0 && cursor.Is("ifndef"u8) ? 1 : guards;
                depth++;
            }
            else if (cursor.Is("endif"u8))
            {
                depth = Math.Max(0, depth - 1);
            }
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        var folder = RelativePaths.Folder(file);
        if (reference.Form is ReferenceForm.Name && RelativePaths.Join(folder, reference.Target) is { Length: > 0 } beside && view.Exists(beside))
        {
            return new Resolution.Found([beside]);
        }

        var name = reference.Target.TrimStart('.', '/');
        var named = view.Once("included", name, () => view.Named(RelativePaths.Name(name)).Where(f => RelativePaths.EndsWith(f, name)).ToList())!;
        return named.Count == 1 ? new Resolution.Found(named)
            : named.Count > 1 && reference.Form is ReferenceForm.Name ? new Resolution.Found([named.MaxBy(f => CommonFolders(f, file))!])
            : reference.Form is ReferenceForm.Name && named.Count == 0 && RelativePaths.Join(folder, reference.Target) is { } expected
                ? new Resolution.Missing(expected) : Resolution.NotKnown;
    }

    private static int CommonFolders(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        return (a.AsSpan(0, same).Count('/') * 1000) - a.AsSpan().Count('/');
    }
}
