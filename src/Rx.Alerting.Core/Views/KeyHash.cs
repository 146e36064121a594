using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// The hash by which keys are found and ordered. A key has the same hash on every machine and in every process. Another release may have
/// another hash, so checkpoints keep names. 64 bits are enough to tell keys apart: among a million keys, two share a hash once in 40
/// million times.
/// </summary>
/// <remarks>A multiply-and-fold hash in the manner of wyhash (Wang Yi, 2019), with different constants.</remarks>
public static class KeyHash
{
    internal const ulong P0 = 0x9E3779B97F4A7C15;
    private const ulong P1 = 0xD1B54A32D192ED03, P2 = 0x8CB92BA72F3D8DD7;

    /// <remarks>The length is spread over all bits, so that it never makes up for a character.</remarks>
    public static ulong Of(ReadOnlySpan<byte> text) => Of(text, seed: P0 ^ ((ulong)text.Length * P2));

    /// <summary>The hash of the text in UTF-8.</summary>
    public static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>The hash of a key inside another key, such as a title inside its property.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong outer, ulong inner) => Fold(outer ^ P1, inner ^ P2);

    /// <param name="text">What is hashed.</param>
    /// <param name="seed">Stands for the length of the text.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Of(ReadOnlySpan<byte> text, ulong seed)
    {
        var hash = seed;
        while (text.Length >= 16)
        {
            hash = Fold(MemoryMarshal.Read<ulong>(text) ^ P1, MemoryMarshal.Read<ulong>(text[8..]) ^ hash);
            text = text[16..];
        }

        ulong a = 0, b = 0;
        if (text.Length >= 8)
        {
            a = MemoryMarshal.Read<ulong>(text);
            b = MemoryMarshal.Read<ulong>(text[^8..]);
        }
        else if (text.Length >= 4)
        {
            a = MemoryMarshal.Read<uint>(text);
            b = MemoryMarshal.Read<uint>(text[^4..]);
        }
        else if (text.Length > 0)
        {
            a = ((ulong)text[0] << 16) | ((ulong)text[text.Length >> 1] << 8) | text[^1];
        }

        return Fold(Fold(a ^ P1, b ^ hash), P2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
