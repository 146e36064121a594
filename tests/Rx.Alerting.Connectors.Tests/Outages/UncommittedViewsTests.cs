using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Outages;

public sealed class UncommittedViewsTests
{
    [Fact]
    public async Task Run_MoreViewsThanMayWaitWithinOneInterval_AreCommittedBeforeIt()
    {
        var pipeline = new WatchedPipeline { Clock = new FakeTimeProvider() }; // The interval never ends.
        var source = new ListedViews(OutageTraffic.Views);
        await using var store = new InMemoryCheckpointStore();
        pipeline.Start(store, source);

        await pipeline.EndAsync();

        Assert.True(OutageTraffic.Views.Count > 3 * pipeline.Checkpoints.MaximumUncommittedViews);
        Assert.InRange(pipeline.Events.Count(said => said.Kind == CheckpointEventKind.Committed), 3, OutageTraffic.Views.Count);
        Assert.Equal(await OutageTraffic.ExpectedAsync(), pipeline.Delivered);
    }
}
