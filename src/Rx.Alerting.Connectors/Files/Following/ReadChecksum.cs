using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// The <see cref="ContentChecksum"/> of the bytes that have been read of a file, for any offset from the last one that was asked for to the
/// end. Reading is ahead of the offsets that are asked for. So a checksum is kept every few kilobytes, and the bytes behind it are read
/// again.
/// </summary>
internal sealed class ReadChecksum(SafeFileHandle file, long offset, uint? content)
{
    private const int StepBytes = 16 << 10;

    private readonly List<(long Offset, uint Sum)> sums = content is { } known ? [(offset, known)] : [];

    /// <summary>More bytes have been read.</summary>
    internal void Add(ReadOnlySpan<byte> bytes)
    {
        while (sums.Count > 0 && !bytes.IsEmpty)
        {
            var step = bytes[..Math.Min(StepBytes, bytes.Length)];
            sums.Add((sums[^1].Offset + step.Length, ContentChecksum.Add(sums[^1].Sum, step)));
            bytes = bytes[step.Length..];
        }
    }

    /// <summary>NULs were passed over without being read. They do not change the checksum.</summary>
    internal void PassOver(long end)
    {
        if (sums.Count > 0)
            sums.Add((end, sums[^1].Sum));
    }

    /// <summary>The checksum up to an offset. Smaller offsets cannot be asked for after that. Null if it is not known.</summary>
    internal uint? At(long end)
    {
        var before = sums.FindLastIndex(sum => sum.Offset <= end);
        if (before < 0)
            return null;
        sums.RemoveRange(0, before);
        return sums[0].Offset == end ? sums[0].Sum : ContentChecksum.Add(sums[0].Sum, file, sums[0].Offset, end);
    }
}
