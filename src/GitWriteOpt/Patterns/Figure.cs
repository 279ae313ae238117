namespace GitWriteOpt.Patterns;

/// <summary>What speaks for a candidate: the columns of a row of <see cref="Evidence"/>.</summary>
internal enum Figure
{
    /// <summary>Of the commits of one given file, those with this one; the best given file.</summary>
    PairShare,

    /// <summary>The same, newer and smaller commits counting more.</summary>
    RecentPairShare,

    /// <summary>1 - the product of (1 - recent share) over the given files.</summary>
    AnyPair,

    /// <summary>Commits with the best given file and this one, log.</summary>
    PairCount,

    /// <summary>Share of the given files that were ever changed with it.</summary>
    Supporters,

    /// <summary>Of this file's commits, those with the given one.</summary>
    Converse,

    /// <summary>The lesser of share and converse.</summary>
    MutualShare,

    /// <summary>Commits that resemble what was given, by overlap, and have this file; log.</summary>
    Neighbours,

    /// <summary>Of the commits with the largest overlap, those with this file.</summary>
    ClosestCommits,

    /// <summary>Of the commits in a given file's directory, those with this file.</summary>
    DirectoryShare,

    /// <summary>Of the commits that made such a file there, those with this file; new files alone.</summary>
    AdditionShare,

    /// <summary>How often a companion of this shape went with one of that shape.</summary>
    ShapeShare,

    /// <summary>Share of the given files in its directory.</summary>
    SameDirectory,

    /// <summary>Common directories of the nearest given file.</summary>
    PathNearness,

    /// <summary>Share of the given files with its extension.</summary>
    SameExtension,

    /// <summary>1 where it is a companion by name in one directory, 0.5 in another.</summary>
    SameStem,

    /// <summary>Commits of this file, log.</summary>
    Changes,

    /// <summary>1 / (1 + log of the commits since it changed).</summary>
    Recency,

    /// <summary>Its commits, halved every 60, log.</summary>
    Activity,

    /// <summary>How many files were given, log.</summary>
    GivenFiles,

    /// <summary>Whether the newest commit of a given file has it.</summary>
    InLastCommit,

    /// <summary>Share of the given files that the history does not know.</summary>
    UnknownShare,

    /// <summary>Common commits of all commits of both.</summary>
    Jaccard,

    /// <summary>Commits since it changed, log.</summary>
    Age,

    /// <summary>As its name says.</summary>
    LogPairShare,

    /// <summary>As its name says.</summary>
    LogRecentPairShare,

    /// <summary>As its name says.</summary>
    LogConverse,

    /// <summary>Of the recent directory share.</summary>
    LogDirectory,

    /// <summary>As its name says.</summary>
    LogNeighbours,

    /// <summary>Over all given files.</summary>
    MeanPairShare,

    /// <summary>How often that shape was kept, log.</summary>
    ShapeCount,

    /// <summary>Commits in the directory with this file, log.</summary>
    DirectoryCount,

    /// <summary>Mean files in the best given file's commits, log.</summary>
    CommitSize,

    /// <summary>Root of share times converse.</summary>
    PairCosine,

    /// <summary>As its name says.</summary>
    LogAddition,

    /// <summary>As its name says.</summary>
    LogShape,

    /// <summary>As its name says.</summary>
    LogClosest,

    /// <summary>The directory share, newer commits counting more.</summary>
    RecentDirectoryShare,

    /// <summary>1 where it was never changed with a given file.</summary>
    Unpaired,

    /// <summary>Newest commits of a given file in a row that have this one; the longest, log. Like those below, only of the best candidates.</summary>
    Streak,

    /// <summary>Of the newest eight commits of a given file, those with this one; the best given file.</summary>
    LatelyShare,

    /// <summary>Of the newest three.</summary>
    LastShare,

    /// <summary>Of the newest twenty, how many, log.</summary>
    LatelyCount,

    /// <summary>Of the commits that have all given files, those with this one.</summary>
    WholeShare,

    /// <summary>How many those are, log.</summary>
    WholeCount,

    /// <summary>Of this file's newest ten commits, those that have all given files.</summary>
    Covered,

    /// <summary>Of this file's newest ten commits, those that have no other file.</summary>
    Alone,

    /// <summary>1 where several files were given that were changed together before.</summary>
    SeveralKnown,
}
