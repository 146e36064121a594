using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>The couriers of one pipeline, one for each channel. They run beside the pipeline.</summary>
internal sealed class Couriers
{
    private readonly ChannelBeginning beginning;
    private readonly Func<IReadOnlyList<Incident>> history;
    private readonly Dictionary<string, ChannelBeginning> missed = new(StringComparer.Ordinal);
    private readonly OutboxState outbox;
    private readonly IObserver<CourierEvent> events;
    private readonly IReadOnlyList<Courier> couriers;
    private readonly Dictionary<string, ChannelCursor> saved;
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private TaskCompletionSource moved = new();

    /// <summary>The pipeline is quiescent, and nothing has been pushed into it.</summary>
    /// <param name="beginning">The pipeline.</param>
    /// <param name="history">Its latest history, while it is quiescent.</param>
    /// <param name="channels">Where effects go.</param>
    /// <param name="outbox">Its outbox.</param>
    /// <param name="options">Timeouts and retries.</param>
    /// <param name="clock">Paces retries.</param>
    /// <param name="events">Told of what happens.</param>
    public Couriers(
        ChannelBeginning beginning,
        Func<IReadOnlyList<Incident>> history,
        IReadOnlyList<IChannel> channels,
        OutboxState outbox,
        EffectOptions options,
        TimeProvider clock,
        IObserver<CourierEvent> events)
    {
        (this.beginning, this.history, this.outbox, this.events) = (beginning, history, outbox, events);
        foreach (var (cursor, waiting) in outbox.Begin([.. channels.Select(channel => channel.Name)]))
            events.OnNext(new(beginning.Pipeline, cursor.Channel, CourierEventKind.Retired, waiting, cursor));
        saved = outbox.Cursors.ToDictionary(cursor => cursor.Channel, StringComparer.Ordinal);
        couriers = [.. channels.Select(channel =>
            new Courier(beginning, channel, saved[channel.Name], options, clock, events, () => Volatile.Read(ref moved).TrySetResult()))];
        Post(outbox.Log);
    }

    /// <summary>Whether a cursor has moved since <see cref="Save"/>.</summary>
    public bool HaveMoved => couriers.Any(courier => HasMoved(courier.Cursor));

    /// <summary>Whether every channel has everything.</summary>
    public bool AreIdle => couriers.All(courier => courier.IsIdle);

    /// <inheritdoc cref="Courier.IsBusy"/>
    public bool AreBusy => couriers.Any(courier => courier.IsBusy);

    /// <summary>Ends when something has moved since this property was read.</summary>
    public Task Moved
    {
        get
        {
            var next = new TaskCompletionSource();
            Volatile.Write(ref moved, next);
            return next.Task;
        }
    }

    public void Start() => running = Task.WhenAll([.. couriers.Select(courier => courier.RunAsync(stop.Token))]);

    /// <summary>The outbox of the latest commit.</summary>
    public void Post(IReadOnlyList<Effect> committed)
    {
        foreach (var courier in couriers)
        {
            if (missed.Remove(courier.Channel, out var now))
                courier.BeginAgain(now);
            courier.Post(committed);
        }
    }

    /// <summary>Brings the cursors into the pipeline's state. The pipeline is quiescent.</summary>
    public void Save()
    {
        foreach (var cursor in couriers.Select(courier => courier.Cursor).Where(HasMoved))
            outbox.Move(cursor);
        foreach (var cursor in outbox.Cursors)
        {
            var dropped = cursor.Dropped - saved[cursor.Channel].Dropped;
            if (dropped > 0)
            {
                missed[cursor.Channel] = beginning with { History = history() };
                events.OnNext(new(beginning.Pipeline, cursor.Channel, CourierEventKind.Dropped, dropped, cursor));
            }

            saved[cursor.Channel] = cursor;
        }
    }

    /// <summary>
    /// Ends the couriers. Deliveries that are under way are cancelled and not waited for. Whoever runs the pipeline next repeats them.
    /// </summary>
    public Task StopAsync()
    {
        stop.Cancel();
        return running;
    }

    private bool HasMoved(ChannelCursor cursor) => cursor != saved[cursor.Channel] with { Dropped = cursor.Dropped };
}
