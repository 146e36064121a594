using Rx.Alerting.Connectors.Files.Following;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Rotated files that are compressed while the log is followed: every view once.</summary>
public sealed class FollowedCompressionTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Read_CompressedFileWithSomethingElseBehind_IsReadToThereAndCounted()
    {
        log.Write(Ids(0, 10));
        var first = log.Read();
        await log.IdleAsync(first, 10);
        first.Dispose();
        log.Write(Ids(10, 10));
        File.WriteAllBytes(log.Log + ".1.gz", [.. FileReading.Gzip(File.ReadAllBytes(log.Log)), .. "rubbish"u8]);
        File.Delete(log.Log);
        log.Write(Ids(20, 5));

        var collector = log.Read(positions: first.Positions());
        await log.IdleAsync(collector, 15);
        Assert.Equal(Ids(10, 15), collector.Ids(log.Log));
        Assert.Equal(1, log.Counters.Unreadable);
    }

    [Fact]
    public void InOrder_AnyOrderOfTheFolder_PutsWhatIsCompressedBehindWhatIsNot()
    {
        string[] paths = ["/l/a-20261124", "/l/a.2.gz", "/l/a.2.xz", "/l/a.1", "/l/a.1.gz", "/l/a.1.bz2"];
        Assert.Equal(paths, RotationName.InOrder("a", paths.Append("/l/b.1")));
        Assert.Equal(paths, RotationName.InOrder("a", paths.Reverse()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(100)]
    public void All_FileIsBeingCompressed_HasItOnce(int percent)
    {
        log.Write(Ids(0, 200));
        log.Rotate();
        log.Write("new");
        BeginToCompress(percent);
        var files = new LogFiles(log.Log, log.Options());
        Assert.Equal([log.Log + ".1", log.Log], files.All().Select(file => file.Path));
        File.Delete(log.Log + ".1");
        Assert.Equal([log.Log + ".1.gz", log.Log], files.All().Select(file => file.Path));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 50)]
    [InlineData(true, 100)]
    [InlineData(false, 50)]
    public async Task Read_RenamedFileIsBeingCompressed_IsReadOnce(bool inodes, int percent)
    {
        log.Write(Ids(0, 200));
        var collector = log.Read(log.Options() with { HasInodes = inodes });
        await log.IdleAsync(collector, 200);
        log.Rotate();
        BeginToCompress(percent);
        log.Write(Ids(200, 4));
        await log.IdleAsync(collector, 204);
        log.Compress(log.Log + ".1");
        log.Write(Ids(204, 4));
        await log.IdleAsync(collector, 208);
        Assert.Equal(Ids(0, 208), collector.Ids(log.Log));
        Assert.Equal(1, log.Counters.Rotations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_CopyIsBeingCompressed_IsReadToItsEnd(bool inodes)
    {
        log.Write(Ids(0, 4));
        var collector = log.Read(log.Options() with { HasInodes = inodes, PollInterval = TimeSpan.FromMilliseconds(300) });
        await log.IdleAsync(collector, 4);
        log.Write(Ids(4, 400));
        log.CopyAndTruncate();
        BeginToCompress(50);
        log.Write(Ids(404, 2));
        await log.IdleAsync(collector, 406);
        Assert.Equal(Ids(0, 406), collector.Ids(log.Log));
        Assert.Equal(1, log.Counters.Truncations);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_CompressedInTheMiddleOfReading_IsReadOnce(bool copied)
    {
        log.Write(Ids(0, 4));
        var collector = log.Read(
            log.Options() with { PollInterval = TimeSpan.FromMilliseconds(300) },
            onNext: (_, batch) =>
            {
                if (batch.Ids.Contains("v100"))
                    log.Compress(log.Log + ".1");
            });
        await log.IdleAsync(collector, 4);
        log.Write(Ids(4, 196));
        if (copied)
            log.CopyAndTruncate();
        else
            log.Rotate();
        log.Write(Ids(200, 2));
        await log.IdleAsync(collector, 202);
        Assert.Equal(Ids(0, 202), collector.Ids(log.Log));
    }

    [Fact]
    public async Task Read_CompressedFromAForeignName_IsReadOnce()
    {
        log.Write(Ids(0, 200));
        var collector = log.Read();
        await log.IdleAsync(collector, 200);
        File.Move(log.Log, log.At("app.log81234.tmp"));
        File.WriteAllBytes(log.Log + ".1.gz", FileReading.Gzip(File.ReadAllBytes(log.At("app.log81234.tmp"))));
        log.Write(Ids(200, 4));
        await log.IdleAsync(collector, 204);
        Assert.Equal(Ids(0, 204), collector.Ids(log.Log));
    }

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];

    private void BeginToCompress(int percent)
    {
        var packed = FileReading.Gzip(File.ReadAllBytes(log.Log + ".1"));
        File.WriteAllBytes(log.Log + ".1.gz", packed[..(packed.Length * percent / 100)]);
    }
}
