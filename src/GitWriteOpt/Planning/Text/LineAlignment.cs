namespace GitWriteOpt.Planning.Text;

/// <summary>Which new lines of a chunk are its context: the longest common subsequence of its old and new lines.</summary>
internal static class LineAlignment
{
    /// <summary>For each new line the index of the old line that it is, or -1.</summary>
    /// <param name="old">Old lines.</param>
    /// <param name="fresh">New lines.</param>
    /// <param name="limit">Above this product of lengths only common ends are aligned (memory).</param>
    public static int[] Of(IReadOnlyList<string> old, IReadOnlyList<string> fresh, int limit)
    {
        var kept = new int[fresh.Count];
        Array.Fill(kept, -1);
        var head = 0;
        while (head < old.Count && head < fresh.Count && old[head] == fresh[head])
        {
            kept[head] = head;
            head++;
        }

        var (oldEnd, freshEnd) = (old.Count, fresh.Count);
        while (oldEnd > head && freshEnd > head && old[oldEnd - 1] == fresh[freshEnd - 1])
        {
            kept[--freshEnd] = --oldEnd;
        }

        if ((long)(oldEnd - head) * (freshEnd - head) <= limit)
        {
            Middle(old, fresh, kept, head, oldEnd, freshEnd);
        }

        return kept;
    }

    private static void Middle(
        IReadOnlyList<string> old, IReadOnlyList<string> fresh, int[] kept, int head, int oldEnd, int freshEnd)
    {
        var longest = new int[oldEnd - head + 1][];
        longest[^1] = new int[freshEnd - head + 1];
        for (var i = oldEnd - head - 1; i >= 0; i--)
        {
            longest[i] = new int[freshEnd - head + 1];
            for (var j = freshEnd - head - 1; j >= 0; j--)
            {
                longest[i][j] = old[head + i] == fresh[head + j]
                    ? longest[i + 1][j + 1] + 1
                    : Math.Max(longest[i + 1][j], longest[i][j + 1]);
            }
        }

        for (var (a, b) = (head, head); a < oldEnd && b < freshEnd;)
        {
            if (old[a] == fresh[b])
            {
                kept[b++] = a++;
            }
            else if (longest[a - head + 1][b - head] >= longest[a - head][b - head + 1])
            {
                a++;
            }
            else
            {
                b++;
            }
        }
    }
}
