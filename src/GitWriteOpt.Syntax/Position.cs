using System.Text;

namespace GitWriteOpt.Syntax;

/// <summary>Where something is in a file.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based, in bytes.</param>
internal readonly record struct Position(int Line, int Column)
{
    /// <summary>
    /// The position that a parser gave in characters, in bytes.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="line">One-based.</param>
    /// <param name="character">Zero-based, in UTF-16 units.</param>
    public static Position OfCharacter(ReadOnlySpan<byte> bytes, int line, int character)
    {
        var rest = Trim(bytes);
        for (var i = 1; i < line; i++)
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                return new Position(line, character + 1);
            }

            rest = rest[(end + 1)..];
        }

        var stop = rest.IndexOf((byte)'\n');
        var text = Encoding.UTF8.GetString(stop < 0 ? rest : rest[..stop]);
        return new Position(line, Encoding.UTF8.GetByteCount(text.AsSpan(0, Math.Clamp(character, 0, text.Length))) + 1);
    }

    /// <summary>The bytes behind a byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\ufeff"u8) ? bytes[3..] : bytes;
}
