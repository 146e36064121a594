using System.Text;
using Rx.Alerting.Connectors.Kinesis.Aggregation;
using Rx.Alerting.Connectors.Kinesis.Shards;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

public sealed class AggregatedRecordTests
{
    /// <summary>MD5("a") begins with 0x0C, MD5("b") with 0x92: the lower and the upper half of all hash keys.</summary>
    private static readonly HashRange Lower = new(0, UInt128.MaxValue >> 1);

    [Fact]
    public void Read_WholeRecord_GivesItsPartsInOrder()
    {
        var (outcome, parts) = Read(Aggregates.Of(("a", null, "one"), ("b", null, ""), ("a", null, "three")), HashRange.All);

        Assert.Equal(AggregationOutcome.Whole, outcome);
        Assert.Equal(["one", "", "three"], parts);
    }

    [Fact]
    public void Read_TablesBehindTheRecords_GivesParts()
    {
        var message = Aggregates.Bytes(output =>
        {
            output.WriteTag(3, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Google.Protobuf.ByteString.CopyFrom(Aggregates.Bytes(part =>
            {
                Aggregates.Text(part, 3, "one");
                Aggregates.Number(part, 1, 0);
            })));
            Aggregates.Text(output, 1, "a");
        });

        Assert.Equal(["one"], Read(Aggregates.Sealed(message), HashRange.All).Parts);
    }

    [Fact]
    public void Read_OnePartOfAnotherShard_LeavesAllOut()
    {
        var (outcome, parts) = Read(Aggregates.Of(("a", null, "one"), ("b", null, "two")), Lower);

        Assert.Equal(AggregationOutcome.Misplaced, outcome);
        Assert.Empty(parts);
    }

    [Fact]
    public void Read_ExplicitHashKey_CountsInsteadOfThePartitionKey()
    {
        Assert.Equal(AggregationOutcome.Whole, Read(Aggregates.Of(("b", "17", "one")), Lower).Outcome);
        Assert.Equal(AggregationOutcome.Misplaced, Read(Aggregates.Of(("a", UInt128.MaxValue.ToString(null, null), "one")), Lower).Outcome);
    }

    [Fact]
    public void Read_AnyByteChanged_IsMalformed()
    {
        var record = Aggregates.Of(("a", null, "one"), ("b", "5", "two"));
        for (var i = 4; i < record.Length; i++)
        {
            var damaged = (byte[])record.Clone();
            damaged[i] ^= 0x10;
            Assert.Equal(AggregationOutcome.Malformed, Read(damaged, HashRange.All).Outcome);
        }
    }

    [Fact]
    public void Read_CutAnywhere_IsMalformed()
    {
        var record = Aggregates.Of(("a", null, "one"));
        for (var length = 4; length < record.Length; length++)
            Assert.Equal(AggregationOutcome.Malformed, Read(record[..length], HashRange.All).Outcome);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(-1, 0)]
    public void Read_IndexOutsideItsTable_IsMalformed(int key, int hash)
    {
        var message = Aggregates.Bytes(output =>
        {
            Aggregates.Text(output, 1, "a");
            Aggregates.Text(output, 2, "5");
            output.WriteTag(3, Google.Protobuf.WireFormat.WireType.LengthDelimited);
            output.WriteBytes(Google.Protobuf.ByteString.CopyFrom(Aggregates.Bytes(part =>
            {
                Aggregates.Number(part, 1, key);
                Aggregates.Number(part, 2, hash);
                Aggregates.Text(part, 3, "one");
            })));
        });

        Assert.Equal(AggregationOutcome.Malformed, Read(Aggregates.Sealed(message), HashRange.All).Outcome);
    }

    [Fact]
    public void IsAggregated_JsonAndShortBytes_AreNot()
    {
        Assert.False(AggregatedRecord.IsAggregated("{}"u8));
        Assert.False(AggregatedRecord.IsAggregated([0xF3, 0x89, 0x9A]));
    }

    private static (AggregationOutcome Outcome, string[] Parts) Read(byte[] record, HashRange shard)
    {
        var aggregated = new AggregatedRecord();
        var outcome = aggregated.Read(record, shard);
        return (outcome, [.. aggregated.Parts.Select(part => Encoding.UTF8.GetString(record[part]))]);
    }
}
