using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Planning.Text;

/// <summary>Replaces ranges whose positions all mean one state of the file; ranges that overlap are refused.</summary>
internal static class RangeEditing
{
    private const int Shown = 60;

    /// <summary>The file with all ranges replaced; new lines take the line ends of their neighbours.</summary>
    /// <exception cref="RefusedException">
    /// <c>position-out-of-range</c>, <c>position-inside-character</c>, <c>overlapping-edits</c>, <c>range-reversed</c> or
    /// <c>text-differs</c>.
    /// </exception>
    public static TextFile Apply(TextFile file, Operation.RangeEdit edit, Action<string> warn)
    {
        var positions = new TextPositions(file);
        var found = new List<(TextSplice Splice, RangeReplacement From)>();
        foreach (var replacement in edit.Replacements)
        {
            var (start, end) = Range(positions, replacement.Start, replacement.End, replacement);
            Check(file, positions, replacement);
            var text = file.Folded.Contains((byte)'\n')
                ? TextFile.Fold(replacement.Text) : Encoding.UTF8.GetBytes(replacement.Text);
            found.Add((new TextSplice(start, end - start, text), replacement));
        }

        // A stable sort: insertions at one point keep their order, and come before what begins there.
        List<(TextSplice Splice, RangeReplacement From)> ordered =
            [.. found.OrderBy(f => f.Splice.Start).ThenBy(f => f.Splice.Length > 0)];
        var splices = new List<TextSplice>();
        (TextSplice Splice, RangeReplacement From)? last = null;
        foreach (var next in ordered)
        {
            if (last is { } before && edit.IdenticalOnce && Same(before.Splice, next.Splice))
            {
                continue;
            }

            if (last is { } taken && next.Splice.Start < taken.Splice.Start + taken.Splice.Length)
            {
                throw Refused("overlapping-edits", "two edits change the same text: " + Where(file, taken) + " and "
                    + Where(file, next), "leave one of them out, or apply them one after the other");
            }

            splices.Add(next.Splice);
            last = next;
        }

        if (splices.Count < ordered.Count)
        {
            warn($"{ordered.Count - splices.Count} edits were there more than once and were made once");
        }

        return file.Splice(splices);
    }

    private static bool Same(TextSplice left, TextSplice right) =>
        left.Start == right.Start && left.Length == right.Length && left.Text.Span.SequenceEqual(right.Text.Span);

    private static (int Start, int End) Range(
        TextPositions positions, TextPosition from, TextPosition to, RangeReplacement replacement)
    {
        var (start, end) = (positions.Offset(from), positions.Offset(to));
        return start <= end
            ? (start, end)
            : throw Refused("range-reversed", $"a range{InInput(replacement)} ends before it begins",
                "the end of a range is the position behind its last character");
    }

    private static void Check(TextFile file, TextPositions positions, RangeReplacement replacement)
    {
        if (replacement.Expected is not { } expected)
        {
            return;
        }

        var (start, end) = Range(positions, replacement.ExpectedStart ?? replacement.Start,
            replacement.ExpectedEnd ?? replacement.End, replacement);
        var there = file.Folded[start..end];
        // A range may end between a carriage return and its line feed, which the folded text has not.
        if (!there.SequenceEqual(TextFile.Fold(expected).Span)
            && !there.SequenceEqual(TextFile.Fold(expected.TrimEnd('\r')).Span))
        {
            throw Refused("text-differs", $"line {file.LineAt(start)}: expected \"{Short(expected)}\", found "
                + $"\"{Short(Encoding.UTF8.GetString(there))}\"", "the file was changed since: search it again");
        }
    }

    private static string Where(TextFile file, (TextSplice Splice, RangeReplacement From) edit) =>
        $"line {file.LineAt(edit.Splice.Start)}{InInput(edit.From)}";

    private static string InInput(RangeReplacement replacement) =>
        replacement.Line > 0 ? $" (line {replacement.Line} of the batch)" : "";

    private static string Short(string text) => text.Length <= Shown ? text : text[..Shown] + "...";

    private static RefusedException Refused(string code, string message, string suggestion) =>
        new(new WriteError(ErrorCategory.Conflict, code, message) { Suggestion = suggestion });
}
