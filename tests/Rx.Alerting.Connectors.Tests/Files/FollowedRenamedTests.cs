using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Files in a folder whose names do not say that they are of a log.</summary>
public sealed class FollowedRenamedTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_RenamedToForeignNames_AreNotReadAgainWhenResumed(bool deleted)
    {
        log.Write("a");
        var first = log.Read(log.Options(log.Folder));
        await log.IdleAsync(first, 1);
        foreach (var (name, id) in new[] { ("one", "b"), ("two", "c") })
        {
            File.Move(log.Log, log.At(name));
            log.Write(id);
            await log.UntilReadAsync(first, id);
        }

        if (deleted)
            File.Delete(log.Log);
        first.Dispose();
        var resumed = log.Read(log.Options(log.Folder), first.Positions());
        log.Write(log.At("z.log"), ["z"]);
        await log.IdleAsync(resumed, 1, log.At("z.log"));
        log.Write("d");
        await log.UntilReadAsync(resumed, "d");
        resumed.Dispose();
        var again = log.Read(log.Options(log.Folder), resumed.Positions());
        await log.IdleAsync(again, 0);
        log.Write("e");
        await log.UntilReadAsync(again, "e");
        Assert.Equal(["e"], again.Batches.SelectMany(batch => batch.Ids));
        Assert.Equal(["d", "z"], resumed.Batches.SelectMany(batch => batch.Ids).Order());
    }

    [Fact]
    public async Task Read_DeletedBesideRenamedOnes_FinishesWhenTheyAreGone()
    {
        log.Write("a");
        var collector = log.Read(log.Options(log.Folder));
        await log.IdleAsync(collector, 1);
        File.Move(log.Log, log.At("one"));
        log.Write("b");
        await log.UntilReadAsync(collector, "b");
        File.Delete(log.Log);
        log.Write(log.At("z.log"), ["z"]);
        await log.IdleAsync(collector, 1, log.At("z.log"));
        Assert.NotEqual(PartitionStatus.Finished, collector.Status(log.Log));
        File.Delete(log.At("one"));
        await collector.UntilAsync(_ => collector.Status(log.Log) == PartitionStatus.Finished, "the deleted file finishes");
        Assert.Equal([log.Log, log.At("z.log")], Partitions(collector));
    }

    private static List<string> Partitions(BatchCollector collector) =>
        collector.Batches.Select(batch => batch.Partition).Distinct().ToList();
}
