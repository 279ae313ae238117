namespace GitWriteOpt.Paths;

/// <summary>
/// The order of two strings as UTF-8 bytes, without encoding them: UTF-16 order differs from it only where surrogates
/// meet characters above them (U+E000 to U+FFFF).
/// </summary>
public static class Utf8Order
{
    /// <summary>Negative, zero or positive, as <c>memcmp</c> of the UTF-8 forms would be.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Weight(left[common]).CompareTo(Weight(right[common]));
    }

    private static int Weight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
