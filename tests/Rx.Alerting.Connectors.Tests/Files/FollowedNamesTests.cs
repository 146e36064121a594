using Rx.Alerting.Connectors.Files.Following;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>One file under several names: read once, and read on under whatever name it is given next.</summary>
public sealed class FollowedNamesTests : IDisposable
{
    private const int NotConfigured = 4216;
    private const int SameFile = 4217;
    private const int KnownAs = 4218;

    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData("{0}/app.log", "{0}/./app.log")]
    [InlineData("{0}/app.log", "{0}//app.log")]
    [InlineData("{0}/app.log", "{0}/x/../app.log")]
    [InlineData("{0}/app.log", "{0}/link/app.log")]
    [InlineData("{0}/", "{0}/app.log")]
    [InlineData("{0}/", "{0}/link/")]
    [InlineData("{0}//", "{0}/.")]
    [InlineData("{0}/*.log", "{0}/a*")]
    [InlineData("{0}/", "{0}/link/*.log")]
    public async Task Read_TwoSpellings_AreReadOnceThroughRotations(string one, string other)
    {
        Directory.CreateDirectory(log.At("x"));
        Directory.CreateSymbolicLink(log.At("link"), ".");
        log.Write("a");
        var collector = log.Read(log.Options(Spelled(one), Spelled(other)));
        await collector.UntilAsync(_ => Ids(collector).Count > 0, "the view");
        log.Rotate();
        log.Write("b");
        await collector.UntilAsync(_ => Ids(collector).Contains("b"), "the view behind the rotation");
        log.Write(log.At("zz.log"), ["z"]);
        log.Write("c");
        await collector.UntilAsync(_ => Ids(collector).Contains("c"), "the last view");
        Assert.Equal(["a", "b", "c"], Ids(collector).Where(id => id != "z"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_TwoNamesInAFolder_AreReadOnceAndSaidOnce(bool symbolic)
    {
        log.Write("a");
        Link(symbolic, log.At("aa.log"));
        var collector = log.Read(log.Options(log.Folder));
        await log.LookedAsync(collector);
        await log.LookedAsync(collector, "zzz.log");
        var kept = symbolic ? log.Log : log.At("aa.log");
        var other = symbolic ? log.At("aa.log") : log.Log;
        Assert.Equal(["a", "looked", "looked"], Ids(collector));
        Assert.Equal(
            [$"{other} is the same as {kept}; it is read once, as {kept}"],
            log.Lines.Lines.Where(line => line.Id == SameFile).Select(line => line.Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_TwoNamesInTwoFolders_AreReadOnceThroughARestart(bool symbolic)
    {
        Directory.CreateDirectory(log.At("other"));
        log.Write("a");
        Link(symbolic, log.At("other/app.log"));
        var options = log.Options(log.At("other/app.log"), log.Log);
        var first = log.Read(options);
        await first.UntilAsync(_ => Ids(first).Contains("a") && log.Told(SameFile) == 1, "a and the other name");
        first.Dispose();
        Assert.Equal([log.At("other/app.log")], first.Positions().Keys);
        log.Write("b");
        var resumed = log.Read(options with { Paths = [log.Log, log.At("other/app.log")] }, first.Positions());
        await log.IdleAsync(resumed, 1, log.At("other/app.log"));
        Assert.Equal(["b"], Ids(resumed));
    }

    [Fact]
    public async Task Read_OtherNameIsAnotherFileLater_IsRead()
    {
        log.Write("a");
        Link(symbolic: true, log.At("b.log"));
        var collector = log.Read(log.Options(log.Log, log.At("b.log")));
        await log.IdleAsync(collector, 1);
        File.Delete(log.At("b.log"));
        log.Write(log.At("b.log"), ["b"]);
        await log.IdleAsync(collector, 1, log.At("b.log"));
        Assert.Equal(["a", "b"], Ids(collector));
    }

    [Fact]
    public void Id_FilesOfTwoFileSystems_TellsThem()
    {
        const string Other = "/dev/shm";
        if (!Directory.Exists(Other)
            || FileStatus.OfFolder(Other, inodes: true)!.Value.Device == FileStatus.OfFolder(log.Folder, inodes: true)!.Value.Device)
            Assert.Skip("There is no second file system.");
        var path = Path.Combine(Other, Path.GetRandomFileName());
        log.Write("a");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1, FileOptions.DeleteOnClose);
        var (one, other) = (FileStatus.Of(log.Log, inodes: true)!.Value, FileStatus.Of(path, inodes: true)!.Value);
        Assert.NotEqual(one.Id, (other with { Inode = one.Inode }).Id);
    }

    [Theory]
    [InlineData("{0}/app.log", "{0}/./app.log")]
    [InlineData("{0}/app.log", "{0}/link/app.log")]
    [InlineData("{0}/app.log", "{0}/latest")]
    [InlineData("{0}/latest", "{0}/app.log")]
    [InlineData("{0}/", "{0}/link/")]
    [InlineData("{0}/app.log", "{0}/link/app.*")]
    [InlineData("{0}/hard", "{0}/app.log")]
    public async Task Read_SpelledOtherwiseWhenResumed_GoesOnWhereItWas(string before, string after)
    {
        Directory.CreateSymbolicLink(log.At("link"), ".");
        log.Write("a");
        File.CreateSymbolicLink(log.At("latest"), "app.log");
        if (before.EndsWith("hard", StringComparison.Ordinal))
            Link(symbolic: false, log.At("hard"));
        var first = log.Read(log.Options(Spelled(before)));
        await first.UntilAsync(_ => Ids(first).Count > 0, "the view");
        first.Dispose();
        log.Write("b");
        var resumed = log.Read(log.Options(Spelled(after)), first.Positions());
        await resumed.UntilAsync(_ => Ids(resumed).Count > 0, "the second view");
        Assert.Equal(["b"], Ids(resumed));
        Assert.Equal(first.Positions().Keys, resumed.Positions().Keys);
        Assert.Equal((0, before.EndsWith('/') || after.EndsWith('*') ? 0 : 1), (log.Told(NotConfigured), log.Told(KnownAs)));
    }

    [Fact]
    public async Task Read_CheckpointHasOneFileTwice_GoesOnWithTheFurtherPositionAndForgetsTheOtherName()
    {
        log.Write("a", "b", "c", "d", "e", "f");
        var first = log.Read();
        await log.IdleAsync(first, 6);
        first.Dispose();
        var (near, far) = (first.Batches.First(batch => batch.Ids.Count > 0).Position!, first.Positions()[log.Log]);
        Assert.NotEqual(near, far);
        log.Write("g");
        Link(symbolic: true, log.At("latest.log"));
        var positions = new Dictionary<string, string> { [log.Log] = near, [log.At("latest.log")] = far };
        var resumed = log.Read(log.Options(log.Folder), positions);
        await log.IdleAsync(resumed, 1);
        Assert.Equal(["g"], Ids(resumed));
        var forgotten = Assert.Single(resumed.Batches, batch => batch.Partition == log.At("latest.log"));
        Assert.Equal((PartitionStatus.Finished, null), (forgotten.Status, forgotten.Position));
    }

    [Fact]
    public async Task Read_RotatedFileIsNamedToo_IsReadOnce()
    {
        log.Write("a");
        log.Rotate();
        log.Write("b");
        var collector = log.Read(log.Options(log.Log + ".1", log.Log));
        await log.IdleAsync(collector, 1);
        await log.IdleAsync(collector, 1, log.Log + ".1");
        log.Rotate();
        log.Write("c");
        await log.IdleAsync(collector, 2);
        log.Write("d");
        await log.IdleAsync(collector, 3);
        Assert.Equal(["a", "b", "c", "d"], Ids(collector));
    }

    private static List<string> Ids(BatchCollector collector) => [.. collector.Batches.SelectMany(batch => batch.Ids)];

    private string Spelled(string path) => path.Replace("{0}", log.Folder, StringComparison.Ordinal);

    private void Link(bool symbolic, string path)
    {
        if (symbolic)
            File.CreateSymbolicLink(path, log.Log);
        else
            FileNames.LinkHard(log.Log, path);
    }
}
