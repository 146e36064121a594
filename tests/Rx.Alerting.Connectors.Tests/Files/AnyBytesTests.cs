using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Properties that hold for any bytes, in any format, however they arrive.</summary>
public sealed class AnyBytesTests : IDisposable
{
    private static readonly RecordFormat[] Formats = [RecordFormat.MuxJson, RecordFormat.MuxProtobuf, RecordFormat.AccessLog];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_AnyBytes_EveryLineIsCountedOnceAndEveryRecordOnALineAtMostOnce() => ForAll((bytes, _) =>
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n', '\r').Select(line => Regex.Replace(line, "^(\0|\u00EF\u00BB\u00BF)+", ""));
        var filled = lines.Where(line => line.Trim(' ', '\t').Length > 0).ToArray();
        var records = Read(bytes, RecordFormat.AccessLog).Records;
        return records >= filled.Length && records <= filled.Sum(line => Math.Max(1, Regex.Count(line, @"\[17/May")));
    });

    [Fact]
    public void Read_AnyBlockSize_GivesTheSame() => ForAll((bytes, blockBytes) => Formats.All(format =>
        Same(Read(bytes, format), Read(bytes, format, blockBytes: blockBytes), samePartition: true)));

    [Fact]
    public void Read_AnyParallelism_GivesTheSame() => ForAll((bytes, _) => Formats.All(format =>
        Same(Read(bytes, format, parallelism: 1), Read(bytes, format, parallelism: 3), samePartition: true)));

    [Fact]
    public void Read_Gzip_GivesTheSameAsPlain() => ForAll((bytes, _) => Formats.All(format =>
        Same(Read(bytes, format), Read(FileReading.Gzip(bytes), format), samePartition: false)));

    [Fact]
    public void Read_GzipCutAnywhere_IsReportedAndKeepsABeginning()
    {
        var lines = Enumerable.Range(0, 20).Select(second => FileReading.Line(second)).ToArray();
        var gzip = FileReading.Gzip(FileReading.Lines(lines));
        var whole = Read(gzip, RecordFormat.MuxJson);
        for (var length = 2; length < gzip.Length; length++)
        {
            var cut = Read(gzip[..length], RecordFormat.MuxJson);
            Assert.Single(cut.Problems);
            Assert.Equal(whole.Views.Take(cut.Views.Count).Select(WithoutPartition), cut.Views.Select(WithoutPartition));
        }
    }

    private static void ForAll(Func<byte[], int, bool> property)
    {
        byte[][] pieces =
        [
            .. new[] { "\n", "\r\n", "\r", " ", "{", "}", "\n\n", "rubbish", new string('x', 200) }.Select(Encoding.UTF8.GetBytes),
            Encoding.UTF8.GetBytes(FileReading.Line(1)),
            Encoding.UTF8.GetBytes(FileReading.Line(2, "\\u0041title", "p\\n")),
            Encoding.UTF8.GetBytes(FileReading.Line(3)[..^9] + "\r\n"),
            "{\n  \"a\": [\n    1,"u8.ToArray(), "\uFEFF"u8.ToArray(), "\"{"u8.ToArray(),
            Encoding.UTF8.GetBytes("h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 503 -"),
            [11, 0x12, 1, (byte)'p', 0x22, 6, 0x08, 0x8F, 0xEF, 0xE0, 0xAA, 0x05],
            [0x00], [0xFF], [0xC3, 0x28], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        ];
        var bytes = Gen.Elements(pieces).ArrayOf().Select(some => some.SelectMany(piece => piece).ToArray());
        var cases = bytes.SelectMany(_ => Gen.Choose(1, 100), (content, blockBytes) => (content, blockBytes));
        Prop.ForAll(cases.ToArbitrary(), one => property(one.content, one.blockBytes)).QuickCheckThrowOnFailure();
    }

    private static bool Same(FileReading one, FileReading other, bool samePartition) =>
        one.Views.Select(WithoutPartition).SequenceEqual(other.Views.Select(WithoutPartition))
        && one.Rejected.OrderBy(pair => pair.Key).SequenceEqual(other.Rejected.OrderBy(pair => pair.Key))
        && (!samePartition || one.Batches.SequenceEqual(other.Batches))
        && one.Progress.Records == other.Progress.Records;

    private static string WithoutPartition(string view) => view[..view.LastIndexOf(' ')];

    private FileReading Read(byte[] bytes, RecordFormat format, int blockBytes = 4096, int parallelism = 1) => FileReading.Of(new()
    {
        Paths = [folder.File("f", bytes)],
        Format = format,
        BatchViews = 3,
        MaximumRecordBytes = 150,
        BlockBytes = blockBytes,
        MaximumDegreeOfParallelism = parallelism,
    });
}
