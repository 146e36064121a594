namespace Rx.Alerting.Core.Notifications;

/// <summary>A delivery of a pipeline.</summary>
internal readonly record struct DeliveryKey(string Pipeline, string ThreadId, string DeliveryId)
{
    /// <summary>The delivery that a thread has under way. Null: it has none.</summary>
    public static DeliveryKey? Of(NotificationPart part, NotificationThread thread) =>
        thread is { IsUnderWay: true, DeliveryId: { } id } ? new(part.Pipeline, thread.Id, id) : null;
}

/// <summary>
/// The deliveries that a channel of this process has under way, or of which the result may not be on the board yet. If their part begins
/// anew meanwhile, they need not be doubted: this process knows, or is about to know. One caller at a time.
/// </summary>
internal sealed class DeliveriesUnderWay
{
    /// <summary>What has become of each. Null: that is not known yet.</summary>
    private readonly Dictionary<DeliveryKey, Action<NotificationPart, NotificationThread>?> results = [];

    /// <summary>A thread was changed, perhaps because its delivery begins. An earlier result holds until that is on the board.</summary>
    public void Begin(NotificationPart part, NotificationThread thread)
    {
        if (DeliveryKey.Of(part, thread) is { } delivery)
            results.TryAdd(delivery, null);
    }

    /// <summary>That the thread's delivery begins is on the board.</summary>
    public void Begun(NotificationPart part, NotificationThread thread)
    {
        if (DeliveryKey.Of(part, thread) is { } delivery)
            results[delivery] = null;
    }

    /// <summary>What has become of it is known.</summary>
    public void Know(DeliveryKey delivery, Action<NotificationPart, NotificationThread> change) => results[delivery] = change;

    /// <summary>What has become of it is on the board.</summary>
    public void End(DeliveryKey delivery) => results.Remove(delivery);

    /// <summary>The latest state of a thread is on the board.</summary>
    public void End(NotificationPart part, string threadId) =>
        EndKnown(delivery => delivery.Pipeline == part.Pipeline && delivery.ThreadId == threadId);

    /// <summary>The pipeline is in other hands, where nobody knows the results. The next owner has to doubt the deliveries.</summary>
    public void End(string pipeline) => EndKnown(delivery => delivery.Pipeline == pipeline);

    /// <summary>Takes over a thread of a part that begins.</summary>
    /// <param name="part">The part.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="isNoted">Whether the thread has a result that is still to be written.</param>
    /// <returns>False if the delivery that the thread has under way, if any, is not of this process.</returns>
    public bool Resume(NotificationPart part, NotificationThread thread, out bool isNoted)
    {
        isNoted = false;
        if (DeliveryKey.Of(part, thread) is not { } delivery || !results.TryGetValue(delivery, out var result))
            return false;
        result?.Invoke(part, thread);
        isNoted = result is not null;
        return true;
    }

    private void EndKnown(Func<DeliveryKey, bool> isMeant)
    {
        foreach (var (delivery, _) in results.Where(known => known.Value is not null && isMeant(known.Key)).ToList())
            results.Remove(delivery);
    }
}
