using Rx.Alerting.Connectors.Files.Following;
using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Paths with wildcards that no shell has expanded.</summary>
public sealed class FilePatternTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData("*.log", "a.log", true)]
    [InlineData("*.log", "a.log.1", false)]
    [InlineData("*.log", ".log", false)]
    [InlineData(".*", ".log", true)]
    [InlineData("a?.log", "ab.log", true)]
    [InlineData("a?.log", "a.log", false)]
    [InlineData("a[0-9].log", "a7.log", true)]
    [InlineData("a[0-9].log", "ax.log", false)]
    [InlineData("a[!0-9].log", "ax.log", true)]
    [InlineData("a[]x].log", "a].log", true)]
    [InlineData("a[[.*", "a[[.b", true)]
    [InlineData("a+(b)*", "a+(b)c", true)]
    [InlineData(@"[\w]*", "a", false)]
    public void Matches_Name_IsAsInAShell(string pattern, string name, bool expected)
    {
        Assert.True(FilePattern.IsPattern("/var/log/" + pattern));
        Assert.Equal(expected, new FilePattern("/var/log/" + pattern).Matches("/var/log/" + name));
    }

    [Theory]
    [InlineData("/var/log/a.log")]
    [InlineData("/var/[log]/a].log")]
    [InlineData("/var/log/a[.log")]
    [InlineData("/var/log/a[].log")]
    public void IsPattern_PlainName_IsFalse(string path) => Assert.False(FilePattern.IsPattern(path));

    [Fact]
    public async Task Read_Pattern_FollowsFilesThatAreThereAndThatComeLater()
    {
        log.Write(log.At("access.log"), ["old"]);
        File.Move(log.At("access.log"), log.At("access.log.1"));
        log.Write(log.At("access.log"), ["a"]);
        log.Write(log.At("other.log"), ["no"]);
        log.Write(log.At("access.bak"), ["no"]);
        var collector = log.Read(log.Options(log.At("acc*.log*")));
        await log.IdleAsync(collector, 1, log.At("access.log"));
        log.Write(log.At("accounts.log"), ["b"]);
        await log.IdleAsync(collector, 1, log.At("accounts.log"));
        collector.Dispose();
        log.Write(log.At("access.log"), ["c"]);
        var resumed = log.Read(log.Options(log.At("acc*.log*")), collector.Positions());
        await log.IdleAsync(resumed, 1, log.At("access.log"));
        Assert.Equal(["a", "b"], Ids(collector));
        Assert.Equal(["c"], Ids(resumed));
    }

    [Fact]
    public async Task Read_NameThatLooksLikeAPattern_IsThatFile()
    {
        log.Write(log.At("a[1].log"), ["yes"]);
        log.Write(log.At("a1.log"), ["no"]);
        var collector = log.Read(log.Options(log.At("a[1].log")));
        await log.IdleAsync(collector, 1, log.At("a[1].log"));
        Assert.Equal(["yes"], Ids(collector));
    }

    private static IEnumerable<string> Ids(BatchCollector collector) => collector.Batches.SelectMany(batch => batch.Ids);
}
