using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class MergedEventsTests
{
    [Fact]
    public async Task ToldTo_TwoPipelinesPushAtTheSameTime_OneEventAfterTheOther()
    {
        var told = new List<string>();
        using var together = new Barrier(2);
        var met = false;
        var events = MergedEvents.ToldTo<CheckpointEvent>(value =>
        {
            // The first listener call waits for a second, concurrent call, which must not come.
            met |= together.SignalAndWait(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
            told.Add(value.Pipeline);
        });

        await Task.WhenAll(Push("a"), Push("b"));

        Assert.False(met);
        Assert.Equal(["a", "b"], told.Order(StringComparer.Ordinal));

        Task Push(string pipeline) => Task.Factory.StartNew(
            () => events.OnNext(new(pipeline, CheckpointEventKind.Committed, 1, 1, TimeSpan.Zero)),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
