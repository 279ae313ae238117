using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>Go: a package is a folder; the path of the nearest <c>go.mod</c> says which names are the repository's own.</summary>
internal sealed class GoLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly GoLanguage Instance = new();

    private const Lexicon Words = Lexicon.SlashComments | Lexicon.BlockComments | Lexicon.RawBackticks | Lexicon.Characters;

    /// <inheritdoc/>
    public override string Name => "go";

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var found = new List<Reference>();
        var cursor = new SourceCursor(bytes, Words);
        var (importing, package) = (false, "");
        while (cursor.Next() && found.Count < MostReferences)
        {
            if (cursor.Kind == TokenKind.Text && importing)
            {
                found.Add(new Reference(ReferenceForm.Name, cursor.Text, cursor.Line));
            }
            else if (cursor.Is("import"u8))
            {
                importing = true;
            }
            else if (cursor.Is("package"u8) && package.Length == 0)
            {
                package = cursor.Next() ? cursor.Text : "";
            }
            else if (cursor.FirstOnLine && (cursor.Is("func"u8) || cursor.Is("type"u8) || cursor.Is("var"u8) || cursor.Is("const"u8)))
            {
                break; // imports come first
            }
        }

        return found.Count == 0 && package.Length == 0 ? FileReferences.None : new FileReferences(found) { Namespace = package };
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        var name = reference.Target;
        foreach (var (module, root) in GoModules.From(RelativePaths.Folder(file), view))
        {
            if (name == module || (name.StartsWith(module, StringComparison.Ordinal) && name[module.Length] == '/'))
            {
                var folder = RelativePaths.Join(root, name[module.Length..]) ?? root;
                List<string> files = [.. view.FilesIn(folder).Where(IsSource)];
                return files.Count > 0 ? new Resolution.Found(files)
                    : new Resolution.Missing((folder.Length == 0 ? "" : folder + "/") + "*.go");
            }
        }

        return name is "C" or "unsafe" || !name.Split('/')[0].Contains('.', StringComparison.Ordinal)
            ? Resolution.NotKnown : new Resolution.Package(name);
    }

    private static bool IsSource(string path) => path.EndsWith(".go", StringComparison.Ordinal)
        && !path.EndsWith("_test.go", StringComparison.Ordinal);
}
