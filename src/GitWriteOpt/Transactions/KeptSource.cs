using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Transactions;

/// <summary>
/// How the bytes of a batch are to be read that is kept as it came in, since it could not be planned. Of such a batch the
/// after tree holds the bytes, a file each, and nothing else.
/// </summary>
/// <param name="File">Its file in the after tree: a name without blanks.</param>
/// <param name="Format">The name of the format.</param>
/// <param name="Directory">Absolute: what relative <c>"source"</c> files are relative to.</param>
/// <param name="Since">The event from which on a transcript's writes are taken; null for all.</param>
internal sealed record KeptSource(RepoPath File, string Format, string Directory, string? Since)
{
    /// <summary>As trailers.</summary>
    internal IEnumerable<Trailer> Trailers()
    {
        yield return new(TransactionTrailers.Batch, $"{File.Value} {Format} {QuotedPath.Encode(Directory)}");
        if (Since is not null)
        {
            yield return new(TransactionTrailers.BatchSince, $"{File.Value} {QuotedPath.Encode(Since)}");
        }
    }

    /// <summary>Those of a commit; none for one of another kind. What cannot be read is passed over.</summary>
    internal static IReadOnlyList<KeptSource> Of(CommitObject commit)
    {
        var sources = new List<KeptSource>();
        foreach (var trailer in commit.Trailers)
        {
            if (trailer.Key == TransactionTrailers.Batch && trailer.Value.Split(' ', 3) is [var file, var format, var directory]
                && PathRules.Objection(file) is null && Decoded(directory) is { } at)
            {
                sources.Add(new KeptSource(RepoPath.Parse(file), format, at, null));
            }
            else if (trailer.Key == TransactionTrailers.BatchSince && trailer.Value.Split(' ', 2) is [var name, var since]
                && sources.Count > 0 && sources[^1].File.Value == name)
            {
                sources[^1] = sources[^1] with { Since = Decoded(since) };
            }
        }

        return sources;
    }

    private static string? Decoded(string quoted)
    {
        try
        {
            return QuotedPath.Decode(quoted);
        }
        catch (FormatException)
        {
            return null; // a ref can come from anywhere
        }
    }
}
