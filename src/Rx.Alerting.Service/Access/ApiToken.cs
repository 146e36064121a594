using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Alerting.Service.Access;

/// <summary>The text of a token: <c>rxa_</c>, and 32 random bytes with their checksum (CRC-32C) as Base64url.</summary>
/// <remarks>
/// The prefix is for scanners that look for secrets in what people publish. The checksum tells a mistyped token without a look into the
/// store.
/// </remarks>
internal static class ApiToken
{
    public const string Prefix = "rxa_";

    private const int Random = 32, Checksum = sizeof(uint);

    /// <summary>Makes a new one.</summary>
    public static string Create()
    {
        Span<byte> bytes = stackalloc byte[Random + Checksum];
        RandomNumberGenerator.Fill(bytes[..Random]);
        BitConverter.TryWriteBytes(bytes[Random..], Crc(bytes[..Random]));
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>Whether the text can be a token at all.</summary>
    public static bool IsWellFormed(string text)
    {
        Span<byte> bytes = stackalloc byte[Random + Checksum];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.Length == Prefix.Length + Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length), bytes, out var written)
            && written == bytes.Length
            && BitConverter.ToUInt32(bytes[Random..]) == Crc(bytes[..Random]);
    }

    /// <summary>
    /// What is kept of a token: the SHA-256 of its text. The token has 256 random bits, so it needs neither salt nor rounds.
    /// </summary>
    public static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
