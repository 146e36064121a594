using System.Security.Cryptography;
using Rx.Alerting.Connectors.Kinesis.Shards;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Connectors.Kinesis.Aggregation;

/// <summary>
/// The record that the Kinesis Producer Library makes of many: four magic bytes, a message of Protocol Buffers, its MD5
/// (amazon-kinesis-producer, «KPL Aggregated Record Format»).
/// </summary>
/// <remarks>
/// The message has a table of partition keys (field 1), one of explicit hash keys (2) and the records (3), each with its index into
/// the first (1), perhaps into the second (2), and its data (3). Like the Kinesis Client Library, a record of which any part hashes to another
/// shard is left out as a whole: its producer did not know of a split, learns so from the answer, and sends all parts again.
/// </remarks>
internal sealed class AggregatedRecord
{
    private const int TrailerLength = MD5.HashSizeInBytes;

    private readonly List<UInt128> partitionKeys = [];
    private readonly List<UInt128> explicitKeys = [];
    private readonly List<Range> parts = [];

    private static ReadOnlySpan<byte> Magic => [0xF3, 0x89, 0x9A, 0xC2];

    /// <summary>Where in the record the data of its parts are, after <see cref="Read"/> has found it whole.</summary>
    internal IReadOnlyList<Range> Parts => parts;

    internal static bool IsAggregated(ReadOnlySpan<byte> record) => record.StartsWith(Magic);

    /// <summary>Takes a record apart; of one that is not whole there are no parts.</summary>
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
        return hash.SequenceEqual(record[^TrailerLength..]) && TryReadKeys(message) ? ReadParts(message, shard) : AggregationOutcome.Malformed;
    }

    /// <summary>The tables come first: nothing says that they stand in front of the records.</summary>
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
