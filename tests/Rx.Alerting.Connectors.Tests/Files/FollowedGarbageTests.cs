using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Followed files that hold no views, or no beginning of a record.</summary>
public sealed class FollowedGarbageTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Read_ProtobufFromItsEnd_IsRefused()
    {
        File.WriteAllBytes(log.Log, [11, 0x12, 1, (byte)'p', 0x22, 6, 0x08, 0x8F, 0xEF, 0xE0, 0xAA, 0x05]);
        var failure = await Assert.ThrowsAsync<FileSourceException>(
            () => log.ReadAsync(0, log.Options() with { StartAt = StartAt.Latest }));
        Assert.EndsWith(
            "nothing tells where records begin in the middle; set Follow:StartAt to beginning", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_BinaryGarbage_IsRefusedByItsName()
    {
        File.WriteAllBytes(log.Log, Noise());
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(1));
        Assert.Equal(
            $"{log.Log}: not recognised: no JSON or Protocol Buffers of Mux Data, and no access log in the common or combined format; "
            + $"set Follow:Format to mux-json, mux-protobuf or access-log",
            failure.Message);
    }

    [Fact]
    public async Task Read_BinaryGarbageOfAGivenFormat_IsRejectedAndReadingGoesOn()
    {
        File.WriteAllBytes(log.Log, [.. Noise(), (byte)'\n']);
        log.Write("a");
        var collector = log.Read(log.Options() with { Format = RecordFormat.MuxJson, BatchViews = 1000 });
        await log.IdleAsync(collector, 1);
        Assert.Equal(["a"], collector.Ids(log.Log));
        Assert.InRange(collector.Batches.Sum(batch => batch.Rejected), 300, 2000);
    }

    [Fact]
    public async Task Read_GarbageInProtobuf_GoesOnWithTheNextFile()
    {
        byte[] record = [11, 0x12, 1, (byte)'p', 0x22, 6, 0x08, 0x8F, 0xEF, 0xE0, 0xAA, 0x05];
        File.WriteAllBytes(log.Log, [.. record, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3]);
        var collector = log.Read();
        await log.IdleAsync(collector, 1);
        Assert.Equal(1, log.Counters.Unreadable);
        log.Rotate();
        File.WriteAllBytes(log.Log, record);
        await log.IdleAsync(collector, 2);
        Assert.Equal(1, collector.Batches.Sum(batch => batch.Rejected));
    }

    [Fact]
    public async Task Read_Gzip_IsRefusedByItsName()
    {
        File.WriteAllBytes(log.Log, FileReading.Gzip(FileReading.Lines(FileReading.Line(1))));
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(1));
        Assert.Equal($"{log.Log}: is compressed with gzip, and compressed files do not grow; read it with replay", failure.Message);
    }

    private static byte[] Noise()
    {
        var noise = new byte[200_000];
        new Random(7).NextBytes(noise);
        return noise;
    }
}
