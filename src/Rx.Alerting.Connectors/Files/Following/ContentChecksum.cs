using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// CRC-32C of a file's bytes from the beginning. NULs are left out, so a hole changes nothing. The checksum tells a longer copy of a file
/// from another file that begins alike. It can be continued from its value alone.
/// </summary>
internal static class ContentChecksum
{
    private const int BlockBytes = 256 << 10;

    internal static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (var nul = bytes.IndexOf((byte)0); nul >= 0; nul = bytes.IndexOf((byte)0))
        {
            sum = AddAll(sum, bytes[..nul]);
            var next = bytes[nul..].IndexOfAnyExcept((byte)0);
            bytes = next < 0 ? [] : bytes[(nul + next)..];
        }

        return AddAll(sum, bytes);
    }

    /// <summary>Adds the bytes of a file from begin to end. Null if the file is shorter than <paramref name="end"/>.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static uint? Add(uint sum, SafeFileHandle file, long begin, long end)
    {
        if (RandomAccess.GetLength(file) < end)
            return null;
        var block = new byte[Math.Min(BlockBytes, end - begin)];
        while ((begin = FileHoles.NextData(file, begin)) < end)
        {
            var count = RandomAccess.Read(file, block.AsSpan(0, (int)Math.Min(block.Length, end - begin)), begin);
            if (count == 0)
                return null;
            sum = Add(sum, block.AsSpan(0, count));
            begin += count;
        }

        return sum;
    }

    private static uint AddAll(uint sum, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            sum = BitOperations.Crc32C(sum, word);
        foreach (var single in bytes[(bytes.Length & ~7)..])
            sum = BitOperations.Crc32C(sum, single);
        return sum;
    }
}
