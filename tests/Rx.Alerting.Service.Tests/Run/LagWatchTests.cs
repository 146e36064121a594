using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Tests.Run;

public sealed class LagWatchTests : IDisposable
{
    private readonly FakeTimeProvider clock = new(new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero));
    private readonly Settings settings = new() { Health = new() { MaximumLag = TimeSpan.FromMinutes(1) } };
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
        status.Begin("simulation/seed-1", pipeline);

        watch.LookAgain();

        Assert.DoesNotContain("behind", health.Description, StringComparison.Ordinal);
    }
}
