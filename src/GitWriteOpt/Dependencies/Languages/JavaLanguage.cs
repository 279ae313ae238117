using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// Java: <c>import a.b.C;</c> is a file <c>a/b/C.java</c> in any source folder; types of the same package are mentioned
/// without an import.
/// </summary>
internal sealed class JavaLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly JavaLanguage Instance = new();

    private const Lexicon Words = Lexicon.SlashComments | Lexicon.BlockComments | Lexicon.Characters | Lexicon.TripleQuotes;

    /// <inheritdoc/>
    public override string Name => "java";

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var uses = new List<Reference>();
        var types = new TypeScan();
        var cursor = new SourceCursor(bytes, Words);
        var (package, depth) = ("", 0);
        var more = cursor.Next();
        while (more)
        {
            if (depth == 0 && (cursor.Is("import"u8) || cursor.Is("package"u8)))
            {
                var (isImport, line) = (cursor.Is("import"u8), cursor.Line);
                var name = Dotted(ref cursor);
                if (isImport && uses.Count < MostReferences && name.Length > 0)
                {
                    uses.Add(name.EndsWith(".*", StringComparison.Ordinal) ? new Reference(ReferenceForm.Namespace, name[..^2], line)
                        : new Reference(ReferenceForm.Name, name, line));
                }

                package = isImport ? package : name;
            }

            depth = Math.Max(0, depth + (cursor.Is('{') ? 1 : cursor.Is('}') ? -1 : 0));
            types.See(ref cursor, depth == 0, package);
            more = cursor.Next();
        }

        return uses.Count == 0 && types.IsEmpty ? FileReferences.None : types.Complete(new FileReferences(uses) { Namespace = package });
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        var parts = reference.Target.Split('.');
        if (reference.Form is ReferenceForm.Namespace)
        {
            var files = Package(reference.Target, view);
            return files.Count > 0 ? new Resolution.Found(files) : Class(parts, view) ?? Resolution.NotKnown;
        }

        if (Class(parts, view) is { } found)
        {
            return found;
        }

        // A package of the repository's own that has no such class: it may be made by a generator, or stand in another file.
        var package = string.Join('.', parts.TakeWhile(p => p.Length > 0 && !char.IsAsciiLetterUpper(p[0])));
        return parts.Length > 1 && Package(package, view) is { Count: > 0 } own
            ? new Resolution.Missing(RelativePaths.Folder(own[0]) + "/" + parts.First(p => p.Length > 0 && (char.IsAsciiLetterUpper(p[0]) || p == parts[^1])) + ".java")
            : Resolution.NotKnown;
    }

    // a.b.C and a.b.C.Inner and a.b.C.member are all in C.java.
    private static Resolution.Found? Class(string[] parts, FileView view)
    {
        for (var count = parts.Length; count > 0 && count >= parts.Length - 3; count--)
        {
            var path = string.Join('/', parts[..count]) + ".java";
            List<string> files = [.. view.Named(parts[count - 1] + ".java").Where(f => RelativePaths.EndsWith(f, path))];
            if (files.Count > 0)
            {
                return new Resolution.Found(files);
            }
        }

        return null;
    }

    private static List<string> Package(string name, FileView view) => name.Length == 0 ? []
        : view.Once("java package", name, () =>
        {
            var path = name.Replace('.', '/');
            var folders = view.Once("java folders", "", () => view.All.Where(f => f.EndsWith(".java", StringComparison.Ordinal))
                .Select(RelativePaths.Folder).Distinct(StringComparer.Ordinal).ToLookup(RelativePaths.Name, StringComparer.Ordinal))!;
            return folders[RelativePaths.Name(path)].Where(f => RelativePaths.EndsWith(f, path))
                .SelectMany(view.FilesIn).Where(f => f.EndsWith(".java", StringComparison.Ordinal)).ToList();
        })!;

    private static string Dotted(ref SourceCursor cursor)
    {
        var name = "";
        while (cursor.Next() && !cursor.Is(';') && name.Length < 1000)
        {
            name += cursor.Is("static"u8) ? "" : cursor.Kind == TokenKind.Word ? cursor.Text : cursor.Is('.') ? "." : cursor.Is('*') ? "*" : "";
        }

        return name;
    }
}
