using Rx.Alerting.Core.Notifications;
using Notification = Rx.Alerting.Core.Notifications.Notification;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Tells people from one process. A call may fail before it has arrived or after that, and may take long.</summary>
/// <remarks>
/// A process is killed, not put to sleep, between remembering that a notification is under way and sending it. Nothing outside the store
/// can refuse a zombie, so one that slept just there would send what another process sends meanwhile.
/// </remarks>
internal sealed class SimulatedNotifier(SimulatedPeople people, SimulatedProcess process) : INotifier
{
    public NotifierTraits Traits => people.Traits;

    public async Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel)
    {
        await process.PassAtOnceAsync(CrashSite.Telling, 15);
        if (process.Fails(8))
            return new NotifyResult.Later("The simulated receiver has refused the connection.", IsInDoubt: false);
        people.Take(notification);
        using var doubted = cancel.Register(() => people.Doubt(notification));
        await process.PassAsync(CrashSite.Told, 15, cancel);
        if (!process.Fails(8))
            return new NotifyResult.Delivered(notification.ThreadId);
        people.Doubt(notification);
        return new NotifyResult.Later("The simulated receiver has not answered.", IsInDoubt: true);
    }
}
