using System.Security.Cryptography;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Connectors.Kinesis.Aggregation;

/// <summary>
/// The record that the Kinesis Producer Library makes of many records, its parts: four magic bytes, a message of Protocol Buffers, and the
/// message's MD5 (amazon-kinesis-producer, «KPL Aggregated Record Format»).
/// </summary>
/// <remarks>
/// <para>Fields of the message:</para>
/// <list type="number">
/// <item>the table of partition keys;</item>
/// <item>the table of explicit hash keys;</item>
/// <item>the parts. Fields of a part: 1, an index into the partition keys; 2, perhaps an index into the hash keys; 3, the data.</item>
/// </list>
/// <para>
/// If any part hashes to another shard, the whole record is left out, as the Kinesis Client Library does. The producer did not know of a
/// split. It learns of the split from the answer, and sends all parts again.
/// </para>
/// </remarks>
internal sealed class AggregatedRecord
{
    private const int TrailerLength = MD5.HashSizeInBytes;

    private readonly List<UInt128> partitionKeys = [];
    private readonly List<UInt128> explicitKeys = [];
    private readonly List<Range> parts = [];

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <summary>Where the data of the parts are in the record, after <see cref="Read"/> has found the record whole.</summary>
    internal IReadOnlyList<Range> Parts => parts;

    internal static bool IsAggregated(ReadOnlySpan<byte> record) => record.StartsWith(Magic);

    /// <summary>Takes a record apart. A record that is not whole gives no parts.</summary>
    internal AggregationOutcome Read(ReadOnlySpan<byte> record, HashRange shard)
    {
        parts.Clear();
        var outcome = ReadWhole(record, shard);
        if (outcome != AggregationOutcome.Whole)
            parts.Clear();
        return outcome;
    }

    internal void Clear() => parts.Clear();

    private AggregationOutcome ReadWhole(ReadOnlySpan<byte> record, HashRange shard)
    {
        if (!IsAggregated(record) || record.Length < Magic.Length + TrailerLength)
            return AggregationOutcome.Malformed;
        var message = record[Magic.Length..^TrailerLength];
        Span<byte> hash = stackalloc byte[TrailerLength];
        MD5.HashData(message, hash);
        return hash.SequenceEqual(record[^TrailerLength..]) && TryReadKeys(message)
            ? ReadParts(message, shard)
            : AggregationOutcome.Malformed;
    }

    /// <summary>Reads the tables of keys in a pass of their own, because the format lets them stand behind the parts.</summary>
    private bool TryReadKeys(ReadOnlySpan<byte> message)
    {
        partitionKeys.Clear();
        explicitKeys.Clear();
        var reader = new ProtobufReader(message);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead())
                return false;
            if (reader is { Field: 1, Type: WireType.Bytes })
                partitionKeys.Add(HashRange.KeyOf(reader.Bytes));
            else if (reader is { Field: 2, Type: WireType.Bytes })
            {
                if (!TryParse(reader.Bytes, out var key))
                    return false;
                explicitKeys.Add(key);
            }
        }

        return true;
    }

    private AggregationOutcome ReadParts(ReadOnlySpan<byte> message, HashRange shard)
    {
        var misplaced = false;
        var reader = new ProtobufReader(message);
        while (!reader.AtEnd && reader.TryRead())
        {
            if (reader is not { Field: 3, Type: WireType.Bytes })
                continue;
            if (!TryReadPart(reader.Bytes, Magic.Length + reader.Start, out var key, out var data))
                return AggregationOutcome.Malformed;
            misplaced |= !shard.Contains(key);
            parts.Add(data);
        }

        return misplaced ? AggregationOutcome.Misplaced : AggregationOutcome.Whole;
    }

    private bool TryReadPart(ReadOnlySpan<byte> part, int offset, out UInt128 key, out Range data)
    {
        key = default;
        data = default;
        ulong? partitionKey = null, explicitKey = null;
        var hasData = false;
        var reader = new ProtobufReader(part);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead())
                return false;
            if (reader is { Field: 1, Type: WireType.Varint })
                partitionKey = reader.Value;
            else if (reader is { Field: 2, Type: WireType.Varint })
                explicitKey = reader.Value;
            else if (reader is { Field: 3, Type: WireType.Bytes })
            {
                data = new(offset + reader.Start, offset + reader.Start + reader.Bytes.Length);
                hasData = true;
            }
        }

        if (!hasData || partitionKey is not { } index || index >= (ulong)partitionKeys.Count || explicitKey >= (ulong)explicitKeys.Count)
            return false;
        key = explicitKey is { } other ? explicitKeys[(int)other] : partitionKeys[(int)index];
        return true;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out UInt128 key) =>
        UInt128.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out key);
}
