using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Notifications;

/// <summary>Tells what a channel has to tell: one notification at a time, the one that is due first.</summary>
/// <remarks>
/// Before an attempt begins, it is remembered that it is under way. So after a crash it is known that it may have arrived: a receiver that
/// can tell is asked, and any other is told once more at most.
/// </remarks>
internal sealed class NotificationSender(
    NotificationChannel channel,
    NotificationTarget target,
    NotificationRules rules,
    NotificationOptions options,
    TimeProvider clock,
    IObserver<NotificationReport> reports)
{
    /// <summary>The receiver wants to be left alone until then.</summary>
    private DateTimeOffset pause = DateTimeOffset.MinValue;
    private int failures;
    private TimeSpan took;

    /// <summary>What a stop waits for the store.</summary>
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    /// <summary>A timer takes no more than 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Tells until <paramref name="stop"/>, not on the calling thread.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var changed = channel.Changed;
            if (await TellNextAsync(stop) is { Ticks: > 0 } wait)
            {
                await changed.WaitAsync(wait < LongestWait ? wait : LongestWait, clock, stop)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    /// <summary>Tells what is due first, if it is due.</summary>
    /// <returns>How long nothing is due.</returns>
    public async Task<TimeSpan> TellNextAsync(CancellationToken stop)
    {
        if (channel.TakeRetry())
            (pause, failures) = (DateTimeOffset.MinValue, 0);
        if (channel.FirstDue() is not var (part, thread, due))
            return LongestWait;
        var wait = (due > pause ? due : pause) - clock.GetUtcNow();
        if (wait <= TimeSpan.Zero)
            await TellAsync(part, thread, stop);
        return wait;
    }

    private async Task TellAsync(NotificationPart part, NotificationThread thread, CancellationToken stop)
    {
        try
        {
            Notification? notification = null;
            if (!await channel.ChangeAsync(part, thread, () => notification = Begin(thread), stop))
                return; // The pipeline is in other hands.
            var started = clock.GetTimestamp();
            var result = notification is null ? null : await AttemptAsync(notification, stop);
            took = notification is null ? TimeSpan.Zero : clock.GetElapsedTime(started);
            await channel.ChangeAsync(part, thread, () => End(part, thread, notification, result), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // It may have arrived. That it was stopped in good order does not count as an interruption.
            Task remembered = channel.ChangeAsync(part, thread, () => thread.Doubt(), CancellationToken.None);
            await remembered.WaitAsync(LastWrite, clock, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        catch (CheckpointStoreException problem)
        {
            Pause(clock.GetUtcNow(), null);
            Report(part, thread, new(NotificationReportKind.StoreFailed, null, problem.Message), 0, default);
        }
        catch (Exception fault)
        {
            // Others are told all the same.
            Pause(clock.GetUtcNow(), null);
            Report(part, thread, new(NotificationReportKind.Failed, null, $"a fault of this program: {fault}"), 0, default);
        }
    }

    /// <summary>From now on the thread's next notification may arrive. Null: it may have arrived twice already.</summary>
    private Notification? Begin(NotificationThread thread)
    {
        if (thread.Pending is null)
            rules.Renew(thread, clock.GetUtcNow());
        var what = thread.Pending!.Value;
        var occurrence = thread.Occurrence + (what == NotificationEvent.Reopened ? 1 : 0);
        var id = DeliveryIdOf(thread, what, occurrence);
        if (thread.DeliveryId != id)
            thread.Start(id);
        if (thread.Interruptions > 1 && !target.Notifier.Traits.IsIdempotent)
            return null;
        (thread.IsUnderWay, thread.IsStale) = (true, false);
        return new()
        {
            DeliveryId = id,
            ThreadId = thread.Id,
            Event = what,
            Incidents = [.. thread.Incidents],
            IsOver = thread.IsOver,
            IsLoud = NotificationRules.IsLoud(thread, what),
            Occurrence = occurrence,
            Reference = thread.Reference,
            IsInDoubt = thread.IsInDoubt,
            Link = options.LinkTo(thread.Id),
        };
    }

    private async Task<NotifyResult> AttemptAsync(Notification notification, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await target.Notifier.NotifyAsync(notification, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new NotifyResult.Later($"no answer within {Duration.Format(options.Timeout)}", IsInDoubt: true);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            return new NotifyResult.Later($"a fault of this program: {fault}", IsInDoubt: true);
        }
    }

    private void End(NotificationPart part, NotificationThread thread, Notification? notification, NotifyResult? result)
    {
        var (now, what, attempts) = (clock.GetUtcNow(), thread.Pending!.Value, thread.Attempts + 1);
        var latency = now - thread.PendingSince;
        switch (result)
        {
            case NotifyResult.Delivered delivered:
                failures = 0;
                pause = now + target.Notifier.Traits.Pace;
                thread.Reference = delivered.Reference ?? thread.Reference;
                thread.Keep(new(now, what, NotificationOutcome.Delivered, delivered.Remark, attempts, latency), options.MaximumRecords);
                rules.Told(thread, notification!, now);
                Report(part, thread, new(NotificationReportKind.Delivered, what, null), attempts, latency);
                break;
            case NotifyResult.Later later when latency < options.Deadline:
                thread.IsStale = true;
                thread.Attempts = attempts;
                (thread.IsUnderWay, thread.IsInDoubt) = (false, thread.IsInDoubt || later.IsInDoubt);
                thread.NotBefore = Pause(now, later.RetryAfter);
                Report(part, thread, new(NotificationReportKind.Failed, what, later.Problem), attempts, latency);
                rules.Decide(thread, now);
                break;
            case null:
                const string twice = "this program has ended twice while it was sent, so it may have arrived twice already";
                GiveUp(NotificationOutcome.GivenUp, NotificationReportKind.GivenUp, twice);
                break;
            case NotifyResult.Later later:
                GiveUp(NotificationOutcome.GivenUp, NotificationReportKind.GivenUp, later.Problem);
                break;
            case NotifyResult.Refused refused:
                GiveUp(NotificationOutcome.Refused, NotificationReportKind.Refused, refused.Problem);
                break;
        }

        void GiveUp(NotificationOutcome outcome, NotificationReportKind kind, string problem)
        {
            thread.Keep(new(now, what, outcome, problem, attempts, latency), options.MaximumRecords);
            NotificationRules.GiveUp(thread, what, now);
            Report(part, thread, new(kind, what, problem), attempts, latency);
            rules.Decide(thread, now);
        }
    }

    /// <summary>After a failure, the receiver is left alone for a while.</summary>
    private DateTimeOffset Pause(DateTimeOffset now, TimeSpan? asked)
    {
        var own = options.RetryAfter(++failures, Random.Shared.NextDouble());
        return pause = now + (asked > own ? asked.Value : own);
    }

    private void Report(NotificationPart part, NotificationThread thread, NotificationAttempt attempt, int attempts, TimeSpan latency) =>
        reports.OnNext(new(target.Name, part.Pipeline, thread.Id, attempt.Kind, attempt.Event, attempt.Problem, attempts, latency)
        {
            Duration = took,
        });

    /// <summary>The same for what is the same to the receiver, whoever sends it.</summary>
    private string DeliveryIdOf(NotificationThread thread, NotificationEvent what, int occurrence)
    {
        var nth = what is NotificationEvent.Opened or NotificationEvent.Reopened ? 0 : thread.ToldAt.ToUnixTimeMilliseconds();
        var text = string.Create(CultureInfo.InvariantCulture, $"{target.Name}|{thread.Id}|{what}|{occurrence}|{nth}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    private readonly record struct NotificationAttempt(NotificationReportKind Kind, NotificationEvent? Event, string? Problem);
}
