namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Compressed files that are newer than the file of which they were made, or that lie beside another file.</summary>
public sealed class FollowedTwinsTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly WrittenLog log = new();

    [Theory]
    [InlineData(".zip", 200)]
    [InlineData(".zst", 200)]
    [InlineData(".gz", 200)]
    [InlineData(".gz", 1)]
    public async Task Read_OwnFileIsCompressedWithATimeOfItsOwn_IsNotTheNextOne(string ending, int views)
    {
        log.Write(Ids(0, views));
        var collector = log.Read();
        await log.IdleAsync(collector, views);
        log.Rotate();
        var path = log.Log + ".1";
        await File.WriteAllBytesAsync(
            path + ending,
            ending == ".gz"
                ? FileReading.Gzip(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken))
                : "PK"u8.ToArray(),
            TestContext.Current.CancellationToken);
        File.Delete(path);
        log.Write("behind");
        await log.IdleAsync(collector, views + 1);

        Assert.Equal(Ids(0, views).Append("behind"), collector.Ids(log.Log));
        Assert.Equal((0, 0), (log.Counters.Gaps, log.Counters.Unreadable));
    }

    [Fact]
    public async Task Read_StaleFileBesideACompressedOneOfItsName_IsPassedOver()
    {
        log.Write(Ids(0, 200));
        var first = log.Read();
        await log.IdleAsync(first, 200);
        first.Dispose();
        Rotate(".3");
        log.Write(Ids(1000, 200));
        Rotate(".2");
        log.Write(log.Log + ".2", Ids(5000, 200));
        File.SetLastWriteTimeUtc(log.Log + ".2", LongAgo);
        log.Write(Ids(2000, 200));
        Rotate(".1");
        log.Write(Ids(3000, 200));

        var ids = await log.ReadAsync(600, log.Options(), first.Positions());

        Assert.Equal([.. Ids(1000, 200), .. Ids(2000, 200), .. Ids(3000, 200)], ids);
    }

    public void Dispose() => log.Dispose();

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"v{i}")];

    private void Rotate(string ending)
    {
        File.Move(log.Log, log.Log + ending);
        log.Compress(log.Log + ending);
    }
}
