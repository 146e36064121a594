using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class PipelineWorkerTests
{
    [Fact]
    public async Task Source_Fails_StopsTheHostAsFailed()
    {
        await using var service = await RunningService.StartAsync(
            new ScriptedSource(Observable.Throw<ViewBatch>(new IOException("the disk is gone"))));

        await service.Stopping.WhenCancelledAsync();

        Assert.True(service.Worker.HasFailed);
    }

    [Fact]
    public async Task Source_Ends_LeavesTheServiceServing()
    {
        await using var service = await RunningService.StartAsync(new ScriptedSource(Observable.Empty<ViewBatch>()));

        var (status, _, _) = await service.GetAsync("/api/v1/incidents");

        Assert.Equal(200, status);
        Assert.False(service.Worker.HasFailed);
    }

    [Fact]
    public async Task Host_Stops_UnsubscribesFromTheSource()
    {
        using var batches = new Subject<ViewBatch>();
        var subscribed = new TaskCompletionSource();
        var source = Observable.Defer(() =>
        {
            subscribed.SetResult();
            return batches;
        });

        await using (await RunningService.StartAsync(new ScriptedSource(source)))
            await subscribed.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.False(batches.HasObservers);
    }

    [Fact]
    public async Task Host_DisposedWithoutStopping_UnsubscribesFromTheSource()
    {
        var subscribed = new TaskCompletionSource();
        var unsubscribed = new TaskCompletionSource();
        var service = await RunningService.StartAsync(new ScriptedSource(Observable.Create<ViewBatch>(_ =>
        {
            subscribed.SetResult();
            return unsubscribed.SetResult;
        })));
        await subscribed.Task.WaitAsync(TestContext.Current.CancellationToken);
        var worker = service.Worker;

        await service.AbandonAsync();

        await unsubscribed.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(worker.HasFailed);
    }
}
