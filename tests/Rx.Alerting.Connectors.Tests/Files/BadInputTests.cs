using System.Text;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Whatever is wrong with a file: a clear message or a counted reason, and nothing else is lost.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData(RecordFormat.MuxJson)]
    [InlineData(RecordFormat.MuxProtobuf)]
    [InlineData(RecordFormat.AccessLog)]
    public void Read_EmptyFile_FinishesWithoutViews(RecordFormat? format)
    {
        var reading = Read([], format);
        Assert.Equal(0, reading.Records);
        Assert.Equal(PartitionStatus.Finished, reading.Batches[^1].Status);
        Assert.Empty(reading.Problems);
    }

    [Fact]
    public void Read_EmptyGzip_FinishesWithoutViews() => Assert.Equal(0, Read(FileReading.Gzip([])).Records);

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void Read_TruncatedGzip_KeepsWhatCameBeforeAndReportsTheRest(int views)
    {
        var random = new Random(1);
        var lines = Enumerable.Range(0, views).Select(second => FileReading.Line(second, $"{random.NextInt64()}")).ToArray();
        var gzip = FileReading.Gzip(FileReading.Lines(lines));
        var whole = folder.File("whole.jsonl.gz", gzip);
        var cut = folder.File("cut.jsonl.gz", gzip.AsSpan(0, gzip.Length * 2 / 3));
        var reading = FileReading.Of(new() { Paths = [cut, whole] });

        var ofCut = reading.Views.Where(view => view.EndsWith(cut, StringComparison.Ordinal)).ToArray();
        var ofWhole = reading.Views.Where(view => view.EndsWith(whole, StringComparison.Ordinal)).ToArray();
        Assert.Equal(views, ofWhole.Length);
        Assert.InRange(ofCut.Length, views / 3, views - 1);
        Assert.Equal(ofWhole.Take(ofCut.Length).Select(view => view.Replace(whole, cut)), ofCut);
        Assert.Equal(1, reading.Rejected.GetValueOrDefault(RejectionReason.Malformed));
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(cut, problem.File);
        Assert.Contains("cut off or damaged", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HalfALineAtTheEnd_IsMalformed()
    {
        var reading = Read(Encoding.UTF8.GetBytes(FileReading.Line(1) + "\n" + FileReading.Line(2)[..30]));
        Assert.Single(reading.Views);
        Assert.Equal(1, reading.Rejected[RejectionReason.Malformed]);
    }

    [Theory]
    [InlineData(128 << 10)]
    [InlineData(1000)]
    public void Read_TenMegabyteLine_IsTooLongOnce(int blockBytes)
    {
        var path = folder.File(
            "f", FileReading.Lines(FileReading.Line(1), FileReading.Line(2, new string('x', 10_000_000)), FileReading.Line(3)));
        var reading = FileReading.Of(new() { Paths = [path], BlockBytes = blockBytes });
        Assert.Equal(2, reading.Views.Count);
        Assert.Equal(1, reading.Rejected[RejectionReason.TooLong]);
    }

    [Fact]
    public void Read_LongLineWithoutEnd_IsTooLongOnce()
    {
        var reading = Read(Encoding.UTF8.GetBytes(FileReading.Line(1) + "\n{" + new string(' ', 10_000_000)));
        Assert.Single(reading.Views);
        Assert.Equal(1, reading.Rejected[RejectionReason.TooLong]);
    }

    [Fact]
    public void Read_LongestLine_IsARecord()
    {
        var line = FileReading.Line(1, "a title of some length");
        Assert.Single(
            FileReading.Of(new() { Paths = [folder.File("f", FileReading.Lines(line))], MaximumRecordBytes = line.Length }).Views);
        Assert.Empty(
            FileReading.Of(new() { Paths = [folder.File("f", FileReading.Lines(line))], MaximumRecordBytes = line.Length - 1 }).Views);
    }

    [Fact]
    public void Read_BadRecords_AreCountedByReason()
    {
        var reading = Read(FileReading.Lines(
            FileReading.Line(2, property: ""),
            "{\"view_end\":1767225600}",
            "{\"property_id\":\"p\"}",
            FileReading.Line(-1_767_225_601),
            FileReading.Line(long.MaxValue),
            "{\"property_id\":\"p\",\"property_id\":\"q\",\"view_end\":1767225600}",
            "rubbish"));
        Assert.StartsWith("q  1767225600000 ", Assert.Single(reading.Views), StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<RejectionReason, int>
            {
                [RejectionReason.MissingProperty] = 2,
                [RejectionReason.MissingEventTime] = 1,
                [RejectionReason.InvalidEventTime] = 2,
                [RejectionReason.Malformed] = 1,
            },
            reading.Rejected);
    }

    [Fact]
    public void Read_BinaryFileCalledJsonl_IsNotRecognised()
    {
        var path = folder.File("binary.jsonl", Noise(100_000));
        Assert.Equal(
            [$"{path}: not recognised: no JSON or Protocol Buffers of Mux Data, and no access log in the common or combined format; "
                + $"say what it is with --format mux-json, mux-protobuf or access-log"],
            Faults(path));
    }

    [Theory]
    [InlineData(RecordFormat.MuxJson)]
    [InlineData(RecordFormat.AccessLog)]
    public void Read_BinaryFileReadAsText_IsRejected(RecordFormat? format)
    {
        var noise = Noise(100_000);
        var reading = Read(noise, format);
        Assert.Empty(reading.Views);
        Assert.InRange(reading.Records, 300, noise.Count(value => value is (byte)'\n' or (byte)'\r' or (byte)'{') + 1);
        Assert.Equal([RejectionReason.Malformed], reading.Rejected.Keys);
    }

    [Fact]
    public void Read_BinaryFileReadAsProtobuf_ReportsWhereRecordsAreLost()
    {
        byte[] broken = [3, 0x12, 1, (byte)'p', 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3];
        var reading = Read(broken, RecordFormat.MuxProtobuf);
        Assert.Equal(1, reading.Rejected[RejectionReason.MissingEventTime]);
        Assert.Equal(1, reading.Rejected[RejectionReason.Malformed]);
        Assert.Equal("at byte 4 is no length of a record; what follows cannot be read", reading.Problems.Single().Message);
    }

    [Fact]
    public void Read_ProtobufWithAWrongLength_ReportsWhatWasNotRead()
    {
        byte[] broken = [3, 0x12, 1, (byte)'p', 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3];
        var reading = Read(broken, RecordFormat.MuxProtobuf);
        Assert.Equal(1, reading.Rejected[RejectionReason.TooLong]);
        Assert.StartsWith(
            "the record at byte 4 is longer than all that follows", reading.Problems.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ZerosBeforeTheFirstLine_AreNoRecord()
    {
        var path = folder.File("f", [.. new byte[300_000], .. FileReading.Lines(FileReading.Line(1), FileReading.Line(2))]);
        var reading = FileReading.Of(new() { Paths = [path], BatchViews = 1 });
        Assert.Equal((2, 2), (reading.Views.Count, reading.Records));
        Assert.Single(
            FileReading.Of(new() { Paths = [path] }, new Dictionary<string, string> { [path] = reading.Batches[1].Position! }).Views);
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        return noise;
    }

    private static IReadOnlyList<string> Faults(params string[] paths) =>
        Assert.Throws<FileSourceException>(() => FileViewSource.Open(new() { Paths = paths })).Faults;

    private FileReading Read(byte[] content, RecordFormat? format = null) =>
        FileReading.Of(new() { Paths = [folder.File("f", content)], Format = format });
}
