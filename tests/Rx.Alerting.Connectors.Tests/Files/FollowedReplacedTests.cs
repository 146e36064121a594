using System.Text;
using Rx.Alerting.Connectors.Positions;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Logs that rsync, sed or an editor replaces by another file.</summary>
public sealed class FollowedReplacedTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_LongerCopyInItsPlace_GoesOnAtTheSameByte(bool inodes)
    {
        log.Write(Ids(0, 30));
        var collector = log.Read(log.Options() with { HasInodes = inodes });
        await log.IdleAsync(collector, 30);
        for (var count = 40; count <= 60; count += 10)
        {
            Replace(Ids(0, count));
            await log.IdleAsync(collector, count);
        }

        log.Write("appended");
        await log.IdleAsync(collector, 61);
        Assert.Equal(Ids(0, 60).Append("appended"), collector.Ids(log.Log));
        Assert.Equal((0, 0, 0), (log.Counters.Rotations, log.Counters.Truncations, log.Counters.Gaps));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_LongerCopyWhileStopped_GoesOnAtTheSameByte(bool inodes)
    {
        var options = log.Options() with { HasInodes = inodes };
        log.Write(Ids(0, 30));
        var first = log.Read(options);
        await log.IdleAsync(first, 30);
        first.Dispose();
        Replace(Ids(0, 50));
        Assert.Equal(Ids(30, 20), await log.ReadAsync(20, options, first.Positions()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task Read_CopyIsRotatedBeforeItIsSeen_LosesAndDoublesNothing(bool running, bool compressed)
    {
        log.Write(Ids(0, 30));
        var slow = log.Options() with { PollInterval = TimeSpan.FromMilliseconds(500) };
        var collector = log.Read(slow);
        await log.IdleAsync(collector, 30);
        if (!running)
            collector.Dispose();
        Replace(Ids(0, 50));
        log.Rotate();
        if (compressed)
            log.Compress(log.Log + ".1");
        log.Write(Ids(50, 10));
        if (running)
            await log.IdleAsync(collector, 60);
        var ids = running ? collector.Ids(log.Log) : await log.ReadAsync(30, slow, collector.Positions());
        Assert.Equal(Ids(running ? 0 : 30, running ? 60 : 30), ids);
    }

    [Theory]
    [InlineData(true, 20)]
    [InlineData(true, 0)]
    [InlineData(false, 20)]
    [InlineData(false, 0)]
    public async Task Read_EditedCopyInItsPlace_IsANewFile(bool running, int more)
    {
        log.Write(Ids(0, 30));
        var collector = log.Read();
        await log.IdleAsync(collector, 30);
        if (!running)
            collector.Dispose();
        string[] edited = [.. Ids(0, 15), "XXX", .. Ids(16, 14 + more)];
        Replace(edited);
        if (running)
            await log.IdleAsync(collector, 60 + more);
        var ids = running ? collector.Ids(log.Log).Skip(30) : await log.ReadAsync(30 + more, positions: collector.Positions());
        Assert.Equal(edited, ids);
        Assert.Equal((1, 0), (log.Counters.Truncations, log.Counters.Gaps));
    }

    [Fact]
    public async Task Read_LinesCutOutOfACopy_IsANewFile()
    {
        log.Write(Ids(0, 30));
        var collector = log.Read();
        await log.IdleAsync(collector, 30);
        string[] edited = [.. Ids(0, 15), .. Ids(16, 14)];
        Replace(edited);
        await log.IdleAsync(collector, 59);
        Assert.Equal(edited, collector.Ids(log.Log).Skip(30));
        Assert.Equal(1, log.Told(4203));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_OriginalIsKeptAsABackup_IsNotReadTwice(bool running)
    {
        log.Write(Ids(0, 30));
        var collector = log.Read();
        await log.IdleAsync(collector, 30);
        if (!running)
            collector.Dispose();
        File.Move(log.Log, log.Log + "~");
        log.Write(Ids(0, 30));
        var resumed = running ? collector : log.Read(positions: collector.Positions());
        await log.IdleAsync(resumed, 0);
        log.Write(Ids(30, 10));
        await log.UntilReadAsync(resumed, "v39");
        Assert.Equal(Ids(running ? 0 : 30, running ? 40 : 10), resumed.Ids(log.Log));
    }

    [Fact]
    public async Task Read_CheckpointOfBefore_GoesOnInACopyThatBeginsAlike()
    {
        log.Write(Ids(0, 30));
        var first = log.Read();
        await log.IdleAsync(first, 30);
        first.Dispose();
        var position = first.Positions()[log.Log];
        var number = position[..position.IndexOf('.', StringComparison.Ordinal)];
        var hash = position[position.IndexOf('-', StringComparison.Ordinal)..position.LastIndexOf('.')];
        var old = number + hash + position[position.IndexOf('@', StringComparison.Ordinal)..];
        Replace(Ids(0, 40));
        Assert.Equal(Ids(30, 10), await log.ReadAsync(10, positions: new Dictionary<string, string> { [log.Log] = old }));
    }

    [Fact]
    public async Task Read_FromTheEndAndTheNextFileBeginsAlike_ReadsAllOfThat()
    {
        log.Write(Ids(0, 30));
        var collector = log.Read(log.Options() with { StartAt = StartAt.Latest });
        await log.IdleAsync(collector, 0);
        log.Rotate();
        string[] next = [.. Ids(0, 10), .. Ids(100, 40)];
        log.Write(next);
        await log.IdleAsync(collector, 50);
        Assert.Equal(next, collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_WrittenAnewInPlaceBehindALikeBeginning_StartsAtTheBeginning()
    {
        log.Write(Ids(0, 30));
        var collector = log.Read(log.Options() with { PollInterval = TimeSpan.FromMilliseconds(500) });
        await log.IdleAsync(collector, 30);
        var anew = Ids(0, 10).Concat(Ids(100, 40)).ToArray();
        await File.WriteAllBytesAsync(
            log.Log,
            Encoding.UTF8.GetBytes(string.Concat(anew.Select(id => FileReading.Line(1, id) + "\n"))),
            TestContext.Current.CancellationToken);
        await log.IdleAsync(collector, 80);
        Assert.Equal(anew, collector.Ids(log.Log).Skip(30));
    }

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];

    /// <summary>Replaces the log as rsync and sed do: the new file gets the name when it is whole.</summary>
    private void Replace(IEnumerable<string> ids)
    {
        log.Write(log.At(".new"), ids);
        File.Move(log.At(".new"), log.Log, overwrite: true);
    }
}
