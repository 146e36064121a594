using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>What is in a file that is followed, or keeps it from being read.</summary>
public sealed class FollowedInputTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Read_HalfALine_WaitsUntilItIsWhole()
    {
        var line = FileReading.Line(1, "title");
        var collector = log.Read();
        await log.IdleAsync(collector, 0);
        for (var i = 0; i < line.Length - 1; i += 7)
        {
            File.AppendAllText(log.Log, line[i..Math.Min(line.Length - 1, i + 7)]);
            Assert.Empty(await log.ReadAsync(0));
        }

        Assert.Empty(collector.Ids(log.Log));
        File.AppendAllText(log.Log, line[^1..] + "\n" + line[..10]);
        await log.IdleAsync(collector, 1);
        Assert.Equal(["title"], collector.Ids(log.Log));
        Assert.EndsWith($"@{line.Length + 1}", collector.Positions()[log.Log], StringComparison.Ordinal);
        Assert.Equal(0, collector.Batches.Sum(batch => batch.Rejected));
    }

    [Fact]
    public async Task Read_ObjectsWithoutLineEnds_CountAsSoonAsTheyAreWhole()
    {
        string[] lines = [.. Enumerable.Range(0, 6).Select(second => FileReading.Line(second, $"{second}"))];
        var collector = log.Read();
        await log.IdleAsync(collector, 0);
        for (var i = 0; i < 3; i++)
        {
            File.AppendAllText(log.Log, lines[i]);
            await log.IdleAsync(collector, i + 1);
        }

        using (var again = log.Read(positions: collector.Positions()))
        {
            File.AppendAllText(log.Log, lines[3] + lines[4][..20]);
            await log.IdleAsync(again, 1);
            File.AppendAllText(log.Log, lines[4][20..] + " \n" + lines[5] + "\n");
            await log.IdleAsync(again, 3);
            Assert.Equal(["3", "4", "5"], again.Ids(log.Log));
        }

        await log.IdleAsync(collector, 6);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], collector.Ids(log.Log));
        Assert.Equal(0, collector.Batches.Sum(batch => batch.Rejected));
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public async Task Read_LogWithCarriageReturns_CountsEveryLineAsSoonAsItIsWhole(string lineEnd)
    {
        string[] lines = [
            .. Enumerable.Range(0, 4).Select(id => $"h - - [17/May/2015:10:05:03 +0000] \"GET /{id} HTTP/1.1\" 503 -{lineEnd}")];
        File.WriteAllText(log.Log, lines[0][..^lineEnd.Length]);
        var collector = log.Read();
        await log.IdleAsync(collector, 0);
        File.AppendAllText(log.Log, "\r");
        await log.IdleAsync(collector, 1);
        File.AppendAllText(log.Log, lineEnd[1..] + lines[1] + lines[2][..9]);
        await log.IdleAsync(collector, 2);
        var positions = collector.Positions();
        File.AppendAllText(log.Log, lines[2][9..] + lines[3]);
        await log.IdleAsync(collector, 4);
        Assert.Equal(["/0", "/1", "/2", "/3"], collector.Ids(log.Log));
        var again = log.Read(positions: positions);
        await log.IdleAsync(again, 2);
        Assert.Equal(["/2", "/3"], again.Ids(log.Log));
        Assert.Equal(0, collector.Batches.Concat(again.Batches).Sum(batch => batch.Rejected));
    }

    [Fact]
    public async Task Read_StartAtEndOfALogWithCarriageReturns_GivesTheLastLineThatIsNotWhole()
    {
        File.WriteAllText(
            log.Log,
            "h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 503 -\rh - - [17/May/2015:10:05:03 +0000] \"GET /b HTTP/1.1\" 5");
        var collector = log.Read(log.Options() with { StartAt = StartAt.Latest, Format = RecordFormat.AccessLog });
        await log.IdleAsync(collector, 0);
        File.AppendAllText(log.Log, "03 -\r");
        await log.IdleAsync(collector, 1);
        Assert.Equal(["/b"], collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_HugeLineInPieces_IsTooLongOnce()
    {
        var options = log.Options() with { MaximumRecordBytes = 1000, Format = RecordFormat.MuxJson };
        log.Write("a");
        var collector = log.Read(options);
        await log.IdleAsync(collector, 1);
        var before = collector.Positions();
        for (var i = 0; i < 20; i++)
            File.AppendAllText(log.Log, new string('x', 50_000));
        log.Write(log.At("other"), ["b"]);
        var both = log.Read(log.Options(log.Log, log.At("other")) with { MaximumRecordBytes = 1000 });
        await log.IdleAsync(both, 1);
        await log.IdleAsync(both, 1, log.At("other"));
        Assert.EndsWith(
            before[log.Log][before[log.Log].IndexOf('@', StringComparison.Ordinal)..], both.Positions()[log.Log], StringComparison.Ordinal);

        File.AppendAllText(log.Log, "\n");
        log.Write("c");
        await log.IdleAsync(collector, 2);
        Assert.Equal(["a", "c"], collector.Ids(log.Log));
        Assert.Equal(1, collector.Batches.Sum(batch => batch.Rejected));
    }

    [Fact]
    public async Task Read_NoFile_WaitsForItAndReadsItFromTheBeginning()
    {
        var collector = log.Read(log.Options() with { StartAt = StartAt.Latest });
        await log.IdleAsync(collector, 0);
        log.Write("a", "b");
        await log.IdleAsync(collector, 2);
        Assert.Equal(["a", "b"], collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_StartAtEnd_GivesWhatComesFromNowOn()
    {
        log.Write(log.Log, ["a", "b", "c"], whole: false);
        var collector = log.Read(log.Options() with { StartAt = StartAt.Latest });
        await log.IdleAsync(collector, 0);
        File.AppendAllText(log.Log, "\n");
        log.Write("d");
        await log.IdleAsync(collector, 2);
        Assert.Equal(["c", "d"], collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_ByteOrderMark_IsNoPartOfTheFirstRecord()
    {
        File.WriteAllBytes(log.Log, [0xEF]);
        var collector = log.Read(log.Options() with { Format = RecordFormat.MuxJson });
        await log.IdleAsync(collector, 0);
        using (var file = new FileStream(log.Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            file.Write([0xBB, 0xBF]);
        log.Write("a");
        await log.IdleAsync(collector, 1);
        Assert.Equal(0, collector.Batches.Sum(batch => batch.Rejected));
    }

    [Fact]
    public async Task Read_Protobuf_IsToldByItsFirstWholeRecord()
    {
        byte[] record = [11, 0x12, 1, (byte)'p', 0x22, 6, 0x08, 0x8F, 0xEF, 0xE0, 0xAA, 0x05];
        File.WriteAllBytes(log.Log, record[..6]);
        var collector = log.Read();
        await log.IdleAsync(collector, 0);
        using (var file = new FileStream(log.Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            file.Write([.. record[6..], .. record, .. record[..5]]);
        await log.IdleAsync(collector, 2);
        Assert.EndsWith($"@{record.Length * 2}", collector.Positions()[log.Log], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NoPermissionAtTheStart_NamesEveryFile()
    {
        var other = log.At("other.log");
        log.Write("a");
        log.Write(other, ["b"]);
        var options = log.Options(log.Log, other) with { OpenFile = _ => throw new UnauthorizedAccessException() };
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(1, options));
        Assert.Equal([$"{log.Log}: no permission to read it", $"{other}: no permission to read it"], failure.Faults);
    }

    [Fact]
    public async Task Read_NoPermissionForAWhile_IsTriedAgainAndCountedOnce()
    {
        log.Write("a");
        var (denied, plain) = (false, log.Options());
        var collector = log.Read(plain with
        {
            OpenFile = path => Volatile.Read(ref denied) && path == log.Log
                ? throw new UnauthorizedAccessException($"Access to {path} is denied")
                : plain.OpenFile(path),
        });
        await log.IdleAsync(collector, 1);
        Volatile.Write(ref denied, true);
        log.Rotate();
        log.Write("b");
        while (log.Counters.Unreadable == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        Volatile.Write(ref denied, false);
        await log.IdleAsync(collector, 2);
        Assert.Equal(["a", "b"], collector.Ids(log.Log));
        Assert.Equal(1, log.Counters.Unreadable);
    }
}
