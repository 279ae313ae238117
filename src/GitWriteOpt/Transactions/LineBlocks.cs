using System.Text;
using DiffPlex;
using GitWriteOpt.Operations;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Where the lines of two contents differ, by DiffPlex (Myers' algorithm). A line is what ends with a line feed; bytes are
/// taken as characters one by one, so that no encoding is needed and none can be lost.
/// </summary>
internal static class LineBlocks
{
    private const int Longest = 1 << 20;

    /// <summary>The lines of both and the blocks; null where one is too long for a person, or binary.</summary>
    internal static (IReadOnlyList<string> Lines, IReadOnlyList<string> NewLines, IReadOnlyList<LineBlock> Blocks)? Between(
        Content now, Content wanted)
    {
        if (now.Length > Longest || wanted.Length > Longest || now.ToMemory().Span.Contains((byte)0)
            || wanted.ToMemory().Span.Contains((byte)0))
        {
            return null;
        }

        var result = Differ.Instance.CreateDiffs(Encoding.Latin1.GetString(now.ToMemory().Span),
            Encoding.Latin1.GetString(wanted.ToMemory().Span), ignoreWhiteSpace: false, ignoreCase: false, new WholeLines());
        return ([.. result.PiecesOld], [.. result.PiecesNew],
        [
            .. result.DiffBlocks.Select(b => new LineBlock(b.DeleteStartA, b.DeleteCountA, b.InsertStartB, b.InsertCountB)),
        ]);
    }

    /// <summary>The present content with some of the blocks as they are wanted.</summary>
    internal static byte[] Apply(UndoFile file, IReadOnlyList<int> chosen)
    {
        var text = new StringBuilder();
        var next = 0;
        foreach (var block in chosen.Order().Select(i => file.Blocks[i]))
        {
            text.AppendJoin("", file.Lines.Skip(next).Take(block.Start - next));
            text.AppendJoin("", file.NewLines.Skip(block.NewStart).Take(block.NewCount));
            next = block.Start + block.Count;
        }

        text.AppendJoin("", file.Lines.Skip(next));
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private sealed class WholeLines : IChunker
    {
        public IReadOnlyList<string> Chunk(string text)
        {
            var lines = new List<string>();
            for (var start = 0; start < text.Length;)
            {
                var end = text.IndexOf('\n', start) is var at and >= 0 ? at + 1 : text.Length;
                lines.Add(text[start..end]);
                start = end;
            }

            return lines;
        }
    }
}
