using System.Text;
using GitWriteOpt.Cli.Reporting;
using GitWriteOpt.Planning;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Cli.Undoing;

/// <summary>Hunks as a diff shows them: from what is there to what would be there, harmless on a terminal.</summary>
internal sealed class HunkText(TextWriter output, bool colour)
{
    /// <summary>The name of the path, above its hunks.</summary>
    internal void Head(UndoFile file) => Line($"{Quoting.Path(file.Path.Value)}: {file.Change switch
    {
        ChangeKind.Added => "brings the file back",
        ChangeKind.Deleted => "removes the file",
        ChangeKind.Mode => "changes the mode",
        ChangeKind.Type => "changes the type",
        _ => file.Blocks.Count == 0 ? "binary or large" : "changes",
    }}", "1");

    /// <summary>What is asked.</summary>
    internal static string Question(UndoFile file) => file switch
    {
        { Blocks.Count: > 0 } => "Undo this hunk",
        { Change: ChangeKind.Added } => "Bring the file back",
        { Change: ChangeKind.Deleted } => "Remove the file",
        _ => "Undo this change",
    };

    /// <summary>A hunk's lines.</summary>
    internal void Body(UndoFile file, Hunk hunk)
    {
        if (hunk.Count == 0)
        {
            return;
        }

        var blocks = file.Blocks.Skip(hunk.First).Take(hunk.Count).ToList();
        var (first, last) = (blocks[0], blocks[^1]);
        var start = Math.Max(0, first.Start - Hunk.Context);
        var end = Math.Min(file.Lines.Count, last.Start + last.Count + Hunk.Context);
        var shift = first.NewStart - first.Start;
        var newEnd = end + (last.NewStart + last.NewCount - last.Start - last.Count);
        Line($"@@ -{start + 1},{end - start} +{start + shift + 1},{newEnd - start - shift} @@", "36");
        var next = start;
        foreach (var block in blocks)
        {
            Lines(' ', file.Lines, next, block.Start, "");
            Lines('-', file.Lines, block.Start, block.Start + block.Count, "31");
            Lines('+', file.NewLines, block.NewStart, block.NewStart + block.NewCount, "32");
            next = block.Start + block.Count;
        }

        Lines(' ', file.Lines, next, end, "");
    }

    private void Lines(char mark, IReadOnlyList<string> lines, int from, int to, string code)
    {
        for (var i = from; i < to; i++)
        {
            var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(lines[i]));
            Line(mark + text.TrimEnd('\n'), code);
            if (!text.EndsWith('\n'))
            {
                Line("\\ No newline at end of file", "");
            }
        }
    }

    private void Line(string text, string code)
    {
        text = Quoting.Text(text);
        output.WriteLine(colour && code.Length > 0 ? $"\e[{code}m{text}\e[m" : text);
    }
}
