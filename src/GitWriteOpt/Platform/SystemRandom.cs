using System.Buffers.Binary;

namespace GitWriteOpt.Platform;

/// <summary>
/// The kernel's random bits, by way of <see cref="Guid.NewGuid"/>, which takes them from there on every system. Not
/// <see cref="System.Security.Cryptography.RandomNumberGenerator"/>: on Linux its first use loads OpenSSL, which costs
/// a small batch more than everything else that is decided about it.
/// </summary>
internal static class SystemRandom
{
    // A version 4 identifier has its version and variant in bytes 6 to 8; the first four are random throughout.
    private const int BytesOfOne = 4;

    /// <summary>32 random bits.</summary>
    internal static uint Bits()
    {
        Span<byte> identifier = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(identifier);
        return BinaryPrimitives.ReadUInt32LittleEndian(identifier);
    }

    /// <summary>So many random bytes, in lower-case hexadecimal digits.</summary>
    internal static string HexDigits(int bytes)
    {
        var random = new byte[(bytes + BytesOfOne - 1) / BytesOfOne * BytesOfOne];
        for (var i = 0; i < random.Length; i += BytesOfOne)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(random.AsSpan(i), Bits());
        }

        return Convert.ToHexStringLower(random.AsSpan(0, bytes));
    }
}
