using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What holds for every <see cref="IViewSource"/>. A source is tested by deriving from this class.</summary>
/// <remarks>Views carry their ids, so one that is lost is told from one that comes twice.</remarks>
public abstract partial class ViewSourceContract
{
    /// <summary>How long a test watches that nothing comes.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(200);

    /// <summary>How many views a case reads of each partition. They fill several batches.</summary>
    private protected virtual int Views => 60;

    /// <summary>How many resumes are tried, spread evenly over the batches.</summary>
    private protected virtual int Resumes => 12;

    /// <summary>An empty system with so many partitions, whose sources make batches of far fewer views than <see cref="Views"/>.</summary>
    private protected abstract Task<SourceFixture> CreateAsync(int partitions);

    [Fact]
    public async Task Read_Partitions_AreAnnouncedBeforeTheirViews()
    {
        await using var fixture = await FilledAsync(3);
        using var first = BatchCollector.Read(fixture.Open());
        await AllAsync(fixture, first);
        using var resumed = BatchCollector.Read(fixture.Open(), PositionsInTheMiddle(first));
        await AllAsync(fixture, resumed, seen: 0);

        foreach (var collector in new[] { first, resumed })
        {
            foreach (var partition in fixture.Partitions)
            {
                var announcement = collector.Batches.First(batch => batch.Partition == partition);
                Assert.Empty(announcement.Ids);
                Assert.Equal(PartitionStatus.Active, announcement.Status);
            }
        }
    }

    [Fact]
    public async Task Read_Batches_HavePositionsAndAllViewsOnceInOrder()
    {
        await using var fixture = await FilledAsync(3);
        using var collector = BatchCollector.Read(fixture.Open());
        await AllAsync(fixture, collector);

        Assert.DoesNotContain(collector.Batches, batch => batch.Ids.Count > 0 && string.IsNullOrEmpty(batch.Position));
        Assert.False(collector.Overlapped);
        AssertViews(fixture, collector);
    }

    [Fact]
    public async Task Read_FromThePositionOfAnyBatch_GivesExactlyTheViewsBehindIt()
    {
        await using var fixture = await FilledAsync(2);
        using var whole = BatchCollector.Read(fixture.Open());
        await AllAsync(fixture, whole);
        whole.Dispose();

        var batches = whole.Batches;
        for (var i = 1; i <= Resumes; i++)
        {
            var before = batches.Take(batches.Count * i / Resumes).ToList();
            using var rest = BatchCollector.Read(fixture.Open(), BatchCollector.PositionsAfter(before));
            var expected = fixture.Partitions.ToDictionary(
                partition => partition,
                partition => whole.Ids(partition).Skip(
                    before.Where(batch => batch.Partition == partition).Sum(batch => batch.Ids.Count)).ToList());
            await rest.UntilAsync(
                _ => Settled(fixture, rest) && expected.All(views => rest.Ids(views.Key).Count >= views.Value.Count),
                "all views behind the position");
            foreach (var (partition, ids) in expected)
                AssertSame(fixture, ids, rest.Ids(partition));
        }
    }

    [Fact]
    public async Task Read_Disposed_PushesNothingMore()
    {
        await using var fixture = await FilledAsync(2);
        using var blocked = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pushed = 0;
        using var collector = BatchCollector.Read(fixture.Open(), onNext: (_, batch) =>
        {
            Interlocked.Increment(ref pushed);
            if (batch.Ids.Count > 0 && entered.TrySetResult())
                blocked.Wait(TimeSpan.FromSeconds(30));
        });
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var disposal = Task.Run(collector.Dispose, TestContext.Current.CancellationToken);
        await Task.WhenAny(disposal, Task.Delay(Silence, TimeProvider.System, TestContext.Current.CancellationToken));
        var before = Volatile.Read(ref pushed);
        blocked.Set();

        await disposal.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(await HappensAsync(() => Volatile.Read(ref pushed) > before || collector.Completed));
        using var again = BatchCollector.Read(fixture.Open());
        await AllAsync(fixture, again);
        AssertViews(fixture, again);
    }

    [Fact]
    public async Task Read_OnNextHasNotReturned_NothingElseIsPushedAndLittleIsTaken()
    {
        await using var fixture = await FilledAsync(2);
        var source = fixture.Open();
        using var blocked = new ManualResetEventSlim();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var collector = BatchCollector.Read(source, onNext: (_, batch) =>
        {
            if (batch.Ids.Count > 0 && entered.TrySetResult())
                blocked.Wait(TimeSpan.FromSeconds(30));
        });
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var before = collector.Batches.Count;
        var pushed = collector.Batches.Sum(batch => batch.Ids.Count);
        Assert.False(await HappensAsync(() => collector.Batches.Count > before));
        if (fixture.RecordsTaken(source) is { } taken)
            Assert.InRange(taken - pushed, 0, fixture.MaximumAhead);
        blocked.Set();
        await AllAsync(fixture, collector);
        Assert.False(collector.Overlapped);
        AssertViews(fixture, collector);
    }
}
