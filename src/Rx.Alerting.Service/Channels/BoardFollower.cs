using System.Collections.Concurrent;
using System.Globalization;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Channels;

/// <summary>
/// Keeps the mirror as the board is: reads the board a few times a second, and at once when this process has changed it. What the board has
/// lost of this process is written again.
/// </summary>
internal sealed class BoardFollower(
    IBoard board, BoardChannel channel, BoardMirror mirror, PipelineHealth health, TimeProvider clock, ILogger<BoardFollower> log)
    : BackgroundService
{
    private const string Key = "incidents";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Reminders<string> outages = new(clock);
    private readonly ConcurrentQueue<string> settled = new();
    private volatile TaskCompletionSource posted = new();
    private volatile Reading latest = new(null, null, null);

    /// <summary>Why the mirror may be old or incomplete, for the API's users. Null if it is not.</summary>
    public string? Notice
    {
        get
        {
            var (_, at, problem) = latest;
            var newer = mirror.Unreadable;
            string?[] notices =
            [
                at is null ? "the incidents have not been read from the store yet" : null,
                at is { } time && problem is not null ? string.Create(CultureInfo.InvariantCulture, $"this was so at {time:u}") : null,
                problem,
                newer > 0 ? $"{newer} incidents are not shown: this process cannot read them; a newer release may have written them" : null,
            ];
            var said = string.Join("; ", notices.OfType<string>());
            return said.Length == 0 ? null : said;
        }
    }

    /// <summary>
    /// Takes a checkpoint event. The service is not ready before it shows the incidents of a restored pipeline. The board may not have them
    /// yet: it is new after an upgrade, or was lost.
    /// </summary>
    public void Take(CheckpointEvent value)
    {
        if (value.Kind == CheckpointEventKind.Restored)
            health.Wait(KeyOf(value.Pipeline));
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        health.Wait(Key);
        channel.Posted += Wake;
        channel.Settled += Settle;
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            posted = new();
            await ReadAsync(stoppingToken);
            await posted.Task.WaitAsync(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Yield(); // Not on the thread of a courier.
        }
    }

    private void Wake() => posted.TrySetResult();

    private void Settle(string pipeline)
    {
        settled.Enqueue(pipeline);
        Wake();
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            var settledBefore = settled.Count;
            var reading = await board.ReadAsync(latest.Position, stop);
            mirror.Apply(reading);
            for (; settledBefore > 0 && settled.TryDequeue(out var pipeline); settledBefore--)
                health.Clear(KeyOf(pipeline));
            if (reading.IsWhole)
                await channel.RepairAsync(reading, stop);
            latest = new(reading.Position, clock.GetUtcNow(), null);
            Recover();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service stops.
        }
        catch (Exception failure)
        {
            // Read everything again: a repair that failed is not to be forgotten.
            latest = latest with { Position = null, Problem = failure.Message };
            Fail(failure is CheckpointStoreException ? failure.Message : failure.ToString());
        }
    }

    private void Fail(string problem)
    {
        if (latest.At is null)
            health.Wait(Key, problem);
        else
            health.Doubt(Key, problem);
        if (outages.IsDue(Key, problem))
            RunLog.BoardFails(log, problem);
    }

    private void Recover()
    {
        health.Clear(Key);
        health.Doubt(Key, null);
        if (outages.End(Key) is { } lasted)
            RunLog.BoardIsBack(log, (long)lasted.TotalMilliseconds);
    }

    private static string KeyOf(string pipeline) => $"{Key} of {pipeline}";

    /// <param name="Position">Where to read on. Null: read everything.</param>
    /// <param name="At">When the board was read last. Null: not yet.</param>
    /// <param name="Problem">Why it cannot be read now. Null: it can.</param>
    private sealed record Reading(string? Position, DateTimeOffset? At, string? Problem);
}
