using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Channels;

/// <summary>What a receiver has answered to a notification of a test.</summary>
/// <param name="Event">What it was told.</param>
/// <param name="Result">The answer.</param>
internal sealed record ChannelTestStep(NotificationEvent Event, NotifyResult Result)
{
    public bool IsDelivered => Result is NotifyResult.Delivered;

    /// <summary>The answer in words, without secrets.</summary>
    public string Words => Result switch
    {
        NotifyResult.Delivered { Remark: { } remark } => $"delivered: {remark}",
        NotifyResult.Delivered => "delivered",
        NotifyResult.Later later => $"failed, would be tried again: {later.Problem}",
        NotifyResult.Refused refused => $"refused: {refused.Problem}",
        _ => string.Empty,
    };
}

/// <summary>
/// Tells a receiver of an incident that says that it is a test, and of its end: a receiver that keeps a state would keep it open. It goes
/// the way of all notifications, with a connection of its own, and nothing of it is remembered.
/// </summary>
internal static class ChannelTest
{
    /// <summary>Tells what the receiver answers to each. After a failure, there is no second one.</summary>
    /// <param name="name">Of the channel, which is configured.</param>
    /// <param name="settings">Valid.</param>
    /// <param name="clock">Processing time.</param>
    /// <param name="log">Of what the receiver's library says.</param>
    /// <param name="stop">Ends the test.</param>
    public static async IAsyncEnumerable<ChannelTestStep> RunAsync(
        string name,
        Settings settings,
        TimeProvider clock,
        ILogger log,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var notifier = settings.Channels.All[name].Target(name, [], clock, log).Notifier;
        using var disposed = notifier as IDisposable;
        var opened = NotificationSample.Of(clock.GetUtcNow(), $"test-{Guid.NewGuid():N}");
        var first = await TellAsync(opened);
        yield return new(opened.Event, first);
        if (first is NotifyResult.Delivered told)
        {
            var closed = NotificationSample.Closed(opened, told.Reference);
            yield return new(closed.Event, await TellAsync(closed));
        }

        async Task<NotifyResult> TellAsync(Notification notification)
        {
            using var limit = new CancellationTokenSource(settings.Notifications.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            try
            {
                var result = await notifier.NotifyAsync(notification, either.Token);
                return result is NotifyResult.Delivered { Afterwards: { } bring } ? await bring(stop) : result;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return new NotifyResult.Later($"no answer within {Duration.Format(settings.Notifications.Timeout)}", IsInDoubt: true);
            }
        }
    }
}
