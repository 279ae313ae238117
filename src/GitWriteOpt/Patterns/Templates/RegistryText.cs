namespace GitWriteOpt.Patterns.Templates;

/// <summary>Where a line belongs among its siblings: the lines of the same form in a file.</summary>
internal static class RegistryText
{
    /// <summary>Alphabetical order of siblings.</summary>
    internal const string Alphabetical = "alphabetical";

    /// <summary>After the last sibling.</summary>
    internal const string Appended = "appended";

    /// <summary>Before the first sibling.</summary>
    internal const string Prepended = "prepended";

    /// <summary>The order that the siblings in a file have.</summary>
    internal static string OrderOf(string text, string template)
    {
        var siblings = Siblings(SkeletonWriting.Lines(text), TemplateText.Parse(template, ["name"]));
        var block = Block(siblings);
        var keys = block.Select(s => s.Line).ToList();
        return keys.Count >= 3 && keys.Zip(keys.Skip(1)).All(p => string.Compare(p.First, p.Second, StringComparison.OrdinalIgnoreCase) <= 0)
            ? Alphabetical : Appended;
    }

    /// <summary>
    /// The line after which a filled line is to be inserted (0: the top); null where no sibling is there any more, -1 where
    /// the line is there already.
    /// </summary>
    internal static int? Place(string text, RegistryLine registry, string line)
    {
        var lines = SkeletonWriting.Lines(text);
        var siblings = Siblings(lines, TemplateText.Parse(registry.Line, ["name"]));
        if (siblings.Exists(s => s.Line == line))
        {
            return -1;
        }

        var block = Block(siblings);
        if (block.Count == 0)
        {
            return null;
        }

        if (registry.Order == Prepended)
        {
            return block[0].Number - 1;
        }

        var before = registry.Order == Alphabetical
            ? block.Where(s => string.Compare(s.Line, line, StringComparison.OrdinalIgnoreCase) < 0).Select(s => s.Number) : block.Select(s => s.Number);
        return before.DefaultIfEmpty(block[0].Number - 1).Max();
    }

    private static List<(int Number, string Line)> Siblings(List<string> lines, TemplateText template) =>
        [.. lines.Select((line, i) => (Number: i + 1, Line: line)).Where(l => template.Match(l.Line) is not null)];

    // The longest run of siblings with no more than a line between them: other mentions stand elsewhere.
    private static List<(int Number, string Line)> Block(List<(int Number, string Line)> siblings)
    {
        var (best, current) = (new List<(int Number, string Line)>(), new List<(int Number, string Line)>());
        foreach (var sibling in siblings)
        {
            if (current.Count > 0 && sibling.Number > current[^1].Number + 2)
            {
                current = [];
            }

            current.Add(sibling);
            best = current.Count >= best.Count ? current : best;
        }

        return best;
    }
}
