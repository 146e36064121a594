using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Notifications;

/// <content>How an attempt begins, and what the receiver answers.</content>
internal sealed partial class NotificationSender
{
    /// <summary>From now on the thread's next notification may arrive.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="notification">Null: it may have arrived twice already.</param>
    /// <returns>False if the thread has changed meanwhile so that nothing is due.</returns>
    private bool Begin(NotificationThread thread, out Notification? notification)
    {
        notification = null;
        if (!(rules.Due(thread) <= clock.GetUtcNow()))
            return false;
        if (thread.Pending is null)
            rules.Renew(thread, clock.GetUtcNow());
        var what = thread.Pending!.Value;
        var occurrence = thread.Occurrence + (what == NotificationEvent.Reopened ? 1 : 0);
        if (thread.DeliveryId is null)
            thread.Start(DeliveryIds.New(target.Name, thread, what, occurrence));
        var isTwice = thread.Interruptions > 1 && !target.Notifier.Traits.IsIdempotent;
        if (!isTwice)
        {
            (thread.IsUnderWay, thread.IsStale) = (true, false);
            notification = Notification.Of(thread, what, occurrence, options.LinkTo);
        }

        return true;
    }

    private async Task<NotifyResult> AttemptAsync(Notification notification, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(options.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await target.Notifier.NotifyAsync(notification, either.Token);
        }
        catch (NothingSentException end) when (limit.IsCancellationRequested)
        {
            return new NotifyResult.Later($"{end.Message} ({Duration.Format(options.Timeout)})", IsInDoubt: false);
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

    private void Pause(NotifyResult? result)
    {
        if (result is NotifyResult.Delivered)
            pause.Delivered();
        else if (result is NotifyResult.Later later)
            pause.Failed(later.RetryAfter);
    }
}
