using System.Text;
using Google.Protobuf;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Tests.Files;

public sealed class FormatDetectionTests
{
    private const string JsonLine = """{"property_id":"p","view_end":1767225600}""";
    private const string LogLine = "h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 12";

    [Theory]
    [InlineData("{\"property_id\":\"p\"}\n", RecordFormat.MuxJson)]
    [InlineData("\uFEFF\n  {\"a\":1}", RecordFormat.MuxJson)]
    [InlineData("{", RecordFormat.MuxJson)]
    [InlineData("", RecordFormat.MuxJson)]
    [InlineData("\r\n\r\n", RecordFormat.MuxJson)]
    [InlineData(LogLine, RecordFormat.AccessLog)]
    [InlineData("# a comment\n\n" + LogLine + "\n", RecordFormat.AccessLog)]
    [InlineData("a,b,c\n1,2,3\n", null)]
    [InlineData("[{\"property_id\":\"p\"}]", RecordFormat.MuxJson)]
    [InlineData("\n[ \n{", RecordFormat.MuxJson)]
    [InlineData("[]", RecordFormat.MuxJson)]
    [InlineData("[2026-05-17T10:00:00.000Z] \"GET / HTTP/1.1\" 200", null)]
    [InlineData("rubbish\n" + JsonLine + "\n", RecordFormat.MuxJson)]
    [InlineData("{\"property_id\":\"p\n" + JsonLine + "\n", RecordFormat.MuxJson)]
    [InlineData("{\"severity\":\"info\"}\n" + LogLine + "\n", RecordFormat.AccessLog)]
    [InlineData("\0\0\0" + LogLine, RecordFormat.AccessLog)]
    [InlineData(" \n\t", RecordFormat.MuxJson)]
    [InlineData("<xml/>", null)]
    public void Detect_Text_TellsTheFormat(string head, RecordFormat? expected) =>
        Assert.Equal(expected, FormatDetection.Detect(Encoding.UTF8.GetBytes(head)));

    [Theory]
    [InlineData(1)]
    [InlineData(97)]
    [InlineData(5000)]
    public void Detect_Protobuf_IsToldByItsFirstRecord(int titleLength)
    {
        // With a title of 97 letters, the length of the record is 123, which is an opening brace. An LF follows it.
        var view = new MemoryStream();
        var output = new CodedOutputStream(view);
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString("view0001");
        output.WriteTag(2, WireFormat.WireType.LengthDelimited);
        output.WriteString("p");
        output.WriteTag(4, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(0x08, 0x8F, 0xEF, 0xE0, 0xAA, 0x05));
        output.WriteTag(73, WireFormat.WireType.LengthDelimited);
        output.WriteString(new string('x', titleLength));
        output.Flush();
        var file = new MemoryStream();
        for (var i = 0; i < 3; i++)
        {
            var delimited = new CodedOutputStream(file, leaveOpen: true);
            delimited.WriteBytes(ByteString.CopyFrom(view.ToArray()));
            delimited.Flush();
        }

        Assert.Equal(RecordFormat.MuxProtobuf, FormatDetection.Detect(file.ToArray()));
        Assert.Equal(RecordFormat.MuxProtobuf, FormatDetection.Detect([2, 0x12, 0, .. file.ToArray()]));
    }
}
