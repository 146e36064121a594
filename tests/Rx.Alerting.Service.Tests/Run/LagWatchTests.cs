using System.Reactive.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class LagWatchTests : IDisposable
{
    private const string Pipeline = "simulation/seed-1";

    private readonly FakeTimeProvider clock = new(new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
    private readonly Settings settings = new() { Health = new() { MaximumLag = TimeSpan.FromMinutes(5) } };
    private readonly WatchedStream stream;
    private readonly PipelineStatus status;
    private readonly PipelineHealth health;
    private readonly LagWatch watch;

    public LagWatchTests()
    {
        stream = WatchedStreams.Open(settings, SimulationOptions.Demo, clock, NullLoggerFactory.Instance);
        status = new(clock, NullLogger<PipelineStatus>.Instance);
        health = new(stream);
        watch = new(settings, stream, status, health, clock);
    }

    public void Dispose() => stream.Dispose();

    /// <summary>As long as a large checkpoint is restored, there is no pipeline.</summary>
    [Fact]
    public void LookAgain_NoPipelineYet_IsNotBehind()
    {
        watch.LookAgain();

        Assert.DoesNotContain("behind", health.Description, StringComparison.Ordinal);
    }

    /// <summary>A pipeline that has read nothing has no event time.</summary>
    [Fact]
    public void LookAgain_NothingReadYet_IsNotBehind()
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions(), [], tracksChanges: false, clock);
        status.Begin(Pipeline, pipeline);

        watch.LookAgain();

        Assert.DoesNotContain("behind", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void LookAgain_FurtherBehindThanItMayBe_IsSaidUntilItHasCaughtUp()
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions(), [], tracksChanges: false, clock);
        status.Begin(Pipeline, pipeline);
        Read(pipeline, minutesAgo: 10); // And views may be out of order by two minutes.

        watch.LookAgain();

        Assert.Matches($@"{Pipeline} is 12m\S* behind, more than Health:MaximumLag \(5m\)", health.Description);
        for (var ago = 9; ago >= 0; ago--)
            Read(pipeline, ago);
        watch.LookAgain();
        Assert.DoesNotContain("behind", health.Description, StringComparison.Ordinal);
    }

    /// <summary>Nobody asks the watch to look: the service does.</summary>
    [Fact]
    public async Task Run_SourceIsFarBehind_ServiceIsNotReady()
    {
        var folder = new TemporaryFolder(); // The service deletes it.
        var set = settings with { Sqlite = new() { Path = folder["state.db"] } };
        var old = Observable.Return(Views(1_600_000_000_000));

        await using var service = await RunningService.StartAsync(
            new ScriptedSource(old.Concat(Observable.Never<ViewBatch>())), folder, set);

        await service.UntilHealthSaysAsync("waiting: lag; ");
    }

    private void Read(DetectionPipeline pipeline, int minutesAgo)
    {
        var time = clock.GetUtcNow().AddMinutes(-minutesAgo).ToUnixTimeMilliseconds();
        pipeline.OnNext(Views(time));
        status.Settle(Pipeline, pipeline);
    }

    /// <summary>So many that nobody takes their time for a mistake.</summary>
    private static ViewBatch Views(long time) => TestBatches.Of("a", Enumerable.Repeat(new TestView(time, "property"), 20));
}
