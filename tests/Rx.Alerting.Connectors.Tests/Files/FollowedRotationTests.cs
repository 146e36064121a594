using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Logs that are rotated while they are read: every view once, in order, in one partition.</summary>
public sealed class FollowedRotationTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_RenamedInMidStream_ReadsTheOldFileToItsEndThenTheNewOne(bool inodes)
    {
        log.Write(Ids(0, 5));
        var collector = log.Read(log.Options() with { HasInodes = inodes });
        await log.IdleAsync(collector, 5);
        log.Write(Ids(5, 5));
        log.Rotate();
        log.Write(log.Log + ".1", Ids(10, 5));
        log.Write(Ids(15, 5));
        await log.IdleAsync(collector, 20);
        Assert.Equal(Ids(0, 20), collector.Ids(log.Log));
        Assert.Equal(1, log.Counters.Rotations);
        Assert.Equal([log.Log], collector.Batches.Select(batch => batch.Partition).Distinct());
    }

    [Fact]
    public async Task Read_WriterStaysAtTheRenamedFile_IsReadUntilTheNewOneIsWritten()
    {
        log.Write(Ids(0, 1));
        var collector = log.Read();
        await log.IdleAsync(collector, 1);
        log.Rotate();
        File.WriteAllText(log.Log, string.Empty);
        for (var i = 1; i < 6; i++)
        {
            log.Write(log.Log + ".1", Ids(i, 1));
            await log.IdleAsync(collector, i + 1);
        }

        log.Write(Ids(6, 1));
        await log.IdleAsync(collector, 7);
        Assert.Equal(Ids(0, 7), collector.Ids(log.Log));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(1)]
    public async Task Read_SeveralRotationsBetweenTwoLooks_ReadsAllThatAreKept(int keep)
    {
        log.Write(Ids(0, 4));
        var collector = log.Read(log.Options() with { PollInterval = TimeSpan.FromMilliseconds(300) });
        await log.IdleAsync(collector, 4);
        log.Write(Ids(4, 4));
        log.Rotate(keep);
        log.Write(Ids(8, 4));
        log.Rotate(keep);
        log.Write(Ids(12, 4));
        await log.IdleAsync(collector, 16);
        Assert.Equal(Ids(0, 16), collector.Ids(log.Log));
        Assert.Equal(2, log.Counters.Rotations);
    }

    [Fact]
    public async Task Read_RotatedAndCompressedMeanwhile_IsNotReadTwice()
    {
        log.Write(Ids(0, 4));
        var collector = log.Read();
        await log.IdleAsync(collector, 4);
        log.Rotate();
        log.Compress(log.Log + ".1");
        log.Write(Ids(4, 4));
        await log.IdleAsync(collector, 8);
        Assert.Equal(Ids(0, 8), collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_HalfALineAtTheEndOfARotatedFile_IsOneMoreRecord()
    {
        log.Write(Ids(0, 2));
        var collector = log.Read();
        await log.IdleAsync(collector, 2);
        log.Write(log.Log, Ids(2, 1), whole: false);
        log.Rotate();
        log.Write(Ids(3, 1));
        await log.IdleAsync(collector, 4);
        Assert.Equal(Ids(0, 4), collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_CopiedAndCutOff_ReadsTheCopyToItsEndFirst()
    {
        log.Write(Ids(0, 4));
        var collector = log.Read(log.Options() with { PollInterval = TimeSpan.FromMilliseconds(300) });
        await log.IdleAsync(collector, 4);
        log.Write(Ids(4, 4));
        log.CopyAndTruncate();
        log.Write(Ids(8, 2));
        await log.IdleAsync(collector, 10);
        Assert.Equal(Ids(0, 10), collector.Ids(log.Log));
        Assert.Equal(1, log.Counters.Truncations);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public async Task Read_CutOff_StartsAtTheBeginning(int countAfterwards)
    {
        log.Write(Ids(0, 4));
        var collector = log.Read(log.Options() with { PollInterval = TimeSpan.FromMilliseconds(300) });
        await log.IdleAsync(collector, 4);
        File.WriteAllText(log.Log, string.Empty);
        log.Write(Ids(4, countAfterwards));
        await log.IdleAsync(collector, 4 + countAfterwards);
        Assert.Equal(Ids(0, 4 + countAfterwards), collector.Ids(log.Log));
        Assert.Equal((1, 0), (log.Counters.Truncations, log.Counters.Gaps));
    }

    [Fact]
    public async Task Read_DeletedAndMadeAnew_GoesOnWithTheNewFile()
    {
        log.Write(Ids(0, 4));
        var collector = log.Read();
        await log.IdleAsync(collector, 4);
        File.Delete(log.Log);
        log.Write(Ids(4, 1));
        await log.IdleAsync(collector, 5);
        Assert.Equal(Ids(0, 5), collector.Ids(log.Log));
        Assert.DoesNotContain(collector.Batches, batch => batch.Status == PartitionStatus.Finished);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ManyRotationsBesideTheWriter_GivesEveryViewOnce(bool compressed)
    {
        var collector = log.Read(log.Options() with { BatchViews = 100 });
        await log.IdleAsync(collector, 0);
        for (var round = 0; round < 40; round++)
        {
            log.Write(Ids(round * 25, 25));
            if (round % 3 == 2)
            {
                log.Rotate(keep: 50);
                if (compressed)
                    log.Compress(log.Log + ".1");
            }

            if (round % 7 == 0)
                await log.IdleAsync(collector, round * 10);
        }

        await log.IdleAsync(collector, 1000);
        Assert.Equal(Ids(0, 1000), collector.Ids(log.Log));
    }

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];
}
