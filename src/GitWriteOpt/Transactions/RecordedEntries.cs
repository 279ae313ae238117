using System.Globalization;
using GitWriteOpt.Errors;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Transactions;

/// <summary>
/// Index entries as trailers, <c>&lt;old mode&gt; &lt;old id&gt; &lt;new mode&gt; &lt;new id&gt; &lt;flags&gt; &lt;quoted path&gt;</c>, a
/// hyphen where there is none: so that a rollback or recovery can take back what <c>--stage</c> did to the index.
/// </summary>
internal static class RecordedEntries
{
    private const string None = "-";

    /// <summary>The trailer's value.</summary>
    internal static string Format(RecordedEntry entry) => string.Join(' ',
        Convert.ToString(entry.OldMode, 8), entry.OldId?.ToString() ?? None,
        Convert.ToString(entry.NewMode, 8), entry.NewId?.ToString() ?? None,
        ((int)entry.OldFlags).ToString(CultureInfo.InvariantCulture), QuotedPath.Encode(entry.Path.Value));

    /// <summary>Reads a trailer's value.</summary>
    /// <exception cref="StoreException">It is not one.</exception>
    internal static RecordedEntry Parse(string value)
    {
        var parts = value.Split(' ', 6);
        try
        {
            return new RecordedEntry(RepoPath.Parse(QuotedPath.Decode(parts[5])), Convert.ToInt32(parts[0], 8), Id(parts[1]),
                Convert.ToInt32(parts[2], 8), Id(parts[3]))
            {
                OldFlags = (IndexFlags)int.Parse(parts[4], CultureInfo.InvariantCulture),
            };
        }
        catch (Exception cause) when (cause is FormatException or IndexOutOfRangeException or OverflowException
            or ArgumentException)
        {
            throw new StoreException(new WriteError(ErrorCategory.Format, "damaged-trailer",
                $"the trailer \"{TransactionTrailers.Index}: {value}\" cannot be read"), cause);
        }
    }

    private static ObjectId? Id(string text) => text == None ? null : ObjectId.Parse(text);
}
