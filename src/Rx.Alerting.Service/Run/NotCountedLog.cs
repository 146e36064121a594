using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Run;

/// <summary>Logs how many records and views were not counted, and why: every minute in which their number has grown.</summary>
internal sealed class NotCountedLog(PipelineStatus status, TimeProvider clock, ILogger<NotCountedLog> log)
    : PeriodicService(TimeSpan.FromMinutes(1), clock)
{
    private readonly Dictionary<string, Look> looks = new(StringComparer.Ordinal);

    /// <summary>Logs what was not counted since the last call.</summary>
    public override void LookAgain()
    {
        var latest = status.Latest;
        foreach (var gone in looks.Keys.Except(latest.Keys).ToList())
            looks.Remove(gone);
        foreach (var (pipeline, now) in latest)
        {
            // A pipeline that has begun anew since the last call counts from its begin.
            if (status.Beginning(pipeline) is not { } beginning)
                continue;
            var hasLooked = looks.TryGetValue(pipeline, out var look) && ReferenceEquals(look.Beginning, beginning);
            var before = hasLooked ? look!.Statistics : beginning;
            looks[pipeline] = new Look(beginning, now);
            if (RejectionWords.NotCounted(now.Since(before)) is { Length: > 0 } since)
                RunLog.NotCounted(log, pipeline, since, RejectionWords.NotCounted(now));
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        LookAgain();
    }

    private sealed record Look(PipelineStatistics Beginning, PipelineStatistics Statistics);
}
