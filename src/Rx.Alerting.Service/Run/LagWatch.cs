using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>Tells the service's health which pipelines are further behind than <see cref="HealthOptions.MaximumLag"/>.</summary>
internal sealed class LagWatch(
    Settings settings, WatchedStream stream, PipelineStatus status, PipelineHealth health, TimeProvider clock)
    : PeriodicService(TimeSpan.FromSeconds(5), clock)
{
    public override void LookAgain()
    {
        if (settings.Health.MaximumLag > TimeSpan.Zero)
            health.Lag = Text();
    }

    private string? Text()
    {
        var now = Clock.GetUtcNow();
        var latest = status.Latest;
        if (latest.Values.Any(one => one.Paused is not null))
            return null; // Somebody wants it to be behind. The health says who.
        var pipelines = latest.Where(one => !one.Value.IsIdle).Select(one => (one.Key, Lag: now - one.Value.Watermark));
        var partitions = stream.Assignments.Progress.Select(one => (one.Partition, Lag: one.LagTime));
        var (name, lag) = pipelines.Concat(partitions).OrderByDescending(one => one.Lag).FirstOrDefault();
        return lag > settings.Health.MaximumLag
            ? $"{name} is {Duration.Format(TimeSpan.FromSeconds(Math.Floor(lag.Value.TotalSeconds)))} behind, "
                + $"more than Health:MaximumLag ({Duration.Format(settings.Health.MaximumLag)})"
            : null;
    }
}
