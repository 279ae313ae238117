using GitWriteOpt.Errors;
using GitWriteOpt.Platform;

namespace GitWriteOpt.ObjectStore;

/// <summary>
/// The id of a transaction, snapshot, session or rescue: 16 characters of lower-case base32, 10 of time (milliseconds
/// since 1970) and 6 random. The alphabet is Crockford's, whose characters are in ASCII order: so the order of the texts
/// is the order in time.
/// </summary>
public readonly record struct TransactionId : IComparable<TransactionId>
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 16;

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int TimeLength = 10;
    private const uint Randoms = 1u << (5 * (Length - TimeLength));

    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly long _milliseconds;
    private readonly uint _random;

    private TransactionId(long milliseconds, uint random) => (_milliseconds, _random) = (milliseconds, random);

    /// <summary>When it was made, to the millisecond.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(_milliseconds);

    /// <summary>A new id, greater than <paramref name="newest"/> even where the clock was set back.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="newest">The newest id that is known in this worktree, if any.</param>
    /// <exception cref="StoreException">The newest id lies at the end of time: somebody made it up.</exception>
    public static TransactionId New(TimeProvider time, TransactionId? newest = null)
    {
        var id = new TransactionId(Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds()),
            SystemRandom.Bits() % Randoms);
        if (newest is not { } known || id > known)
        {
            return id;
        }

        if (known._random + 1 < Randoms)
        {
            return new TransactionId(known._milliseconds, known._random + 1);
        }

        return known._milliseconds < LastMillisecond
            ? new TransactionId(known._milliseconds + 1, 0)
            : throw new StoreException(new WriteError(ErrorCategory.System, "ids-exhausted",
                $"the newest transaction is named {known}, and no later id exists")
            {
                Suggestion = $"git update-ref -d {RefNames.Transactions}{known}",
            });
    }

    /// <summary>Parses 16 characters of the alphabet (lower case alone: two spellings would be two refs).</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TransactionId id)
    {
        id = default;
        if (text.Length != Length || !Read(text[..TimeLength], out var milliseconds) || milliseconds > LastMillisecond
            || !Read(text[TimeLength..], out var random))
        {
            return false;
        }

        id = new TransactionId(milliseconds, (uint)random);
        return true;
    }

    /// <summary>Parses an id.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static TransactionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"\"{text}\" is not a transaction id");

    /// <inheritdoc/>
    public int CompareTo(TransactionId other) => _milliseconds != other._milliseconds
        ? _milliseconds.CompareTo(other._milliseconds)
        : _random.CompareTo(other._random);

    /// <summary>The 16 characters.</summary>
    public override string ToString() => string.Create(Length, this, static (text, id) =>
    {
        Write(text[..TimeLength], id._milliseconds);
        Write(text[TimeLength..], id._random);
    });

    /// <summary>Earlier.</summary>
    public static bool operator <(TransactionId left, TransactionId right) => left.CompareTo(right) < 0;

    /// <summary>Later.</summary>
    public static bool operator >(TransactionId left, TransactionId right) => left.CompareTo(right) > 0;

    /// <summary>Earlier or the same.</summary>
    public static bool operator <=(TransactionId left, TransactionId right) => left.CompareTo(right) <= 0;

    /// <summary>Later or the same.</summary>
    public static bool operator >=(TransactionId left, TransactionId right) => left.CompareTo(right) >= 0;

    private static void Write(Span<char> text, long value)
    {
        for (var i = text.Length - 1; i >= 0; i--, value >>= 5)
        {
            text[i] = Alphabet[(int)(value & 31)];
        }
    }

    private static bool Read(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        foreach (var c in text)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            value = (value << 5) | (uint)digit;
        }

        return true;
    }
}
