using System.Text;
using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>CSS, SCSS and Less: <c>@import</c>, <c>@use</c>, <c>@forward</c> and <c>url()</c>.</summary>
internal sealed class StyleLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly StyleLanguage Instance = new();

    private const Lexicon Plain = Lexicon.BlockComments | Lexicon.SingleQuotes | Lexicon.Hyphens;

    /// <inheritdoc/>
    public override string Name => "style";

    /// <inheritdoc/>
    public override bool MayReferTo(string target) => Of(target) is null or StyleLanguage;

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf((byte)'@') < 0 && bytes.IndexOf("url("u8) < 0)
        {
            return FileReferences.None;
        }

        var found = new List<Reference>();
        var cursor = new SourceCursor(bytes, path.EndsWith(".css", StringComparison.Ordinal) ? Plain : Plain | Lexicon.SlashComments);
        var (at, importing) = (false, false);
        var more = cursor.Next();
        while (more && found.Count < MostReferences)
        {
            if (at && (cursor.Is("import"u8) || cursor.Is("use"u8) || cursor.Is("forward"u8)))
            {
                importing = true;
            }
            else if (cursor.Is("url"u8) && cursor.Next() && cursor.Is('('))
            {
                Url(ref cursor, importing, found);
                importing = false;
            }
            else if (importing && cursor.Kind == TokenKind.Text)
            {
                found.Add(new Reference(ReferenceForm.Module, cursor.Text, cursor.Line));
            }

            importing &= !cursor.Is(';') && !cursor.Is('{');
            at = cursor.Is('@');
            more = cursor.Next();
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        if (RelativePaths.OfLink(reference.Target) is not { } link || link.StartsWith('/') || link.StartsWith('~') || link.StartsWith('@')
            || RelativePaths.Join(RelativePaths.Folder(file), link) is not { Length: > 0 } path)
        {
            return Resolution.NotKnown;
        }

        if (reference.Form is not ReferenceForm.Module || view.Exists(path))
        {
            return Resolution.First(view, [path]);
        }

        var (folder, name) = (RelativePaths.Folder(path), RelativePaths.Name(path));
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var ending = Path.GetExtension(file);
        var resolution = Resolution.First(view, [path + ending, $"{prefix}_{name}{ending}", $"{prefix}_{name}", path + ".css", path + ".scss",
            $"{prefix}_{name}.scss", $"{path}/_index{ending}", $"{path}/index{ending}"]);
        return resolution is Resolution.Missing && !link.StartsWith('.') ? Resolution.NotKnown : resolution;
    }

    // The cursor is on the bracket. What is not quoted ends at the next one.
    private static void Url(ref SourceCursor cursor, bool importing, List<Reference> found)
    {
        var line = cursor.Line;
        var raw = Encoding.UTF8.GetString(cursor.Until((byte)')')).Trim().Trim('"', '\'');
        if (raw.Length is > 0 and < 1000)
        {
            found.Add(new Reference(importing ? ReferenceForm.Module : ReferenceForm.Name, raw, line));
        }
    }
}
