using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>What is found where nothing has been read yet.</summary>
public sealed class FollowedStartTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(StartAt.Earliest, 0)]
    [InlineData(StartAt.Beginning, 4)]
    public async Task Read_RotatedBeforeTheFirstReading_IsReadIfItStartsAtTheOldest(StartAt start, int first)
    {
        for (var i = 0; i < 3; i++)
        {
            log.Write($"v{i * 2}", $"v{(i * 2) + 1}");
            if (i < 2)
                log.Rotate();
        }

        log.Compress($"{log.Log}.2");
        var read = await log.ReadAsync(6 - first, log.Options() with { StartAt = start });
        Assert.Equal(Enumerable.Range(first, 6 - first).Select(i => $"v{i}"), read);
        Assert.Equal(first == 0 ? 2 : 0, log.Counters.Rotations);
    }

    [Fact]
    public async Task Read_OnlyRotatedFilesAtFirst_StartsAtTheOldestAndGoesOn()
    {
        log.Write("a");
        log.Rotate();
        var collector = log.Read(log.Options() with { StartAt = StartAt.Earliest });
        await log.IdleAsync(collector, 1);
        log.Write("b");
        await log.IdleAsync(collector, 2);
        Assert.Equal(["a", "b"], collector.Ids(log.Log));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_RotatedAndCompressedBeforeAnyViewWasRead_ReadsTheCompressedFile(bool inodes)
    {
        var options = log.Options() with { HasInodes = inodes };
        log.Write(Ids(0, 6));
        var first = await FirstPositionAsync(options);
        log.Write(Ids(6, 2));
        log.Rotate();
        log.Compress($"{log.Log}.1");
        log.Write(Ids(8, 2));
        Assert.Equal(Ids(0, 10), await log.ReadAsync(10, options, first));
        Assert.Equal(0, log.Counters.Gaps);
    }

    [Fact]
    public async Task Read_EmptyFileOfThePositionIsCompressed_IsACountedGap()
    {
        File.WriteAllText(log.Log, string.Empty);
        var first = await FirstPositionAsync(log.Options());
        log.Write(Ids(0, 2));
        log.Rotate();
        log.Compress($"{log.Log}.1");
        log.Write(Ids(2, 2));
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(2, positions: first));
        Assert.Contains("set Follow:OnGap to skip", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Ids(2, 2), await log.ReadAsync(2, log.Options() with { OnGap = OnGap.Skip }, first));
        Assert.Equal(1, log.Counters.Gaps);
    }

    [Fact]
    public async Task Read_CopiedAndCutOffBeforeAnyViewWasRead_ReadsTheCopy()
    {
        log.Write(Ids(0, 6));
        var first = await FirstPositionAsync(log.Options());
        log.CopyAndTruncate();
        log.Write(Ids(6, 2));
        Assert.Equal(Ids(0, 8), await log.ReadAsync(8, positions: first));
    }

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];

    /// <summary>The positions that are committed if a crash comes before the first view.</summary>
    private async Task<Dictionary<string, string>> FirstPositionAsync(FollowOptions options)
    {
        using var collector = log.Read(options);
        await collector.UntilAsync(_ => collector.Batches.Count > 0, "the log is announced");
        return BatchCollector.PositionsAfter(collector.Batches.Take(1));
    }
}
