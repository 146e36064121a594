using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Logs behind symbolic links, as those of containers: they are rotated where the link leads to.</summary>
public sealed class FollowedLinksTests : IDisposable
{
    private readonly WrittenLog log = new();
    private readonly string pods;
    private readonly string link;

    public FollowedLinksTests()
    {
        pods = log.At("pods");
        Directory.CreateDirectory(pods);
        Directory.CreateDirectory(log.At("containers"));
        link = log.At("containers/x.log");
    }

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Read_RotatedTwiceBehindALink_ReadsAll(bool running, bool inFolder)
    {
        var options = log.Options(inFolder ? log.At("containers") : link) with { PollInterval = TimeSpan.FromMilliseconds(300) };
        var collector = await ReadRotatedAsync(options, running);
        Write("0.log", "c");
        Move("0.log", "0.log.20260517-100040");
        Write("0.log", "d");
        var resumed = running ? collector : log.Read(options, collector.Positions());
        await log.IdleAsync(resumed, running ? 4 : 3, link);
        Assert.Equal(running ? ["a", "b", "c", "d"] : ["b", "c", "d"], resumed.Ids(link));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_LinkLeadsToTheNextContainersLog_ReadsTheOldOnesRestFirst(bool running)
    {
        var options = log.Options(link) with { PollInterval = TimeSpan.FromMilliseconds(300) };
        var collector = await ReadRotatedAsync(options, running);
        Write("0.log", "c");
        foreach (var (name, id) in new[] { ("1.log", "d"), ("2.log", "e"), ("10.log", "f"), ("11.log", "later") })
            Write(name, id);
        File.Delete(link);
        File.CreateSymbolicLink(link, "../pods/10.log");
        var resumed = running ? collector : log.Read(options, collector.Positions());
        await log.UntilAsync(resumed, link, "f");
        Write("10.log", "g");
        await log.UntilAsync(resumed, link, "g");
        string[] rest = ["b", "c", "d", "e", "f", "g"];
        Assert.Equal(running ? rest.Prepend("a") : rest, resumed.Ids(link));
    }

    [Fact]
    public async Task Read_LinksOverLinksToAnotherFolder_AreFollowedToTheNextOnes()
    {
        Directory.CreateDirectory(log.At("docker"));
        foreach (var id in new[] { "abc", "def" })
            Directory.CreateDirectory(log.At("docker/" + id));
        log.Write(log.At("docker/abc/abc-json.log"), ["a"]);
        File.CreateSymbolicLink(Path.Combine(pods, "0.log"), log.At("docker/abc/abc-json.log"));
        File.CreateSymbolicLink(link, "../pods/0.log");
        var collector = log.Read(log.Options(link) with { PollInterval = TimeSpan.FromMilliseconds(300) });
        await log.IdleAsync(collector, 1, link);
        log.Write(log.At("docker/abc/abc-json.log"), ["b"]);
        File.Move(log.At("docker/abc/abc-json.log"), log.At("docker/abc/abc-json.log.1"));
        log.Write(log.At("docker/abc/abc-json.log"), ["c"]);
        log.Write(log.At("docker/def/def-json.log"), ["d"]);
        File.CreateSymbolicLink(Path.Combine(pods, "1.log"), log.At("docker/def/def-json.log"));
        File.Delete(link);
        File.CreateSymbolicLink(link, "../pods/1.log");
        await log.UntilAsync(collector, link, "d");
        Assert.Equal(["a", "b", "c", "d"], collector.Ids(link));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_LinkToTheNewestOfDatedFiles_ReadsEachOnce(bool named)
    {
        Directory.Delete(log.At("containers"));
        Directory.Delete(pods);
        log.Write(log.At("app-20261125.log"), ["a"]);
        File.CreateSymbolicLink(log.Log, "app-20261125.log");
        var options = log.Options(named ? log.Log : log.Folder);
        var collector = log.Read(options);
        await log.IdleAsync(collector, 1);
        log.Write(log.At("app-20261125.log"), ["b"]);
        log.Write(log.At("app-20261126.log"), ["c"]);
        File.CreateSymbolicLink(log.At(".link"), "app-20261126.log");
        File.Move(log.At(".link"), log.Log, overwrite: true);
        await log.IdleAsync(collector, 3);
        collector.Dispose();
        log.Write(log.At("app-20261126.log"), ["d"]);
        var resumed = log.Read(options, collector.Positions());
        await log.IdleAsync(resumed, 1);
        Assert.Equal(["a", "b", "c"], collector.Batches.SelectMany(batch => batch.Ids));
        Assert.Equal(["d"], resumed.Batches.SelectMany(batch => batch.Ids));
    }

    [Fact]
    public async Task Read_DanglingLinkInAFolder_IsReadWhenItsTargetIsThere()
    {
        File.CreateSymbolicLink(link, "../pods/0.log");
        File.CreateSymbolicLink(log.At("containers/loop.log"), "loop.log");
        var collector = log.Read(log.Options(log.At("containers/")));
        log.Write(log.At("containers/zz.log"), ["z"]);
        await log.IdleAsync(collector, 1, log.At("containers/zz.log"));
        Write("0.log", "a");
        await log.IdleAsync(collector, 1, link);
        Assert.Equal(2, collector.Positions().Count);
    }

    /// <summary>
    /// Reads the first record of the container's log behind the link, and goes on if it is running; then the log is rotated.
    /// </summary>
    private async Task<BatchCollector> ReadRotatedAsync(FollowOptions options, bool running)
    {
        File.CreateSymbolicLink(link, "../pods/0.log");
        Write("0.log", "a");
        var collector = log.Read(options);
        await log.IdleAsync(collector, 1, link);
        if (!running)
            collector.Dispose();
        Write("0.log", "b");
        Move("0.log", "0.log.20260517-100020");
        return collector;
    }

    private void Write(string name, string id) => log.Write(Path.Combine(pods, name), [id]);

    private void Move(string from, string to) => File.Move(Path.Combine(pods, from), Path.Combine(pods, to));
}
