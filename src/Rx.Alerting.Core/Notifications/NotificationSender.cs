using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Notifications;

/// <summary>Tells what a channel has to tell: one notification at a time, the one that is due first.</summary>
/// <remarks>
/// Before an attempt begins, it is remembered that it is under way. So after a crash it is known that it may have arrived: a receiver that
/// can tell is asked, and any other is told once more at most.
/// </remarks>
internal sealed partial class NotificationSender(
    NotificationChannel channel,
    NotificationTarget target,
    NotificationRules rules,
    NotificationOptions options,
    TimeProvider clock,
    IObserver<NotificationReport> reports)
{
    /// <summary>What a stop waits for the store.</summary>
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    /// <summary>A timer takes no more than 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly ReceiverPause pause = new(target, options, clock);
    private readonly ReceiverPause storePause = new(target, options, clock);
    private readonly DeliveryResults results = new(target, rules, options, clock);
    private readonly NotificationQueue queue = new(channel, rules);
    private readonly NotificationAftermath aftermath = new(channel, clock);

    /// <summary>The latest failure, of what is still to be told. Null: nothing has failed.</summary>
    private NotificationReport? failing;

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
            pause.End();
        if (await SaveAgainAsync(stop) is { Ticks: > 0 } unsaved)
            return unsaved;
        var now = clock.GetUtcNow();
        if (failing is { } over && !channel.HasFailing(now))
            Report(over with { Kind = NotificationReportKind.NothingFails, Event = null, Problem = null, Latency = default });
        var next = queue.First(now);
        if (WaitFor(next) is { Ticks: > 0 } wait)
            return await BringAsync(wait, stop);
        queue.Take(next!);
        await TellAsync(next!.Part, next.Thread, stop);
        return TimeSpan.Zero;
    }

    /// <summary>What the store has not taken is written before anything else is told.</summary>
    /// <returns>How long the store is left alone. Zero: it has everything.</returns>
    private async Task<TimeSpan> SaveAgainAsync(CancellationToken stop)
    {
        if (channel.FirstUnsaved is not var (part, thread))
            return TimeSpan.Zero;
        if (storePause.Until - clock.GetUtcNow() is { Ticks: > 0 } wait)
            return wait;
        try
        {
            await channel.SaveAgainAsync(stop);
            storePause.End();
            return TimeSpan.Zero;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return LongestWait;
        }
        catch (Exception problem)
        {
            storePause.Failed();
            var text = problem is CheckpointStoreException ? problem.Message : $"a fault of this program: {problem}";
            Report(Failure(part, thread, NotificationReportKind.StoreFailed, text));
            return storePause.Until - clock.GetUtcNow();
        }
    }

    /// <summary>Brings what remains, unless the receiver is to be left alone.</summary>
    /// <returns>How long there is nothing to do.</returns>
    private async Task<TimeSpan> BringAsync(TimeSpan calm, CancellationToken stop)
    {
        if (aftermath.IsEmpty)
            return calm;
        if (pause.Until - clock.GetUtcNow() is { Ticks: > 0 } rest)
            return rest < calm ? rest : calm;
        return await aftermath.RunAsync(calm, IsDue, ReportFault, stop) ? TimeSpan.Zero : calm;

        void ReportFault(NotificationPart part, NotificationThread thread, Exception fault) =>
            Report(Failure(part, thread, NotificationReportKind.Failed, $"a fault of this program: {fault}"));
    }

    private TimeSpan WaitFor(NextNotification? next) =>
        next is null ? LongestWait : (next.Due > pause.Until ? next.Due : pause.Until) - clock.GetUtcNow();

    private bool IsDue() => WaitFor(queue.First(clock.GetUtcNow())) <= TimeSpan.Zero;

    private async Task TellAsync(NotificationPart part, NotificationThread thread, CancellationToken stop)
    {
        try
        {
            Notification? notification = null;
            if (!await channel.ChangeAsync(part, thread, () => Begin(thread, out notification), stop))
                return; // It is not due any more, or the pipeline is in other hands.
            aftermath.Forget(thread.Id);
            NotifyResult? result;
            var started = clock.GetTimestamp();
            try
            {
                result = notification is null ? null : await AttemptAsync(notification, stop);
            }
            catch (OperationCanceledException end) when (stop.IsCancellationRequested)
            {
                // That it was stopped in good order does not count as an interruption.
                await RememberAsync(part, thread, (_, latest) => latest.Stop(isInDoubt: end is not NothingSentException), stop);
                return;
            }

            var took = notification is null ? TimeSpan.Zero : clock.GetElapsedTime(started);
            Pause(result);
            var isReported = false; // A part that has begun anew meanwhile notes it once more, or later.
            await RememberAsync(part, thread, Note, stop);
            if (result is NotifyResult.Delivered { Afterwards: not null } delivered)
                aftermath.Add(part, thread, delivered);

            void Note(NotificationPart own, NotificationThread latest)
            {
                var report = results.Note(own, latest, notification, result, pause.Until);
                if (!isReported)
                    Report(report with { Duration = took });
                isReported = true;
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The store has not taken it, or not in time. The next process finds the delivery under way.
        }
        catch (CheckpointStoreException problem)
        {
            pause.Failed();
            Report(Failure(part, thread, NotificationReportKind.StoreFailed, problem.Message));
        }
        catch (Exception fault)
        {
            // Others are told all the same.
            pause.Failed();
            Report(Failure(part, thread, NotificationReportKind.Failed, $"a fault of this program: {fault}"));
        }
    }

    /// <summary>What has become of an attempt is remembered even if this program is stopped just then.</summary>
    private async Task RememberAsync(
        NotificationPart part, NotificationThread thread, Action<NotificationPart, NotificationThread> change, CancellationToken stop)
    {
        using var last = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var stopping = stop.Register(() => last.CancelAfter(LastWrite));
        await channel.EndAsync(part, thread, change, last.Token);
    }

    private void Report(NotificationReport report)
    {
        failing = report.Kind is NotificationReportKind.Failed or NotificationReportKind.StoreFailed ? report
            : report.Kind is NotificationReportKind.Delivered or NotificationReportKind.NothingFails ? null
            : failing;
        reports.OnNext(report);
    }

    private NotificationReport Failure(NotificationPart part, NotificationThread thread, NotificationReportKind kind, string problem) =>
        new(target.Name, part.Pipeline, thread.Id, kind, null, problem, 0, default);
}
