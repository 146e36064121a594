using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Outages;

public sealed class ClockTests
{
    [Fact]
    public async Task Run_ClockStepsBack_GoesOnCommittingAndFindsTheSame()
    {
        var clock = new SteppingClock();
        var pipeline = new WatchedPipeline { Clock = clock };
        var source = new ListedViews(OutageTraffic.Views) { Limit = 2000 };
        await using var store = new InMemoryCheckpointStore();
        pipeline.Start(store, source);
        await pipeline.UntilAsync(() => source.Read == 2000, "two thousand views");
        await pipeline.UntilAsync(CheckpointEventKind.Committed);
        var before = await store.FindAsync(WatchedPipeline.Name, TestContext.Current.CancellationToken);

        clock.StepBack(TimeSpan.FromDays(1));
        source.Limit = OutageTraffic.Views.Count;
        await pipeline.EndAsync();

        var after = await store.FindAsync(WatchedPipeline.Name, TestContext.Current.CancellationToken);
        Assert.True(after!.Id > before!.Id && after.CommittedAt < before.CommittedAt);
        Assert.Equal(await OutageTraffic.ExpectedAsync(), pipeline.Delivered);
    }
}
