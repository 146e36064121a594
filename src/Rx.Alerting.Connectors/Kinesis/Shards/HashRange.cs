using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Amazon.Kinesis.Model;

namespace Rx.Alerting.Connectors.Kinesis.Shards;

/// <summary>The hash keys of a shard, both ends included.</summary>
internal readonly record struct HashRange(UInt128 First, UInt128 Last)
{
    internal static readonly HashRange All = new(UInt128.MinValue, UInt128.MaxValue);

    internal static HashRange Of(Shard shard) =>
        TryParse(shard.HashKeyRange?.StartingHashKey, out var first) && TryParse(shard.HashKeyRange?.EndingHashKey, out var last)
            ? new(first, last)
            : All;

    /// <summary>Parses a hash key as the service writes it.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, out UInt128 key) =>
        UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out key);

    /// <summary>The hash key of a partition key: its MD5 as a number, highest byte first (Kinesis developer guide, «Shard»).</summary>
    internal static UInt128 KeyOf(ReadOnlySpan<byte> partitionKey)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(partitionKey, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    internal bool Contains(UInt128 key) => key >= First && key <= Last;
}
