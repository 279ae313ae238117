namespace GitWriteOpt.Patterns;

/// <summary>
/// How much each figure weighs: two logistic models over standardised figures, one for the order of the candidates, one
/// for whether a candidate at the top holds. Fitted on nine public repositories (Ruby, C, Rust, Go, C#, Java, TypeScript)
/// by hiding one file of a commit at a time, the second on six more (Python, Rust, C, C++, C#); the figures are chosen so
/// that the weights carry over to others. What is particular to a repository is learned there: its counts,
/// <see cref="RepositoryFit"/> and <see cref="Calibration"/>.
/// </summary>
internal static class ModelWeights
{
    /// <summary>A figure that deviates more counts as this many deviations.</summary>
    internal const float Limit = 6;

    /// <summary>Of the candidate's probability among all candidates, as log odds.</summary>
    internal const float SureOdds = 0.2180f;

    /// <summary>Of being the first.</summary>
    internal const float SureFirst = 0.3055f;

    /// <summary>Of its score, times 0.3.</summary>
    internal const float SureScore = 0.1882f;

    /// <summary>Of the first one's lead over the second, at most 5.</summary>
    internal const float SureLead = 0.3618f;

    /// <summary>Of all candidates' weight together, as a logarithm.</summary>
    internal const float SureTotal = -0.1837f;

    /// <summary>Of nothing.</summary>
    internal const float SureBias = -1.0297f;

    private static readonly Weight[] Table =
    [
        new(Figure.PairShare, 0.05191f, 0.11007f, 0.1197f, 0.0217f),
        new(Figure.RecentPairShare, 0.02938f, 0.08455f, -0.0888f, -0.0126f),
        new(Figure.AnyPair, 0.02833f, 0.08518f, -0.0391f, 0.0170f),
        new(Figure.PairCount, 0.60691f, 0.64561f, -0.3188f, 0.0734f),
        new(Figure.Supporters, 0.33109f, 0.37286f, 0.3234f, 0.4172f),
        new(Figure.Converse, 0.13746f, 0.17924f, 0.1478f, 0.1613f),
        new(Figure.MutualShare, 0.03689f, 0.07728f, 0.0489f, -0.0204f),
        new(Figure.Neighbours, 0.05637f, 0.18560f, 0.1121f, 0.1501f),
        new(Figure.ClosestCommits, 0.03045f, 0.10295f, 0.1498f, -0.0335f),
        new(Figure.DirectoryShare, 0.04460f, 0.08001f, 0.0661f, -0.0005f),
        new(Figure.AdditionShare, 0.00417f, 0.03682f, 0.3375f, 0.0232f),
        new(Figure.ShapeShare, 0.00432f, 0.04535f, 0.0161f, 0.1425f),
        new(Figure.SameDirectory, 0.14559f, 0.31395f, 0.0341f, 0.0034f),
        new(Figure.PathNearness, 0.57279f, 0.29507f, 0.3214f, -0.1199f),
        new(Figure.SameExtension, 0.59938f, 0.43509f, 0.0736f, -0.0361f),
        new(Figure.SameStem, 0.01734f, 0.11576f, -0.0493f, 0.0238f),
        new(Figure.Changes, 2.26200f, 1.17473f, -0.0260f, -0.4542f),
        new(Figure.Recency, 0.18343f, 0.07943f, 0.2351f, 0.0417f),
        new(Figure.Activity, 0.38320f, 0.51187f, 0.0641f, -0.1976f),
        new(Figure.GivenFiles, 1.11737f, 0.87866f, 1.6049f, 0.1817f),
        new(Figure.InLastCommit, 0.07164f, 0.25790f, 0.0608f, -0.0351f),
        new(Figure.UnknownShare, 0.04860f, 0.14204f, -2.1102f, -0.0314f),
        new(Figure.Jaccard, 0.03029f, 0.06759f, 0.0937f, 0.0543f),
        new(Figure.Age, 5.11589f, 1.73270f, 0.1189f, 0.0114f),
        new(Figure.LogPairShare, -3.17246f, 0.89322f, 0.4681f, 0.2925f),
        new(Figure.LogRecentPairShare, -3.44711f, 0.73221f, 0.1654f, -0.0172f),
        new(Figure.LogConverse, -2.56929f, 1.25469f, -0.0351f, -0.6108f),
        new(Figure.LogDirectory, -3.37571f, 0.68561f, 0.1837f, -0.1574f),
        new(Figure.LogNeighbours, -3.25383f, 0.92654f, 0.7276f, 0.2602f),
        new(Figure.MeanPairShare, 0.02536f, 0.06966f, -0.0973f, -0.0164f),
        new(Figure.ShapeCount, 0.04727f, 0.45454f, 0.2720f, -0.0463f),
        new(Figure.DirectoryCount, 0.81711f, 0.61771f, -0.0659f, -0.0029f),
        new(Figure.CommitSize, 1.20614f, 1.02717f, -0.4116f, -0.1754f),
        new(Figure.PairCosine, 0.06545f, 0.10038f, -0.0102f, -0.1495f),
        new(Figure.LogAddition, -3.86355f, 0.32338f, -0.1669f, -0.0162f),
        new(Figure.LogShape, -3.87758f, 0.30888f, 0.0166f, -0.0658f),
        new(Figure.LogClosest, -3.57524f, 0.78944f, -0.0105f, 0.0579f),
        new(Figure.RecentDirectoryShare, 0.02883f, 0.07136f, -0.0121f, 0.0664f),
        new(Figure.Unpaired, 0.39120f, 0.48802f, -0.0810f, 0.6301f),
        new(Figure.Streak, 0.69512f, 0.64804f, 0, 0.3076f),
        new(Figure.LatelyShare, 0.41219f, 0.22574f, 0, 0.1373f),
        new(Figure.LastShare, 0.47258f, 0.27526f, 0, -0.0214f),
        new(Figure.LatelyCount, 1.60219f, 0.69831f, 0, 0.1900f),
        new(Figure.WholeShare, 0.14623f, 0.23679f, 0, 0.3864f),
        new(Figure.WholeCount, 0.55575f, 0.92223f, 0, -0.0921f),
        new(Figure.Covered, 0.09507f, 0.19322f, 0, -0.0893f),
        new(Figure.Alone, 0.10578f, 0.14860f, 0, 0.1713f),
        new(Figure.SeveralKnown, 0.28430f, 0.45108f, 0, -0.3494f),
    ];

    /// <summary>The weights by figure.</summary>
    internal static ReadOnlySpan<Weight> All => Table;

    /// <summary>The weights of one figure.</summary>
    /// <param name="Figure">The figure.</param>
    /// <param name="Mean">Its mean over candidates.</param>
    /// <param name="Deviation">Its standard deviation.</param>
    /// <param name="Rank">For the order.</param>
    /// <param name="Sure">For whether it holds.</param>
    internal readonly record struct Weight(Figure Figure, float Mean, float Deviation, float Rank, float Sure);
}
