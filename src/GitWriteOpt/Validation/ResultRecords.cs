using System.Buffers.Binary;
using System.Text;
using GitWriteOpt.Paths;

namespace GitWriteOpt.Validation;

/// <summary>
/// The records of a result file: a key of 16 bytes, the length of what follows, and what the rule found. Numbers are
/// LEB128, texts have their length in front.
/// </summary>
internal static class ResultRecords
{
    private const int KeyLength = 16;

    // A record is read for the path that is asked for; until then its sightings stand at this one.
    private static readonly RepoPath Anywhere = RepoPath.Parse("cached");

    /// <summary>Writes records.</summary>
    public static void Write(Stream target, IEnumerable<KeyValuePair<UInt128, IReadOnlyList<Sighting>>> results)
    {
        Span<byte> raw = stackalloc byte[KeyLength];
        foreach (var (key, found) in results)
        {
            using var body = new MemoryStream();
            using var writer = new BinaryWriter(body, Encoding.UTF8);
            foreach (var sighting in found)
            {
                writer.Write((byte)((sighting.Unsure ? 1 : 0) | (sighting.WasThere ? 2 : 0) | (sighting.Suggestion is null ? 0 : 4)));
                writer.Write7BitEncodedInt(sighting.Line ?? 0);
                writer.Write7BitEncodedInt(sighting.Column ?? 0);
                writer.Write(sighting.Message);
                if (sighting.Suggestion is not null)
                {
                    writer.Write(sighting.Suggestion);
                }
            }

            BinaryPrimitives.WriteUInt128LittleEndian(raw, key);
            target.Write(raw);
            using var head = new BinaryWriter(target, Encoding.UTF8, leaveOpen: true);
            head.Write7BitEncodedInt((int)body.Length);
            head.Flush();
            body.WriteTo(target);
        }
    }

    /// <summary>Notes where the bodies of the records between two offsets begin.</summary>
    public static void Index(byte[] bytes, int from, int to, Dictionary<UInt128, int> offsets)
    {
        while (from < to)
        {
            var key = BinaryPrimitives.ReadUInt128LittleEndian(bytes.AsSpan(from));
            from += KeyLength;
            offsets[key] = from;
            var length = Number(bytes, ref from);
            from += length;
        }
    }

    /// <summary>The sightings of a record, at no path of theirs yet.</summary>
    public static IReadOnlyList<Sighting> Read(byte[] bytes, int offset)
    {
        var length = Number(bytes, ref offset);
        if (length == 0)
        {
            return [];
        }

        var found = new List<Sighting>();
        using var body = new MemoryStream(bytes, offset, length, writable: false);
        using var reader = new BinaryReader(body, Encoding.UTF8);
        while (body.Position < length)
        {
            var flags = reader.ReadByte();
            var (line, column) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            found.Add(new Sighting(Anywhere, reader.ReadString(), line == 0 ? null : line, column == 0 ? null : column)
            {
                Unsure = (flags & 1) != 0,
                WasThere = (flags & 2) != 0,
                Suggestion = (flags & 4) != 0 ? reader.ReadString() : null,
            });
        }

        return found;
    }

    private static int Number(byte[] bytes, ref int at)
    {
        var (value, shift) = (0, 0);
        byte next;
        do
        {
            next = bytes[at++];
            value |= (next & 0x7f) << shift;
            shift += 7;
        }
        while ((next & 0x80) != 0);
        return value;
    }
}
