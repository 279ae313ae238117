using System.Text;
using GitWriteOpt.Errors;
using GitWriteOpt.Paths;

namespace GitWriteOpt.ObjectStore;

/// <summary>Reads the bytes of a tree object: octal mode, blank, name, NUL, raw id, again and again.</summary>
internal static class TreeObject
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The lines of a tree, in its order.</summary>
    /// <exception cref="StoreException">It is not a tree.</exception>
    public static List<RawTreeEntry> Parse(ReadOnlyMemory<byte> bytes, ObjectId id)
    {
        var entries = new List<RawTreeEntry>();
        while (!bytes.IsEmpty)
        {
            var blank = bytes.Span.IndexOf((byte)' ');
            var nul = bytes.Span.IndexOf((byte)0);
            if (blank is < 1 or > 6 || nul <= blank + 1 || bytes.Length < nul + 1 + id.Length)
            {
                throw Damaged(id);
            }

            var mode = 0;
            foreach (var digit in bytes.Span[..blank])
            {
                mode = digit is >= (byte)'0' and <= (byte)'7' ? (mode * 8) + digit - '0' : throw Damaged(id);
            }

            var named = new ObjectId(bytes.Span.Slice(nul + 1, id.Length));
            entries.Add(new RawTreeEntry(mode, bytes[(blank + 1)..nul], named));
            bytes = bytes[(nul + 1 + id.Length)..];
        }

        return entries;
    }

    /// <summary>The name of a line as text.</summary>
    /// <exception cref="RefusedException">It is not UTF-8, or not a single component.</exception>
    public static string Name(in RawTreeEntry entry)
    {
        try
        {
            var name = Strict.GetString(entry.Name.Span);
            return name.Contains('/', StringComparison.Ordinal)
                ? throw new RefusedException(PathRules.Unsafe(name, "a name in a tree contains a slash"))
                : name;
        }
        catch (DecoderFallbackException cause)
        {
            var shown = Encoding.Latin1.GetString(entry.Name.Span);
            throw new RefusedException(PathRules.Unsafe(shown, "it is not valid UTF-8"), cause);
        }
    }

    private static StoreException Damaged(ObjectId id) => DamagedObject.Error(id, "it is not a well-formed tree");
}
