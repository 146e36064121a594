namespace Rx.Alerting.Core.Notifications;

/// <summary>
/// The delivery that a channel of this process has under way. If its part begins anew meanwhile, it need not be doubted: its result comes
/// to this process. One caller at a time.
/// </summary>
internal sealed class DeliveryUnderWay
{
    private (string Pipeline, string ThreadId, string DeliveryId)? delivery;

    /// <summary>What has become of it, if that may not be on the board yet.</summary>
    private Action<NotificationPart, NotificationThread>? result;

    /// <summary>A thread was changed, perhaps because its delivery begins.</summary>
    public void Begin(NotificationPart part, NotificationThread thread)
    {
        if (thread.IsUnderWay)
            (delivery, result) = ((part.Pipeline, thread.Id, thread.DeliveryId!), null);
    }

    /// <summary>What has become of it is known.</summary>
    public void Know(Action<NotificationPart, NotificationThread> change) => result = change;

    /// <summary>What has become of it is on the board.</summary>
    public void End() => (delivery, result) = (null, null);

    /// <summary>Takes over a thread of a part that begins.</summary>
    /// <returns>False if the delivery that the thread has under way, if any, is not of this process.</returns>
    public bool Resume(NotificationPart part, NotificationThread thread)
    {
        if (!IsOf(part, thread))
            return false;
        result?.Invoke(part, thread);
        return true;
    }

    /// <summary>Finds the thread in a part that has begun anew. Null: the part is not read yet, or does not have the delivery.</summary>
    public NotificationThread? Find(NotificationPart part) => part.Threads.FirstOrDefault(thread => IsOf(part, thread));

    private bool IsOf(NotificationPart part, NotificationThread thread) =>
        thread is { IsUnderWay: true, DeliveryId: { } id } && delivery == (part.Pipeline, thread.Id, id);
}
