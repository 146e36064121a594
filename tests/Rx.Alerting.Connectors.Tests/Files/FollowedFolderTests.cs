using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Folders: which files in them are logs, and when they begin and end.</summary>
public sealed class FollowedFolderTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Read_NewFiles_AreNewPartitions()
    {
        log.Write("a");
        var collector = log.Read(log.Options(log.Folder));
        await log.IdleAsync(collector, 1);
        log.Write(log.At("b.log"), ["b"]);
        log.Write(log.At("c.20261125"), ["c"]);
        await log.IdleAsync(collector, 1, log.At("b.log"));
        await log.IdleAsync(collector, 1, log.At("c.20261125"));
        log.Write(log.At("c.20261126"), ["d"]);
        await log.IdleAsync(collector, 1, log.At("c.20261126"));
        Assert.Equal(4, Partitions(collector).Count);
    }

    [Fact]
    public async Task Read_Rotations_AreNoPartitions()
    {
        log.Write("old");
        log.Rotate();
        log.Write("older");
        log.Compress(log.Log);
        File.Move(log.Log + ".gz", log.At("app.log-20261101.gz"));
        log.Write("a");
        log.Write(log.At(".hidden"), ["h"]);
        var collector = log.Read(log.Options(log.Folder));
        await log.IdleAsync(collector, 1);
        log.Rotate();
        log.Write("b");
        await log.IdleAsync(collector, 2);
        File.Move(log.Log, log.At("any.name"));
        log.Write("c");
        await log.IdleAsync(collector, 3);
        log.Write(log.At("z.log"), ["z"]);
        await log.IdleAsync(collector, 1, log.At("z.log"));
        Assert.Equal(["a", "b", "c"], collector.Ids(log.Log));
        Assert.Equal([log.Log, log.At("z.log")], Partitions(collector));
    }

    [Fact]
    public async Task Read_FileDeleted_FinishesAndIsForgotten()
    {
        log.Write("a");
        log.Write(log.At("b.log"), ["b"]);
        var collector = log.Read(log.Options(log.Folder));
        await log.IdleAsync(collector, 1);
        await log.IdleAsync(collector, 1, log.At("b.log"));
        log.Write(log.At("b.log"), ["c"], whole: false);
        File.Delete(log.At("b.log"));
        await collector.UntilAsync(_ => collector.Status(log.At("b.log")) == PartitionStatus.Finished, "the deleted file finishes");
        Assert.Equal(["b", "c"], collector.Ids(log.At("b.log")));
        Assert.Null(collector.Batches.Single(batch => batch.Status == PartitionStatus.Finished).Position);

        log.Write(log.At("b.log"), ["d"]);
        await log.IdleAsync(collector, 3, log.At("b.log"));
        Assert.Equal(["b", "c", "d"], collector.Ids(log.At("b.log")));
    }

    [Fact]
    public async Task Read_FileDeletedWhileStopped_FinishesAndIsCounted()
    {
        log.Write("a");
        log.Write(log.At("b.log"), ["b"]);
        var first = log.Read(log.Options(log.Folder));
        await log.IdleAsync(first, 1);
        await log.IdleAsync(first, 1, log.At("b.log"));
        first.Dispose();
        File.Delete(log.At("b.log"));
        var resumed = log.Read(log.Options(log.Folder), first.Positions());
        await resumed.UntilAsync(_ => resumed.Status(log.At("b.log")) == PartitionStatus.Finished, "the deleted file finishes");
        await log.IdleAsync(resumed, 0);
        Assert.DoesNotContain(resumed.Batches, batch => batch.Ids.Count > 0);
        Assert.Equal(1, log.Counters.Gaps);
    }

    [Fact]
    public async Task Read_RotatedWhileStopped_IsStillOnePartition()
    {
        log.Write("a");
        var first = log.Read(log.Options(log.Folder));
        await log.IdleAsync(first, 1);
        first.Dispose();
        log.Write("b");
        log.Rotate();
        log.Write("c");
        log.Rotate();
        log.Write("d");
        var resumed = log.Read(log.Options(log.Folder), first.Positions());
        await log.IdleAsync(resumed, 3);
        Assert.Equal(["b", "c", "d"], resumed.Ids(log.Log));
        Assert.Equal([log.Log], Partitions(resumed));
    }

    [Fact]
    public async Task Read_FileOfNoFormat_IsPassedOver()
    {
        File.WriteAllText(log.At("notes.txt"), string.Concat(Enumerable.Repeat("Dear diary, nothing happened.\n", 30)));
        log.Write("a");
        var collector = log.Read(log.Options(log.Folder));
        await log.IdleAsync(collector, 1);
        Assert.Equal([log.Log], Partitions(collector));
        Assert.Equal(1, log.Counters.Unreadable);
    }

    [Fact]
    public async Task Read_MoreFilesThanAllowed_WaitUntilOthersAreGone()
    {
        foreach (var name in new[] { "1.log", "2.log", "3.log" })
            log.Write(log.At(name), [name]);
        var collector = log.Read(log.Options(log.Folder) with { MaximumFiles = 2 });
        await log.IdleAsync(collector, 1, log.At("1.log"));
        await log.IdleAsync(collector, 1, log.At("2.log"));
        Assert.Equal(2, Partitions(collector).Count);
        File.Delete(log.At("1.log"));
        await log.IdleAsync(collector, 1, log.At("3.log"));
    }

    [Fact]
    public async Task Read_FewerFilesAllowedWhenResumed_ReadsNoneAgain()
    {
        log.Write(log.At("1.log"), ["a"]);
        log.Write(log.At("2.log"), ["b"]);
        var first = log.Read(log.Options(log.Folder));
        await log.IdleAsync(first, 1, log.At("1.log"));
        await log.IdleAsync(first, 1, log.At("2.log"));
        first.Dispose();
        var resumed = log.Read(log.Options(log.Folder) with { MaximumFiles = 1 }, first.Positions());
        await log.IdleAsync(resumed, 0, log.At("1.log"));
        File.Delete(log.At("1.log"));
        await log.IdleAsync(resumed, 0, log.At("2.log"));
        Assert.DoesNotContain(resumed.Batches, batch => batch.Ids.Count > 0);
    }

    [Fact]
    public async Task Read_NoFolder_WaitsForIt()
    {
        var folder = log.At("later") + Path.DirectorySeparatorChar;
        var collector = log.Read(log.Options(folder));
        Directory.CreateDirectory(folder);
        log.Write(Path.Combine(folder, "a.log"), ["a"]);
        await log.IdleAsync(collector, 1, Path.Combine(folder, "a.log"));
    }

    private static List<string> Partitions(BatchCollector collector) =>
        collector.Batches.Select(batch => batch.Partition).Distinct().ToList();
}
