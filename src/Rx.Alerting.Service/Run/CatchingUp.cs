using System.Globalization;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Run;

/// <summary>
/// Knows which pipelines have lost state, and read views again that they had read before: until event time is where it was, incidents are missing from
/// what the API answers. Says so in the log, in the service's health, and beside the answers.
/// </summary>
/// <remarks>
/// A pipeline has caught up when its watermark is where it was before the loss, or, where nobody knows that any more, at the time at which it began anew;
/// or when all its partitions have been read to their end.
/// </remarks>
internal sealed class CatchingUp(PipelineStatus status, PipelineHealth health, TimeProvider clock, ILogger<CatchingUp> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Loss> losses = new(StringComparer.Ordinal);

    /// <summary>For whoever reads incidents: why some may be missing; null: none are.</summary>
    public string? Notice
    {
        get
        {
            lock (gate)
                return losses.Count == 0 ? null : string.Join("; ", losses.Select(loss => Text(loss.Key, loss.Value)));
        }
    }

    public void Take(CheckpointEvent value)
    {
        if (value.Kind == CheckpointEventKind.RolledBack)
            Begin(value.Pipeline, status.Latest.GetValueOrDefault(value.Pipeline)?.Watermark);
        else if (value is { Kind: CheckpointEventKind.Restored, Lost: not null })
            Begin(value.Pipeline, null);
    }

    /// <summary>Looks whether pipelines have caught up.</summary>
    public void LookAgain()
    {
        var latest = status.Latest;
        List<KeyValuePair<string, Loss>> all;
        lock (gate)
            all = [.. losses];
        foreach (var (pipeline, loss) in all)
        {
            var now = latest.GetValueOrDefault(pipeline);
            // As it was begun, a partition is idle that was so when it was saved.
            var isAtEnd = now is { IsIdle: true } && !ReferenceEquals(now, status.Beginning(pipeline));
            if (now?.Watermark >= loss.Until || isAtEnd)
                End(pipeline);
            else
                health.Doubt(Key(pipeline), Text(pipeline, loss));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            LookAgain();
    }

    private void Begin(string pipeline, DateTimeOffset? until)
    {
        var now = clock.GetUtcNow();
        Loss loss;
        lock (gate)
            loss = losses[pipeline] = losses.TryGetValue(pipeline, out var known) ? known : new(until ?? now, now);
        health.Doubt(Key(pipeline), Text(pipeline, loss));
    }

    private void End(string pipeline)
    {
        lock (gate)
            losses.Remove(pipeline);
        health.Doubt(Key(pipeline), null);
        RunLog.CaughtUp(log, pipeline);
    }

    private string Text(string pipeline, Loss loss) => string.Create(
        CultureInfo.InvariantCulture,
        $"{pipeline} lost its state at {loss.At:u} and reads anew: incidents may be missing until event time is {loss.Until:u}; it is {Reached(pipeline)}");

    private string Reached(string pipeline) =>
        status.Latest.GetValueOrDefault(pipeline)?.Watermark is { } watermark ? watermark.ToString("u", CultureInfo.InvariantCulture) : "not known yet";

    private static string Key(string pipeline) => $"{pipeline} catching up";

    private sealed record Loss(DateTimeOffset Until, DateTimeOffset At);
}
