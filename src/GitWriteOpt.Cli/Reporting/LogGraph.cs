namespace GitWriteOpt.Cli.Reporting;

/// <summary>A row of the graph.</summary>
/// <param name="Id">The id by which others refer to it.</param>
/// <param name="Mark">What stands on the line.</param>
/// <param name="Undid">The rows, further down, that it undid or redid.</param>
/// <param name="Text">What stands behind it.</param>
internal sealed record GraphRow(string Id, char Mark, IReadOnlyList<string> Undid, Piece[] Text);

/// <summary>
/// Draws rows, newest first, along one line. What undid others opens a lane beside it, which passes what lies between and
/// ends at the oldest that it undid: <c>|-.</c> opens, <c>|-+</c> touches one of several, <c>|-'</c> ends.
/// </summary>
internal static class LogGraph
{
    /// <summary>The lines, each with the drawing first.</summary>
    public static IEnumerable<Piece[]> Draw(IReadOnlyList<GraphRow> rows)
    {
        var lanes = new List<HashSet<string>?>();
        var known = rows.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            for (var lane = 0; lane < lanes.Count; lane++)
            {
                if (lanes[lane]?.Remove(row.Id) == true)
                {
                    var ends = lanes[lane]!.Count == 0;
                    yield return [Turn(lanes, lane, ends ? '\'' : '+')];
                    lanes[lane] = ends ? null : lanes[lane];
                }
            }

            while (lanes.Count > 0 && lanes[^1] is null)
            {
                lanes.RemoveAt(lanes.Count - 1);
            }

            yield return [new Piece($"{row.Mark}{Lanes(lanes)} "), .. row.Text];
            var undone = row.Undid.Where(known.Contains).ToHashSet(StringComparer.Ordinal);
            if (undone.Count > 0)
            {
                var free = lanes.IndexOf(null);
                free = free < 0 ? lanes.Count : free;
                lanes.Insert(free, undone);
                if (free + 1 < lanes.Count && lanes[free + 1] is null)
                {
                    lanes.RemoveAt(free + 1);
                }

                yield return [Turn(lanes, free, '.')];
            }
        }
    }

    private static string Lanes(List<HashSet<string>?> lanes) => string.Concat(lanes.Select(l => l is null ? "  " : " |"));

    // A line from the first column to a lane, across those between.
    private static Piece Turn(List<HashSet<string>?> lanes, int lane, char end)
    {
        var text = "|" + string.Concat(lanes.Select((l, i) => i < lane ? l is null ? "--" : "-|"
            : i == lane ? $"-{end}" : l is null ? "  " : " |"));
        return new Piece(text.TrimEnd(), Tone.Faint);
    }
}
