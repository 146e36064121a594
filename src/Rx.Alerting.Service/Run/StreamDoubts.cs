using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Advice;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Tells, in the log and in the service's health, when a pipeline's stream looks wrong as a whole. The log tells it when the doubt begins,
/// once an hour while it lasts, and when it ends.
/// </summary>
internal sealed class StreamDoubts(PipelineStatus status, PipelineHealth health, TimeProvider clock, ILogger<StreamDoubts> log)
    : PeriodicService(TimeSpan.FromSeconds(5), clock)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Look> looks = new(StringComparer.Ordinal);

    /// <summary>Judges what the pipelines have read since the last call.</summary>
    public override void LookAgain()
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

    private void LookAt(string pipeline, PipelineStatistics now)
    {
        // A pipeline that has begun anew since the last call counts from its begin.
        if (status.Beginning(pipeline) is not { } beginning)
            return;
        var hasLooked = looks.TryGetValue(pipeline, out var look) && ReferenceEquals(look.Beginning, beginning);
        var last = hasLooked ? look! : new Look(beginning, beginning, [], 0);
        if (StreamAdvice.Between(last.Statistics, now) is not { } advice)
            return;

        var isNew = advice.ExceptBy(last.Doubts, doubt => doubt.Kind).Any();
        var say = isNew || (advice.Count > 0 && Clock.GetElapsedTime(last.SaidAt) >= Reminder);
        looks[pipeline] = new Look(beginning, now, [.. advice.Select(doubt => doubt.Kind)], say ? Clock.GetTimestamp() : last.SaidAt);
        health.Doubt(pipeline, advice.Count == 0 ? null : string.Join("; ", advice.Select(doubt => Text(pipeline, doubt))));
        if (say)
        {
            foreach (var doubt in advice)
                RunLog.Doubtful(log, pipeline, Text(pipeline, doubt));
        }

        if (advice.Count == 0 && last.Doubts.Count > 0)
            RunLog.NotDoubtful(log, pipeline);
    }

    private string Text(string pipeline, Advice.Advice advice) =>
        advice.Kind == AdviceKind.Rejected && status.LooksLike(pipeline) is { } kind ? $"{advice.Text}. A record {kind}" : advice.Text;

    private sealed record Look(PipelineStatistics Beginning, PipelineStatistics Statistics, IReadOnlyList<AdviceKind> Doubts, long SaidAt);
}
