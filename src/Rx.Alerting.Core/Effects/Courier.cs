using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Effects;

/// <summary>Brings the committed effects of a pipeline to one channel, in order. A failed delivery is repeated.</summary>
/// <remarks>
/// The courier does not touch the pipeline's state. It is posted the outbox of every commit, and its cursor is read before every commit.
/// So whatever the channel does, only its own courier waits.
/// </remarks>
/// <param name="beginning">The pipeline.</param>
/// <param name="channel">Where effects go.</param>
/// <param name="start">The cursor of the checkpoint.</param>
/// <param name="options">Timeouts and retries.</param>
/// <param name="clock">Paces retries.</param>
/// <param name="events">Told of deliveries and failures, on any thread.</param>
/// <param name="moved">Called when the cursor has moved, and when the channel has everything.</param>
internal sealed class Courier(
    ChannelBeginning beginning,
    IChannel channel,
    ChannelCursor start,
    EffectOptions options,
    TimeProvider clock,
    IObserver<CourierEvent> events,
    Action moved)
{
    /// <summary>Effects that a channel is given at once.</summary>
    private const int MaximumBatch = 100;

    private readonly Lock sync = new();
    private readonly PostTimes posts = new(clock, start.Acknowledged);
    private IReadOnlyList<Effect> committed = [];
    private TaskCompletionSource posted = new();
    private ChannelCursor cursor = start;
    private volatile ChannelBeginning? begun;

    public string Channel => channel.Name;

    /// <summary>How far the channel has come.</summary>
    public ChannelCursor Cursor => Volatile.Read(ref cursor);

    /// <summary>Whether the channel has everything that was posted.</summary>
    public bool IsIdle
    {
        get
        {
            lock (sync)
                return HasBegun && (committed.Count == 0 || committed[^1].Sequence <= Cursor.Acknowledged);
        }
    }

    /// <summary>Whether the channel is about to get something: there is something to deliver, and no attempt has failed.</summary>
    public bool IsBusy => !IsIdle && Cursor.Attempts == 0;

    /// <summary>The channel has missed effects. It begins again, with what it would know if it had them.</summary>
    public void BeginAgain(ChannelBeginning now) => Volatile.Write(ref beginning, now);

    /// <summary>The outbox of the latest commit.</summary>
    public void Post(IReadOnlyList<Effect> outbox)
    {
        TaskCompletionSource signal;
        lock (sync)
        {
            posts.Take(outbox);
            (committed, signal) = (outbox, posted);
        }

        signal.TrySetResult();
    }

    /// <summary>Whether the channel has begun as it was told to the last time.</summary>
    private bool HasBegun => ReferenceEquals(begun, Volatile.Read(ref beginning));

    /// <summary>Delivers until <paramref name="stop"/>, not on the calling thread.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            if (!HasBegun)
                await AttemptAsync(BeginAsync, 0, stop);
            else if (Due() is { Count: > 0 } due)
                await AttemptAsync(cancel => DeliverAsync(due, cancel), due.Count, stop);
            else
                await PostedAsync(stop);
        }
    }

    private List<Effect> Due()
    {
        lock (sync)
        {
            var acknowledged = Cursor.Acknowledged;
            posted = posted.Task.IsCompleted ? new() : posted;
            return [.. committed.SkipWhile(effect => effect.Sequence <= acknowledged).Take(MaximumBatch)];
        }
    }

    /// <summary>Ends when something was posted since <see cref="Due"/>.</summary>
    private async Task PostedAsync(CancellationToken stop)
    {
        Task next;
        lock (sync)
            next = posted.Task;
        moved();
        await next.WaitAsync(stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Task.Yield(); // Not on the thread that commits.
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        var current = Volatile.Read(ref beginning);
        await channel.BeginAsync(current, cancel);
        begun = current;
        Move(cursor => cursor with { Attempts = 0, NextAttempt = null });
    }

    private async Task DeliverAsync(List<Effect> due, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var delivered = await channel.DeliverAsync(beginning.Pipeline, due, cancel);
        if (delivered < 1 || delivered > due.Count)
        {
            throw new InvalidOperationException(
                $"The channel “{channel.Name}” says that it has delivered {delivered} of {due.Count} changes.");
        }

        Move(cursor => cursor with { Acknowledged = due[delivered - 1].Sequence, Attempts = 0, NextAttempt = null });
        TimeSpan waited;
        lock (sync)
            waited = posts.Deliver(due[0].Sequence, due[delivered - 1].Sequence);
        events.OnNext(Event(CourierEventKind.Delivered, delivered) with { Duration = clock.GetElapsedTime(started), Waited = waited });
    }

    private async Task AttemptAsync(Func<CancellationToken, Task> attempt, int effects, CancellationToken stop)
    {
        await WaitForNextAttemptAsync(stop);
        if (stop.IsCancellationRequested)
            return;
        var started = clock.GetTimestamp();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = RunAsync(attempt, cancel.Token);
        try
        {
            await running.WaitAsync(options.DeliveryTimeout, clock, stop);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            Fail(effects, started, new TimeoutException($"it has not answered within {Duration.Format(options.DeliveryTimeout)}"));
            cancel.Cancel();
            // A channel that goes on all the same keeps the delivery: a second one beside it would break the order.
            await running.WaitAsync(stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // Whoever runs the pipeline next delivers it.
        }
        catch (Exception problem)
        {
            Fail(effects, started, problem);
        }
    }

    /// <summary>An attempt that throws before its first await is a failed task like any other.</summary>
    private static async Task RunAsync(Func<CancellationToken, Task> attempt, CancellationToken cancel) => await attempt(cancel);

    private async Task WaitForNextAttemptAsync(CancellationToken stop)
    {
        if (Cursor.NextAttempt is not { } time)
            return;
        // Not longer than a failure makes it wait: the clock of an earlier process may have been ahead.
        var wait = new[] { time - clock.GetUtcNow(), options.RetryAfter(Cursor.Attempts) }.Min();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private void Fail(int effects, long started, Exception problem)
    {
        Move(cursor => cursor with
        {
            Attempts = cursor.Attempts + 1,
            NextAttempt = clock.GetUtcNow() + options.RetryAfter(cursor.Attempts + 1),
        });
        events.OnNext(Event(CourierEventKind.Failed, effects) with { Duration = clock.GetElapsedTime(started), Problem = problem });
    }

    private void Move(Func<ChannelCursor, ChannelCursor> move)
    {
        lock (sync)
            Volatile.Write(ref cursor, move(cursor));
        moved();
    }

    private CourierEvent Event(CourierEventKind kind, int effects) => new(beginning.Pipeline, channel.Name, kind, effects, Cursor);
}
