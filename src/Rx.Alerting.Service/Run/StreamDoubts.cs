using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Advice;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Says, in the log and in the service's health, when what a pipeline reads looks wrong as a whole though every record can be read: when the doubt begins,
/// once an hour while it lasts, and when it is over.
/// </summary>
internal sealed class StreamDoubts(PipelineStatus status, PipelineHealth health, TimeProvider clock, ILogger<StreamDoubts> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Reminder = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Look> looks = new(StringComparer.Ordinal);

    /// <summary>Looks at what the pipelines have read since the look before.</summary>
    public void LookAgain()
    {
        var latest = status.Latest;
        foreach (var gone in looks.Keys.Except(latest.Keys).ToList())
        {
            looks.Remove(gone);
            health.Doubt(gone, null);
        }

        foreach (var (pipeline, now) in latest)
            LookAt(pipeline, now);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            LookAgain();
    }

    private void LookAt(string pipeline, PipelineStatistics now)
    {
        // A pipeline that has begun anew since counts from there.
        if (status.Beginning(pipeline) is not { } beginning)
            return;
        var last = looks.TryGetValue(pipeline, out var look) && ReferenceEquals(look.Beginning, beginning) ? look : new Look(beginning, beginning, [], 0);
        if (StreamAdvice.Between(last.Statistics, now) is not { } advice)
            return;

        var isNew = advice.ExceptBy(last.Doubts, one => one.Kind).Any();
        var say = isNew || (advice.Count > 0 && clock.GetElapsedTime(last.SaidAt) >= Reminder);
        looks[pipeline] = new Look(beginning, now, [.. advice.Select(one => one.Kind)], say ? clock.GetTimestamp() : last.SaidAt);
        health.Doubt(pipeline, advice.Count == 0 ? null : string.Join("; ", advice.Select(one => Text(pipeline, one))));
        if (say)
        {
            foreach (var one in advice)
                RunLog.Doubtful(log, pipeline, Text(pipeline, one));
        }

        if (advice.Count == 0 && last.Doubts.Count > 0)
            RunLog.NotDoubtful(log, pipeline);
    }

    private string Text(string pipeline, Advice.Advice advice) =>
        advice.Kind == AdviceKind.Rejected && status.LooksLike(pipeline) is { } kind ? $"{advice.Text}. A record {kind}" : advice.Text;

    private sealed record Look(PipelineStatistics Beginning, PipelineStatistics Statistics, IReadOnlyList<AdviceKind> Doubts, long SaidAt);
}
