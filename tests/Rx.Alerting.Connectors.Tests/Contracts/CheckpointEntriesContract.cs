using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What every checkpoint store must do with entries and names, on top of what it must do about owners.</summary>
public abstract class CheckpointEntriesContract : CheckpointStoreContract
{
    [Fact]
    public async Task Commit_Removals_AreGone()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1), States.Entry(2), States.Entry(3)), Cancel);
        var changes = new StateChanges([States.Entry(3, 30), States.Entry(4, 40)], [States.Entry(1).Key, States.Entry(99).Key]);
        await Store.CommitAsync(States.Commit(1, "a", 2) with { Changes = changes }, Cancel);
        Assert.Equal([(2UL, 1), (3UL, 30), (4UL, 40)], await States.Read(Store, Pipeline));
    }

    [Fact]
    public async Task Commit_ManySections_AreApart()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        var entries = StateSections.All.Select((section, index) => States.Entry(7, (byte)index, section)).ToArray();
        await Store.CommitAsync(States.Commit(1, "a", 1, entries), Cancel);
        for (var index = 0; index < entries.Length; index++)
            Assert.Equal([(7UL, index)], await States.Read(Store, Pipeline, StateSections.All[index]));
    }

    [Fact]
    public async Task Commit_LargeValueAndExtremeKeys_ComeBack()
    {
        var value = new byte[1_000_000];
        new Random(1).NextBytes(value);
        StateEntry[] entries = [new(new("titles", ulong.MaxValue, 0), value), new(new("titles", 0, ulong.MaxValue), new byte[] { 5 })];
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, entries), Cancel);
        var read = (await States.Chunks(Store, Pipeline)).SelectMany(chunk => chunk).ToDictionary(entry => entry.Key, entry => entry.Value);
        Assert.Equal(2, read.Count);
        foreach (var entry in entries)
            Assert.True(entry.Value.Span.SequenceEqual(read[entry.Key].Span));
    }

    [Fact]
    public async Task Commit_TwentyThousandEntries_ComeBackInChunks()
    {
        var entries = Enumerable.Range(0, 20_000).Select(
            index => States.Entry((ulong)index * 0x9E37_79B9_7F4A_7C15, (byte)index)).ToArray();
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, entries), Cancel);
        var chunks = await States.Chunks(Store, Pipeline);
        Assert.True(chunks.Count > 1);
        Assert.DoesNotContain(chunks, chunk => chunk.Count == 0);
        Assert.Equal(entries.Select(entry => (entry.Key.High, (int)entry.Value.Span[0])).Order(), await States.Read(Store, Pipeline));
    }

    [Fact]
    public async Task Commit_Empty_CountsOn()
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1), Cancel);
        Assert.Equal(new(1, "a", 1, States.Time), await Store.FindAsync(Pipeline, Cancel));
        Assert.Empty(await States.Chunks(Store, Pipeline));
    }

    [Fact]
    public async Task Commit_MemoryThatChangesAfterwards_KeepsWhatWasCommitted()
    {
        var value = new byte[] { 1 };
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, new StateEntry(States.Entry(1).Key, value)), Cancel);
        value[0] = 2;
        Assert.Equal([(1UL, 1)], await States.Read(Store, Pipeline));
    }

    [Fact]
    public async Task Snapshot_WhileCommitsFollow_IsOneOfThem()
    {
        Assert.Null(await Store.SnapshotAsync(Pipeline, Cancel));
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        using (var empty = await Store.SnapshotAsync(Pipeline, Cancel))
            Assert.Equal((0, 0), (empty!.Head.Id, (await States.Chunks(empty)).Count));
        await CommitAsync(1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var commits = Task.Run(async () =>
        {
            for (var id = 2L; !stop.IsCancellationRequested; id++)
                await CommitAsync(id);
        }, Cancel);
        for (var i = 0; i < 5; i++)
        {
            using var snapshot = await Store.SnapshotAsync(Pipeline, Cancel);
            var entries = (await States.Chunks(snapshot!)).SelectMany(chunk => chunk).ToList();
            Assert.Equal(2 * 3000, entries.Select(entry => entry.Key).Distinct().Count());
            Assert.Equal([snapshot!.Head.Id], entries.Select(entry => BitConverter.ToInt64(entry.Value.Span)).Distinct());
            Assert.Equal(StateSections.Header, entries[0].Key.Section);
        }

        await stop.CancelAsync();
        await commits;

        Task CommitAsync(long id)
        {
            string[] sections = [StateSections.Titles, StateSections.Header];
            var entries = sections.SelectMany(
                _ => Enumerable.Range(0, 3000),
                (section, number) => new StateEntry(new(section, (ulong)number, (ulong)number), BitConverter.GetBytes(id)));
            return Store.CommitAsync(States.Commit(1, "a", id, [.. entries]), Cancel);
        }
    }

    [Fact]
    public async Task List_Pipelines_AreInOrdinalOrder()
    {
        string[] names = ["b", "a", "Z", "ä", "a b", "a-b", "\uFF5E", "\U0001F600"];
        foreach (var name in names)
            await Store.AcquireAsync(name, "a", Cancel);
        Assert.Equal(names.Order(StringComparer.Ordinal), await Store.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("Views")]
    [InlineData("it's; DROP TABLE entries --")]
    [InlineData("views/*:?{1}\\%_[x]")]
    [InlineData("Ünïcode 视频 😀")]
    [InlineData(" ")]
    public async Task Commit_OfTwoPipelines_AreIsolated(string other)
    {
        await Store.AcquireAsync(Pipeline, "a", Cancel);
        await Store.AcquireAsync(other, "b", Cancel);
        await Store.CommitAsync(States.Commit(1, "a", 1, States.Entry(1, 10)), Cancel);
        await Store.CommitAsync(States.Commit(1, "b", 1, States.Entry(1, 20)) with { Pipeline = other }, Cancel);
        Assert.Equal([(1UL, 10)], await States.Read(Store, Pipeline));
        Assert.Equal([(1UL, 20)], await States.Read(Store, other));
        await Store.ResetAsync(other, Cancel);
        Assert.Equal([(1UL, 10)], await States.Read(Store, Pipeline));
        Assert.Equal(new(1, "a", 1, States.Time), await Store.FindAsync(Pipeline, Cancel));
    }
}
