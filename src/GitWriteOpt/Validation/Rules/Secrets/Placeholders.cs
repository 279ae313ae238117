namespace GitWriteOpt.Validation.Rules.Secrets;

/// <summary>Tells secrets from what stands for one in examples.</summary>
internal static class Placeholders
{
    private const double LeastEntropy = 3.0;
    private const int Longest = 256;

    private static readonly string[] Words =
    [
        "example", "xxxx", "0000000", "1111111", "aaaaaaa", "1234567", "abcdefg", "placeholder", "changeme", "dummy", "your", "redacted",
        "sample", "notreal", "fake", "deadbeef", "testtest", "......", "-----begin",
    ];

    /// <summary>Whether it is none: words of examples, runs of one character, too little entropy.</summary>
    public static bool IsOne(ReadOnlySpan<char> secret)
    {
        secret = secret[..Math.Min(secret.Length, Longest)];
        foreach (var word in Words)
        {
            if (secret.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Entropy(secret) < LeastEntropy;
    }

    /// <summary>Shannon's entropy, bits a character.</summary>
    public static double Entropy(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var c in text)
        {
            counts[c & 0xff]++;
        }

        var sum = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / text.Length;
                sum -= share * Math.Log2(share);
            }
        }

        return sum;
    }
}
