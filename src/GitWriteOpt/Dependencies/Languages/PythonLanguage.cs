using GitWriteOpt.Dependencies.Scanning;

namespace GitWriteOpt.Dependencies.Languages;

/// <summary>
/// Python: <c>import a.b</c>, <c>from .a import b</c>. What stands below <c>try</c>, <c>if</c> or their like is optional.
/// Absolute names are looked for from the folders that hold the file's outermost package, then from the root and <c>src</c>.
/// </summary>
internal sealed class PythonLanguage : Language
{
    /// <summary>The one.</summary>
    public static readonly PythonLanguage Instance = new();

    private const Lexicon Words = Lexicon.HashComments | Lexicon.SingleQuotes | Lexicon.TripleQuotes;

    private const int LongestName = 500;

    /// <inheritdoc/>
    public override string Name => "python";

    /// <inheritdoc/>
    public override bool MissingIsSure => true;

    /// <inheritdoc/>
    public override FileReferences Scan(string path, ReadOnlySpan<byte> bytes)
    {
        var last = bytes.LastIndexOf("import"u8);
        if (last < 0)
        {
            return FileReferences.None;
        }

        // A list of names in brackets may follow the last one, or a statement that goes on in the next line.
        var end = bytes[last..].IndexOf((byte)'\n') is var line and >= 0 && bytes.Slice(last, line).IndexOfAny((byte)'(', (byte)'\\') < 0
            ? last + line : bytes.Length;
        var cursor = new SourceCursor(bytes[..end], Words);
        var found = new List<Reference>();
        var (depth, guard, start, more) = (0, -1, true, cursor.Next());
        while (more && found.Count < MostReferences)
        {
            start |= cursor.FirstOnLine && depth == 0;
            if (start && cursor.Kind == TokenKind.Word)
            {
                var column = cursor.FirstOnLine ? cursor.Column : -1;
                guard = column >= 0 && column <= guard ? -1 : guard;
                start = false;
                if (guard < 0 && column >= 0 && IsGuard(cursor.Value))
                {
                    guard = column;
                }
                else if (cursor.Is("import"u8) || cursor.Is("from"u8))
                {
                    more = Statement(ref cursor, guard >= 0 && column != guard, found);
                    start = true;
                    continue;
                }
            }

            depth += cursor.Is('(') || cursor.Is('[') || cursor.Is('{') ? 1 : cursor.Is(')') || cursor.Is(']') || cursor.Is('}') ? -1 : 0;
            depth = Math.Max(depth, 0);
            start = depth == 0 && (cursor.Is(';') || cursor.Is(':'));
            more = cursor.Next();
        }

        return found.Count == 0 ? FileReferences.None : new FileReferences(found);
    }

    /// <inheritdoc/>
    public override Resolution Resolve(string file, Reference reference, FileView view)
    {
        var colon = reference.Target.IndexOf(':', StringComparison.Ordinal);
        var module = colon < 0 ? reference.Target : reference.Target[..colon];
        var dots = module.Length - module.TrimStart('.').Length;
        var name = module[dots..].Replace('.', '/');
        if (dots > 0)
        {
            var folder = RelativePaths.Join(RelativePaths.Folder(file), string.Concat(Enumerable.Repeat("../", dots - 1)));
            return folder is null ? Resolution.NotKnown : In(folder, name, colon < 0 ? null : reference.Target[(colon + 1)..], view)
                ?? (colon >= 0 ? Resolution.NotKnown
                    : name.Length == 0 ? Resolution.NotKnown
                    : new Resolution.Missing((folder.Length == 0 ? name : folder + "/" + name) + ".py"));
        }

        foreach (var root in Roots(file, view))
        {
            if (In(root, name, colon < 0 ? null : reference.Target[(colon + 1)..], view) is { } found)
            {
                return found;
            }
        }

        var first = name.Split('/')[0];
        var own = Roots(file, view).FirstOrDefault(root => view.Exists(Under(root, first) + "/__init__.py"));
        return colon >= 0 ? Resolution.NotKnown
            : own is not null ? new Resolution.Missing(Under(own, name) + ".py")
            : new Resolution.Package(first);
    }

    private static bool IsGuard(ReadOnlySpan<byte> word) => word.SequenceEqual("try"u8) || word.SequenceEqual("except"u8)
        || word.SequenceEqual("if"u8) || word.SequenceEqual("else"u8) || word.SequenceEqual("elif"u8) || word.SequenceEqual("finally"u8);

    // The cursor is on the keyword; it ends on the first token of what follows.
    private static bool Statement(ref SourceCursor cursor, bool optional, List<Reference> found)
    {
        var (line, from) = (cursor.Line, cursor.Is("from"u8));
        var name = "";
        var inside = false;
        var module = (string?)null;
        var renamed = false;
        var more = cursor.Next();
        for (; more && (inside || !cursor.FirstOnLine) && !cursor.Is(';') && found.Count < MostReferences; more = cursor.Next())
        {
            if (cursor.Is('\\'))
            {
                // The statement goes on in the next line.
                if (!cursor.Next())
                {
                    break;
                }
            }

            if (cursor.Kind == TokenKind.Word)
            {
                if (from && module is null && cursor.Is("import"u8))
                {
                    module = name;
                    name = "";
                    if (module.Length == 0)
                    {
                        return cursor.Next();
                    }

                    found.Add(new Reference(ReferenceForm.Name, module, line, optional));
                }
                else if (cursor.Is("as"u8))
                {
                    renamed = true;
                }
                else if (!renamed && name.Length < LongestName)
                {
                    name += name.Length == 0 || name[^1] == '.' ? cursor.Text : " ";
                }
            }
            else if (cursor.Is('.'))
            {
                name += name.Length < LongestName ? "." : "";
            }
            else if (cursor.Is(',') || cursor.Is(')'))
            {
                Add(found, module, name, line, optional);
                (name, renamed) = ("", false);
                inside &= !cursor.Is(')');
            }
            else if (cursor.Is('('))
            {
                inside = true;
            }
            else
            {
                name = "";
                break;
            }
        }

        if (module is not null || !from)
        {
            Add(found, module, name, line, optional);
        }

        return more;
    }

    private static void Add(List<Reference> found, string? module, string name, int line, bool optional)
    {
        if (name.Length is > 0 and < LongestName && !name.Contains(' ', StringComparison.Ordinal))
        {
            found.Add(module is null ? new Reference(ReferenceForm.Name, name, line, optional)
                : new Reference(ReferenceForm.Member, $"{module}:{name}", line, optional));
        }
    }

    private static string Under(string folder, string name) => folder.Length == 0 ? name : folder + "/" + name;

    private static Resolution? In(string root, string name, string? member, FileView view)
    {
        var path = Under(root, name).TrimEnd('/');
        string[] candidates = member is null && name.Length == 0 ? [Under(path, "__init__.py"), Under(path, "__init__.pyi")]
            : member is null ? [path + ".py", path + "/__init__.py", path + ".pyi", path + "/__init__.pyi"]
            : [Under(path, member) + ".py", Under(path, member) + "/__init__.py", Under(path, member) + ".pyi"];
        return candidates.FirstOrDefault(view.Exists) is { } there ? new Resolution.Found([there])
            : member is null && name.Length > 0 && view.HasFolder(path) && Holds(path, view) ? Resolution.NotKnown : null;
    }

    // A folder without __init__.py is a package too, where it holds modules.
    private static bool Holds(string folder, FileView view) => view.FilesIn(folder).Any(f => f.EndsWith(".py", StringComparison.Ordinal));

    private static IReadOnlyList<string> Roots(string file, FileView view) =>
        view.Once<IReadOnlyList<string>>("python roots", RelativePaths.Folder(file), () =>
        {
            var folder = RelativePaths.Folder(file);
            var top = RelativePaths.Upward(folder).FirstOrDefault(f => !view.Exists(Under(f, "__init__.py"))) ?? "";
            return [.. new[] { top }.Concat(RelativePaths.Upward(top)).Concat(["src"])
                .SelectMany(f => f.EndsWith("src", StringComparison.Ordinal) ? [f] : new[] { f, Under(f, "src") }).Distinct()];
        })!;
}
