using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Core.Notifications;

/// <content>What the sender needs.</content>
public sealed partial class NotificationChannel
{
    internal NotificationSender NewSender() => new(this, target, rules, options, clock, reports);

    /// <summary>Ends when something may have to be told earlier than was known.</summary>
    internal Task Changed
    {
        get
        {
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref changed, next);
            return next.Task;
        }
    }

    /// <summary>Whether somebody has asked for another attempt since the last call.</summary>
    internal bool TakeRetry() => Interlocked.Exchange(ref isRetryAsked, false);

    /// <summary>Looks at all parts, while nobody changes them.</summary>
    internal T Read<T>(Func<IEnumerable<NotificationPart>, T> look)
    {
        lock (sync)
            return look(parts.Values);
    }

    /// <summary>Whether something has failed that is still to be told, or is due because the store has failed.</summary>
    internal bool HasFailing(DateTimeOffset now) => Read(all => all.SelectMany(part => part.Threads)
        .Any(thread => thread.Pending is not null && (thread.Attempts > 0 || thread.NotBefore <= now)));

    /// <summary>Whether the pipeline is in the hands of this process, as it was, and the thread is kept.</summary>
    internal bool Has(NotificationPart part, NotificationThread thread)
    {
        lock (sync)
            return parts.GetValueOrDefault(part.Pipeline) == part && part.Threads.Contains(thread);
    }

    /// <summary>Changes a thread, and remembers that.</summary>
    /// <returns>False if there is nothing to change, or the pipeline is in other hands.</returns>
    internal async Task<bool> ChangeAsync(NotificationPart part, NotificationThread thread, Func<bool> change, CancellationToken cancel)
    {
        IReadOnlyList<BoardEntry> entries;
        lock (sync)
        {
            if (HasBegunAnew(part) || !change())
                return false;
            underWay.Begin(part, thread);
            entries = Encode(part, thread);
        }

        if (!await SaveAsync(part, entries, [], cancel))
            return false;
        lock (sync)
        {
            if (HasBegunAnew(part))
                return false; // The board may have a later state of the thread, and has ignored this one.
            underWay.Begun(part, thread);
            return true;
        }
    }

    /// <summary>Remembers what has become of a delivery, even if the part has begun anew meanwhile.</summary>
    internal async Task EndAsync(
        NotificationPart part,
        NotificationThread thread,
        Action<NotificationPart, NotificationThread> change,
        CancellationToken cancel)
    {
        DeliveryKey? delivery;
        lock (sync)
            delivery = DeliveryKey.Of(part, thread); // None: it was not tried.
        bool isLost;
        do
        {
            IReadOnlyList<BoardEntry> entries;
            lock (sync)
            {
                if (delivery is { } known)
                    underWay.Know(known, change);
                if (HasBegunAnew(part))
                {
                    part = parts[part.Pipeline];
                    if (delivery is null || part.Threads.FirstOrDefault(one => DeliveryKey.Of(part, one) == delivery) is not { } later)
                        return; // If the part is not read yet, the result is noted then.
                    thread = later;
                }

                change(part, thread);
                entries = Encode(part, thread);
            }

            await SaveAsync(part, entries, [], cancel);
            lock (sync)
            {
                isLost = HasBegunAnew(part);
                if (!isLost && delivery is { } known)
                    underWay.End(known);
            }
        }
        while (isLost);
    }

    /// <summary>The thread, and what was decided anew because of it.</summary>
    private IReadOnlyList<BoardEntry> Encode(NotificationPart part, NotificationThread thread)
    {
        var now = clock.GetUtcNow();
        return [.. part.DecideParts(rules, now).Prepend(thread).Distinct().Select(changed => part.Encode(changed, now))];
    }
}
