using System.Text;
using GitWriteOpt.Transactions;

namespace GitWriteOpt.Retention;

/// <summary>
/// A batch that is kept as it came in, which has no paths of its own to go by: it goes as a whole where it may name what is
/// to be forgotten. Rather one too many: a name can be written with escapes.
/// </summary>
internal sealed class UnplannedBatch(TransactionContext context, RecordedTransaction recorded)
{
    /// <summary>Whether it may name one of these paths, or something below.</summary>
    internal bool Mentions(IReadOnlyCollection<string> paths)
    {
        foreach (var change in recorded.Changes)
        {
            if (change.After is { } file && Mentions(context.Blob(file.Blob).ToMemory().Span, paths))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Mentions(ReadOnlySpan<byte> bytes, IReadOnlyCollection<string> paths)
    {
        foreach (var path in paths)
        {
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (!Ascii.IsValid(name) || bytes.IndexOf(Encoding.UTF8.GetBytes(name)) >= 0)
            {
                return true;
            }
        }

        return bytes.IndexOf("\\u00"u8) >= 0;
    }
}
