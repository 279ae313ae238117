using GitWriteOpt.Paths;

namespace GitWriteOpt.Transactions;

/// <summary>
/// A batch with an id that its client chose, so that sending it again does nothing twice. It stands in a trailer of the
/// transaction that the batch became, and is known for as long as that is kept.
/// </summary>
/// <param name="Id">The client's id; not empty.</param>
/// <param name="Digest">What tells this batch from any other: hex, without blanks.</param>
public sealed record BatchRequest(string Id, string Digest)
{
    /// <summary>As a trailer's value.</summary>
    internal string ToTrailer() => $"{Digest} {QuotedPath.Encode(Id)}";

    /// <summary>Reads the value; null where it is none.</summary>
    internal static BatchRequest? OfTrailer(string? value)
    {
        if (value?.Split(' ', 2) is not [{ Length: > 0 } digest, { Length: > 0 } quoted])
        {
            return null;
        }

        try
        {
            return new BatchRequest(QuotedPath.Decode(quoted), digest);
        }
        catch (FormatException)
        {
            return null; // anybody can push a ref: what cannot be read is nobody's request
        }
    }
}
