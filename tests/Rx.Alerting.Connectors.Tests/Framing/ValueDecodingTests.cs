using System.Text;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Framing;

/// <summary>What the value of a message of Kafka or Kinesis can hold.</summary>
public sealed class ValueDecodingTests
{
    private const string Json = """{"property_id":"p","video_id":"t","view_end":1767225600}""";
    private const string Line = "h - - [17/May/2015:10:05:03 +0000] \"GET /t HTTP/1.1\" 503 12";
    private static readonly byte[] Message = [0x12, 1, (byte)'p', 0x22, 6, 0x08, 0x8F, 0xEF, 0xE0, 0xAA, 0x05];

    [Theory]
    [InlineData("{A}", 1)]
    [InlineData("{A}\n", 1)]
    [InlineData("{A}\r\n", 1)]
    [InlineData("\uFEFF{A}\n", 1)]
    [InlineData("\n{A}\n\n{A}\r\n{A}", 3)]
    [InlineData("{A}\n{A}\nrubbish\n{A}\n", 3, 1)]
    [InlineData("{A}\r{A}\r\r{A}\r", 3)]
    [InlineData("\r{A}\n\r{A}\r\r\n{A}", 3)]
    [InlineData("", 0, 1)]
    [InlineData("\r\n", 0, 1)]
    [InlineData(" \n\t", 0, 1)]
    [InlineData("rubbish", 0, 1)]
    [InlineData("{rubbish}\n", 0, 1)]
    public void Decode_Text_CountsEveryLineOnce(string text, int views, int rejected = 0)
    {
        Assert.Equal((views, rejected), Decode(RecordFormat.MuxJson, Encoding.UTF8.GetBytes(text.Replace("{A}", Json))));
        Assert.Equal((views, rejected), Decode(RecordFormat.AccessLog, Encoding.UTF8.GetBytes(text.Replace("{A}", Line))));
    }

    [Theory]
    [InlineData("{A}{A}{A}", 3)]
    [InlineData("[{A}, {A}]", 2)]
    [InlineData("{\n \"property_id\": \"p\",\n \"view_end\": 1767225600\n}\n", 1)]
    [InlineData("\0\0\0\0\u002A{A}", 1)]
    [InlineData("\0\0\0\0\u002A[{A},{A}]", 2)]
    [InlineData("{A}{\"property_id\":\"\",\"view_end\":1767225600}{A}", 2, 1)]
    public void Decode_JsonWithoutLines_CountsEveryObjectOnce(string text, int views, int rejected = 0) =>
        Assert.Equal((views, rejected), Decode(RecordFormat.MuxJson, Encoding.UTF8.GetBytes(text.Replace("{A}", Json))));

    [Fact]
    public void Decode_Protobuf_IsAMessageOrMessagesBehindTheirLengths()
    {
        byte[] delimited = [(byte)Message.Length, .. Message];
        Assert.Equal((1, 0), Decode(RecordFormat.MuxProtobuf, Message));
        Assert.Equal((1, 0), Decode(RecordFormat.MuxProtobuf, delimited));
        Assert.Equal((3, 0), Decode(RecordFormat.MuxProtobuf, [.. delimited, .. delimited, .. delimited]));
        Assert.Equal((1, 0), Decode(RecordFormat.MuxProtobuf, [0, 0, 0, 1, 7, 0, .. Message]));
        Assert.Equal((1, 0), Decode(RecordFormat.MuxProtobuf, [0, 0, 0, 1, 7, 4, 2, 0, .. Message]));
        Assert.Equal((0, 1), Decode(RecordFormat.MuxProtobuf, [.. delimited, 7, 1]));
        Assert.Equal((0, 1), Decode(RecordFormat.MuxProtobuf, []));
    }

    [Fact]
    public void Decode_ValueThatIsTooLong_IsRejectedOnceAndSampled()
    {
        var batch = new ViewBatch("p");
        Decode(RecordFormat.AccessLog, Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Line, 20))), batch);
        Assert.Equal((0, 1), (batch.ViewCount, batch.Rejected[(int)RejectionReason.TooLong]));
        Assert.Equal(256, Assert.Single(batch.Samples).Record.Length);
    }

    [Fact]
    public void Decode_AvroOfASchemaRegistry_IsTheSampleWithItsFirstBytes()
    {
        var batch = new ViewBatch("p");
        Decode(RecordFormat.MuxJson, [0, 0, 0, 0, 2, 0x20, .. "abcdefghijklmnop"u8], batch);
        Assert.StartsWith(
            "looks like a record of a schema registry",
            ForeignValue.NameOf(batch.Bytes(Assert.Single(batch.Samples).Record)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_RubbishAmongObjects_IsTheSample()
    {
        var batch = new ViewBatch("p");
        Decode(RecordFormat.MuxJson, Encoding.UTF8.GetBytes($"{Json}\nrubbish\n{Json}"), batch);
        Assert.Equal("rubbish", batch.String(Assert.Single(batch.Samples).Record));
    }

    private static (int Views, int Rejected) Decode(RecordFormat format, byte[] value, ViewBatch? batch = null)
    {
        batch ??= new("p");
        new ValueDecoding(format, new(), maximumBytes: 1000).Decode(batch, value, arrivalTime: 1);
        Assert.All(batch.Views.ToArray(), view => Assert.Equal(1, view.ArrivalTime));
        return (batch.ViewCount, batch.RejectedCount);
    }
}
