using System.Globalization;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Control;

/// <summary>
/// Tells, in the log and in the service's health, which pipelines are paused: when that begins, once a minute while it lasts, and when it
/// ends. The log also tells which options hold over what is configured: at the start, and when they change.
/// </summary>
internal sealed class OperationNotices(PipelineStatus status, PipelineHealth health, TimeProvider clock, ILogger<OperationNotices> log)
    : PeriodicService(TimeSpan.FromSeconds(1), clock)
{
    private readonly Reminders<string> pauses = new(clock);
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);

    public override void LookAgain()
    {
        var latest = status.Latest;
        foreach (var gone in pauses.Keys.Concat(versions.Keys).Except(latest.Keys).ToList())
        {
            pauses.End(gone);
            versions.Remove(gone);
            health.Doubt(Key(gone), null);
        }

        foreach (var (pipeline, now) in latest)
        {
            LookAtPause(pipeline, now.Paused);
            LookAtOptions(pipeline, now);
        }
    }

    private void LookAtPause(string pipeline, Pause? pause)
    {
        if (pause is null && pauses.End(pipeline) is { } lasted)
        {
            health.Doubt(Key(pipeline), null);
            RunLog.Resumed(log, pipeline, (long)lasted.TotalMilliseconds);
        }
        else if (pause is not null && pauses.IsDue(pipeline, pause))
        {
            health.Doubt(Key(pipeline), $"{pipeline} is paused: {Words(pause)}; nothing is read, so nothing can be found");
            RunLog.Paused(log, pipeline, Words(pause));
        }
    }

    private void LookAtOptions(string pipeline, PipelineStatistics now)
    {
        var before = versions.GetValueOrDefault(pipeline);
        if (now.OptionsVersion == before)
            return;
        versions[pipeline] = now.OptionsVersion;
        if (now.AdjustedOptions.Count > 0)
            RunLog.OptionsHold(log, pipeline, now.OptionsVersion, string.Join("; ", now.AdjustedOptions.Select(Words)));
        else if (before > 0)
            RunLog.OptionsAsConfigured(log, pipeline);
    }

    private static string Words(Pause pause) => $"by {pause.By}{At(pause.At)}{Because(pause.Comment)}";

    private static string Words(AdjustedOption option) =>
        $"{option.Key} = {option.Value}, configured {option.Configured}, by {option.By}{At(option.At)}{Because(option.Comment)}";

    private static string At(DateTimeOffset? at) =>
        at is { } time ? string.Create(CultureInfo.InvariantCulture, $" at {time:u}") : string.Empty;

    private static string Because(string? comment) => comment is null ? string.Empty : $" ({comment})";

    private static string Key(string pipeline) => $"{pipeline} paused";
}
