using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Framing;

/// <summary>JSON objects, however they follow each other, and rubbish among them.</summary>
public sealed class JsonFramingTests : IDisposable
{
    private static readonly string[] Objects =
    [
        """{"property_id":"p","video_id":"t","view_end":1767225600}""",
        """{"property_id":"p","video_id":"}{\"}{","view_end":1767225600}""",
        """{"property_id":"p","video_id":"\\","view_end":1767225600,"x":{"y":[{},{"z":[1,-2.5e+3,true,null]},[]]}}""",
        """ { "view_end" : 1767225600 , "property_id" : "p" , "x" : [ ] } """,
        "{\n  \"property_id\": \"p\",\n  \"x\": {\n    \"y\": [\n      {\n        \"z\": 1\n      }\n    ]\n  },\n  \"view_end\": "
        + "1767225600\n}",
        "{\r\n\"property_id\":\"p\",\r\n\"view_end\":1767225600\r\n}",
    ];

    private static readonly string[] Between = ["", "", "", "\n", "\r\n", " ", "\t \n\n", ",", ",\n", "]\n[", "\0\0", "\n\u001E", "\uFEFF"];

    /// <summary>Each is a line that is not an object, whatever the next line is.</summary>
    private static readonly string[] Rubbish =
    [
        "rubbish", "{\"a\":1,\"b\":\"cut", "{\"a\":1,", "{\"a\"", "{\"m\":\"he said \"hi\"\",\"d\":{\"x\":1}}", "{\"a\":tru e}",
        "{]", "\"}", "<p style=\"{x}\">", "é",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_ObjectsWithAnythingBetween_GivesEachOnce() =>
        ForAll(Gen.Elements(Objects).Zip(Gen.Elements(Between), (one, between) => (one + between, 1, 0)));

    [Fact]
    public void Read_RubbishAmongObjects_CostsItsLineOnly()
    {
        var objects = Gen.Elements(Objects).Zip(Gen.Elements(Between), (one, between) => (one + between, 1, 0));
        var rubbish = Gen.Elements(Rubbish).Select(line => ("\n" + line + "\n", 0, 1));
        ForAll(Gen.OneOf(objects, objects, rubbish));
    }

    [Theory]
    [InlineData("{A}garbage{A}{A}", 3, 1)]
    [InlineData("{A}garbage{\n \"property_id\":\"p\",\"view_end\":1767225600}", 2, 1)]
    [InlineData("{A}{\"m\":\"he said \"hi\"\"}{A}{A}", 3, 1)]
    [InlineData("{A}{\"m\":\"he said \"hi\"\",\"d\":{\"x\":1}} {A}", 2, 1)]
    [InlineData("[{A},{A}]", 2, 0)]
    [InlineData("[]", 0, 0)]
    [InlineData("{\n  \"a\": \"x\"y\",\n  \"b\": [\n    1\n  ]\n}\n{A}", 1, 1)]
    [InlineData("{\"a\":1,\n {A}\n{A}", 2, 1)]
    [InlineData("{A}{A", 1, 1)]
    [InlineData("{A}\n{\n  \"a\": 1,\n", 1, 1)]
    [InlineData("{\"a\":\n{A}\n", 1, 1)]
    [InlineData("{\"a\":1}{A}\n{A}", 2, 1)]
    [InlineData("{A}}{A}\n", 2, 1)]
    public void Read_OddText_GivesWhatIsWhole(string text, int views, int rejected) =>
        Holds(text.Replace("{A}", Objects[0]).Replace("{A", Objects[0][..^1]), views, rejected);

    [Fact]
    public void Read_MoreLevelsThanAreRead_CostTheirLineOnly()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        Holds($"{Objects[0]}\n{deep}\n{Objects[0]}", 2, 1);
    }

    [Theory]
    [InlineData("{A}{L}{A}{A}")]
    [InlineData("{A}\n{L}\n{A}\n{A}\n")]
    [InlineData("{A}\n{\n  \"x\": [\n{L},\n{L}\n],\n  \"property_id\": 1\n}\n{A}{A}")]
    public void Read_ObjectThatIsTooLong_IsPassedOverToItsEnd(string text)
    {
        var longer = "{\"x\":\"}" + new string('x', 3000) + "\\\"{\",\"y\":[{}]}";
        Holds(
            text.Replace("{A}", Objects[0]).Replace("{L}", longer[1..].Insert(0, text.Contains("{L},") ? " {" : "{")),
            3,
            1,
            RejectionReason.TooLong);
    }

    [Theory]
    [InlineData("{\"x\":\"", "\n")]
    [InlineData("{\"x\":[1", "\n")]
    [InlineData("rubbish", "\n")]
    public void Read_LineThatIsTooLongAndCutOff_CostsThatLineOnly(string begin, string end) =>
        Holds($"{Objects[0]}\n{begin}{new string('1', 3000)}{end}{Objects[0]}\n{Objects[0]}\n", 3, 1, RejectionReason.TooLong);

    [Fact]
    public void Read_LongRunOfZerosAndBlanks_IsNoRecord() =>
        Holds(Objects[0] + new string('\0', 5000) + new string(' ', 5000) + Objects[0], 2, 0);

    [Fact]
    public void Read_ObjectsWithoutLineEnds_GoesOnFromAnyBatch()
    {
        var path = folder.File(
            "f", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20).Select(second => FileReading.Line(second)))));
        var whole = FileReading.Of(new() { Paths = [path], BatchViews = 3 });
        for (var batch = 1; batch < whole.Batches.Count; batch++)
        {
            var rest = FileReading.Of(
                new() { Paths = [path], BatchViews = 3 }, new Dictionary<string, string> { [path] = whole.Batches[batch].Position! });
            Assert.Equal(whole.Views.Skip(batch * 3), rest.Views);
        }
    }

    private void ForAll(Gen<(string Text, int Views, int Rejected)> piece) => Prop.ForAll(
        piece.ArrayOf().ToArbitrary(),
        pieces => Holds(
            string.Concat(pieces.Select(one => one.Text)),
            pieces.Sum(one => one.Views),
            pieces.Sum(one => one.Rejected))).QuickCheckThrowOnFailure();

    /// <summary>The records are the same however many bytes are read at once, and if the text is the value of a message.</summary>
    private void Holds(string text, int views, int rejected, RejectionReason? reason = null)
    {
        foreach (var blockBytes in new[] { 1, 7, 100, 4096 })
        {
            var reading = FileReading.Of(new()
            {
                Paths = [folder.File("f", Encoding.UTF8.GetBytes(text))],
                Format = RecordFormat.MuxJson,
                BatchViews = 2,
                MaximumRecordBytes = 1000,
                BlockBytes = blockBytes,
                MaximumDegreeOfParallelism = 1,
            });
            Assert.Equal((text, blockBytes, views, rejected), (text, blockBytes, reading.Views.Count, reading.Rejected.Values.Sum()));
            Assert.All(reading.Rejected.Keys, key => Assert.Equal(reason ?? key, key));
        }
    }
}
