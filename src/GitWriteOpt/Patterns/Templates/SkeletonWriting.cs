namespace GitWriteOpt.Patterns.Templates;

/// <summary>
/// Writes what is likely in a new file: of the earlier files in its place, renamed, the lines that enough of them have, in
/// the order of the nearest. A skeleton, not a body: what only one of them has is not in it.
/// </summary>
internal sealed class SkeletonWriting(AdditionLog log, Func<ObjectStore.ObjectId, string?> read)
{
    /// <summary>So many earlier files are looked at.</summary>
    internal const int MostSources = 8;

    /// <summary>The share of them that has to have a line.</summary>
    internal const double Share = 0.5;

    private const int MostLines = 2000;
    private const int MostSiblings = 40;
    private const int FewestSiblings = 5;
    private const double ShareOfSiblings = 1;

    /// <summary>The text, and the share of the nearest file's lines that it keeps; empty where there is nothing to go by.</summary>
    internal (string Text, double Kept) Of(PredictedFile predicted)
    {
        var texts = new List<List<string>>();
        foreach (var source in predicted.Sources.Take(MostSources * 2))
        {
            if (texts.Count < MostSources && read(log[source.Group].Added[source.File].Blob) is { } text)
            {
                texts.Add(Lines(source.Analogy.Text.Apply(text)));
            }
        }

        return texts.Count >= 2 ? Common(texts, Share) : predicted.Twin.Length > 0 ? Whole(Lines(predicted.Twin)) : Head(predicted.Path);
    }

    private static (string Text, double Kept) Whole(List<string> lines) => Common([lines, lines], 1);

    // What all files of its kind have, the nearest of the newest: a licence, the same imports.
    private (string Text, double Kept) Head(string path)
    {
        var directory = path[..Math.Max(0, path.LastIndexOf('/'))];
        var texts = new List<List<string>>();
        foreach (var sibling in log.WithExtension(Path.GetExtension(path)).Take(MostSiblings)
            .OrderByDescending(s => PathShape.Nearness(directory, s.Path[..Math.Max(0, s.Path.LastIndexOf('/'))])))
        {
            if (texts.Count < FewestSiblings && read(sibling.Blob) is { Length: > 0 } text)
            {
                texts.Add(Lines(text));
            }
        }

        return texts.Count < FewestSiblings ? ("", 0) : Common(texts, ShareOfSiblings);
    }

    /// <summary>The lines of a text.</summary>
    internal static List<string> Lines(string text)
    {
        List<string> lines = [.. text.ReplaceLineEndings("\n").Split('\n').Take(MostLines)];
        if (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static (string Text, double Kept) Common(List<List<string>> texts, double share)
    {
        // The n-th occurrence of a line is kept where enough texts have it n times.
        var counts = new Dictionary<(string Line, int Nth), int>();
        foreach (var text in texts)
        {
            foreach (var occurrence in Occurrences(text))
            {
                counts[occurrence] = counts.GetValueOrDefault(occurrence) + 1;
            }
        }

        var needed = Math.Max(2, (int)Math.Ceiling(texts.Count * share));
        List<string> kept = [];
        var nearest = 0;
        foreach (var occurrence in Occurrences(texts[0]))
        {
            var blank = occurrence.Line.AsSpan().Trim().IsEmpty;
            nearest += blank ? 0 : 1;
            if (blank ? kept.Count > 0 && kept[^1].Length > 0 : counts[occurrence] >= needed)
            {
                kept.Add(blank ? "" : occurrence.Line);
            }
        }

        if (kept.Count > 0 && kept[^1].Length == 0)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return kept.Count == 0 ? ("", 0)
            : (string.Join('\n', kept) + "\n", (double)kept.Count(line => line.Length > 0) / Math.Max(1, nearest));
    }

    private static IEnumerable<(string Line, int Nth)> Occurrences(List<string> lines)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var nth = seen.GetValueOrDefault(line);
            seen[line] = nth + 1;
            yield return (line, nth);
        }
    }
}
