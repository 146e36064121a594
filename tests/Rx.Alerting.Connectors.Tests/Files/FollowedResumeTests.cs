using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>What is found behind a position, whatever happened to the files while nobody read them.</summary>
public sealed class FollowedResumeTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_RotatedWhileStopped_GoesOnInTheOldFile(bool inodes)
    {
        var options = log.Options() with { HasInodes = inodes };
        var positions = await ReadSomeAsync(options);
        log.Write(Ids(6, 2));
        for (var i = 0; i < 3; i++)
        {
            log.Rotate();
            log.Write(Ids(8 + (i * 2), 2));
        }

        Assert.Equal(Ids(6, 8), await log.ReadAsync(8, options, positions));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Read_RotatedAndCompressedWhileStopped_GoesOnInTheCompressedFile(int compressed)
    {
        var positions = await ReadSomeAsync();
        log.Write(Ids(6, 2));
        for (var i = 0; i < 3; i++)
        {
            log.Rotate();
            log.Write(Ids(8 + (i * 2), 2));
        }

        for (var i = 3; i > 3 - compressed; i--)
            log.Compress($"{log.Log}.{i}");
        Assert.Equal(Ids(6, 8), await log.ReadAsync(8, positions: positions));
    }

    [Fact]
    public async Task Read_CopiedAndCutOffWhileStopped_GoesOnInTheCopy()
    {
        var positions = await ReadSomeAsync();
        log.Write(Ids(6, 2));
        log.CopyAndTruncate();
        log.Write(Ids(8, 12));
        Assert.Equal(Ids(6, 14), await log.ReadAsync(14, positions: positions));
    }

    [Fact]
    public async Task Read_CopiedToAnotherMachine_GoesOnWhereItWas()
    {
        var positions = await ReadSomeAsync();
        log.Write(Ids(6, 2));
        File.Copy(log.Log, log.At("copy"));
        File.Delete(log.Log);
        File.Move(log.At("copy"), log.Log);
        Assert.Equal(Ids(6, 2), await log.ReadAsync(2, positions: positions));
    }

    [Fact]
    public async Task Read_RenamedToAnyName_IsReadToItsEnd()
    {
        var positions = await ReadSomeAsync();
        log.Write(Ids(6, 2));
        File.Move(log.Log, log.At("done"));
        log.Write(Ids(8, 2));
        Assert.Equal(Ids(6, 4), await log.ReadAsync(4, positions: positions));
    }

    [Fact]
    public async Task Read_FileOfThePositionIsGone_FailsAndSaysWhatToDo()
    {
        var positions = await ReadSomeAsync();
        Replace();
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(1, positions: positions));
        Assert.Contains(log.Log, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "is gone; set Follow:OnGap to skip to read the one that is there from its beginning",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileOfThePositionIsGoneAndGapsAreSkipped_CountsItAndReadsTheNewOne()
    {
        var positions = await ReadSomeAsync();
        Replace();
        Assert.Equal(Ids(6, 9), await log.ReadAsync(9, log.Options() with { OnGap = OnGap.Skip }, positions));
        Assert.Equal(1, log.Counters.Gaps);
    }

    [Fact]
    public async Task Read_NoPermissionWhenResumed_IsNoGap()
    {
        var positions = await ReadSomeAsync();
        var options = log.Options() with { OnGap = OnGap.Skip, OpenFile = _ => throw new UnauthorizedAccessException() };
        var failure = await Assert.ThrowsAsync<FileSourceException>(() => log.ReadAsync(1, options, positions));
        Assert.Equal($"{log.Log}: no permission to read it", failure.Message);
    }

    [Fact]
    public async Task Read_NoFileWhenResumed_WaitsForIt()
    {
        var positions = await ReadSomeAsync();
        File.Move(log.Log, log.Folder + ".away");
        var collector = log.Read(positions: positions);
        await log.IdleAsync(collector, 0);
        log.Write(log.Folder + ".away", Ids(6, 2));
        File.Move(log.Folder + ".away", log.Log);
        await log.IdleAsync(collector, 2);
        Assert.Equal(Ids(6, 2), collector.Ids(log.Log));
        Assert.Equal(0, log.Counters.Gaps);
    }

    [Fact]
    public void Read_PositionOfAnotherSource_IsRefused()
    {
        var failure = Assert.Throws<FileSourceException>(
            () => log.Read(positions: new Dictionary<string, string> { ["app.log"] = "1234" }));
        Assert.Equal("app.log: \"1234\" is no position in a file that is followed; the checkpoint is of another source.", failure.Message);
    }

    [Fact]
    public async Task Read_CrashAtEveryBatch_LosesAndDoublesNothing()
    {
        var options = log.Options() with { StartAt = StartAt.Earliest };
        var positions = new Dictionary<string, string>();
        var read = new List<string>();
        for (var written = 0; written < 120;)
        {
            using var collector = log.Read(options, positions);
            log.Write(Ids(written, 2));
            log.Rotate(keep: 100);
            log.Write(Ids(written + 2, 4));
            written += 6;
            await collector.UntilAsync(_ => collector.Batches.Any(batch => batch.Ids.Count > 0), "a batch of views");
            collector.Dispose();
            var committed = collector.Batches.TakeWhile(batch => batch.Ids.Count == 0).Append(
                collector.Batches.First(batch => batch.Ids.Count > 0)).ToList();
            read.AddRange(committed.SelectMany(batch => batch.Ids));
            foreach (var (partition, position) in BatchCollector.PositionsAfter(committed))
                positions[partition] = position;
        }

        read.AddRange(await log.ReadAsync(120 - read.Count, options, positions));
        Assert.Equal(Ids(0, 120), read);
    }

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];

    /// <summary>Six views, read in batches of three, and the positions behind them.</summary>
    private async Task<Dictionary<string, string>> ReadSomeAsync(FollowOptions? options = null)
    {
        log.Write(Ids(0, 6));
        using var collector = log.Read(options);
        await log.IdleAsync(collector, 6);
        return collector.Positions();
    }

    private void Replace()
    {
        File.Delete(log.Log);
        log.Write(Ids(6, 9));
    }
}
