using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Notifications;

/// <summary>
/// A channel that tells people. Effects change what is to be told; that is remembered on a board before the courier goes on. A
/// <see cref="NotificationSender"/> tells, at its own pace. So a receiver that hangs holds nothing up, and when it is back, it is told how
/// things are then.
/// </summary>
/// <param name="target">The channel.</param>
/// <param name="board">Where threads are remembered.</param>
/// <param name="options">What all channels have in common.</param>
/// <param name="clock">Paces what is told.</param>
/// <param name="reports">Told of every attempt, on any thread.</param>
/// <param name="ownerEpoch">Asked where the board has a later epoch.</param>
public sealed class NotificationChannel(
    NotificationTarget target,
    IBoard board,
    NotificationOptions options,
    TimeProvider clock,
    IObserver<NotificationReport> reports,
    OwnerEpoch ownerEpoch)
    : IChannel
{
    private readonly NotificationRules rules = new(target, options);
    private readonly Dictionary<string, NotificationPart> parts = new(StringComparer.Ordinal);
    private readonly Lock sync = new();
    private TaskCompletionSource changed = new();
    private bool isRetryAsked;

    public string Name => target.Name;

    public async Task BeginAsync(ChannelBeginning beginning, CancellationToken cancel)
    {
        var part = new NotificationPart(beginning.Pipeline, target, beginning.Epoch)
        {
            NotSent = (thread, record) => reports.OnNext(NotificationReport.NotSent(Name, beginning.Pipeline, thread.Id, record)),
        };
        lock (sync)
            parts[part.Pipeline] = part; // What is under way for an earlier part is not remembered from now on: it is in doubt.
        var entries = await board.TakeAsync(part.Name, part.Epoch, cancel);
        IReadOnlyList<BoardEntry> caught;
        lock (sync)
        {
            foreach (var entry in entries)
                part.Add(ThreadEncoding.Decode(entry));
            var now = clock.GetUtcNow();
            part.CatchUp(beginning);
            foreach (var thread in part.Threads)
                rules.Decide(thread, now);
            caught = [.. part.Threads.Select(thread => part.Encode(thread, now))];
        }

        await SaveAsync(part, caught, [], cancel);
        Wake();
    }

    public async Task<int> DeliverAsync(string pipeline, IReadOnlyList<Effect> effects, CancellationToken cancel)
    {
        NotificationPart? part;
        List<BoardEntry> entries;
        IReadOnlyList<string> gone;
        lock (sync)
        {
            if (!parts.TryGetValue(pipeline, out part))
                return effects.Count; // It is in other hands.
            var now = clock.GetUtcNow();
            var touched = new HashSet<NotificationThread>();
            foreach (var incident in effects.OfType<ChangeEffect>().Select(effect => effect.Change.Incident))
            {
                var mayJoin = incident.Status == IncidentStatus.Open && rules.Obstacles.Of(incident) is null;
                if (part.Take(incident, mayJoin) is not { } thread)
                    continue;
                rules.Decide(thread, now);
                touched.Add(thread);
            }

            foreach (var thread in part.TakeBack())
            {
                rules.Decide(thread, now);
                touched.Add(thread);
            }

            part.Trim(options.MaximumThreads);
            entries = [.. touched.Select(thread => part.Encode(thread, now))];
            gone = part.TakeGone();
        }

        await SaveAsync(part, entries, gone, cancel);
        Wake();
        return effects.Count;
    }

    /// <summary>Tries again what was given up, and what waits for its next attempt.</summary>
    /// <returns>Of how many incidents, or groups of incidents.</returns>
    public async Task<int> RetryAsync(string pipeline, CancellationToken cancel)
    {
        NotificationPart? part;
        List<BoardEntry> entries;
        lock (sync)
        {
            if (!parts.TryGetValue(pipeline, out part))
                return 0; // It has not begun yet, or is in other hands.
            var now = clock.GetUtcNow();
            entries = [.. part.Threads.Where(thread => rules.Retry(thread, now)).Select(thread => part.Encode(thread, now))];
        }

        var isOurs = await SaveAsync(part, entries, [], cancel);
        Volatile.Write(ref isRetryAsked, true);
        Wake();
        return isOurs ? entries.Count : 0;
    }

    public void End(string pipeline)
    {
        lock (sync)
            parts.Remove(pipeline);
    }

    /// <summary>Tells until <paramref name="stop"/>.</summary>
    public Task RunAsync(CancellationToken stop) => NewSender().RunAsync(stop);

    internal NotificationSender NewSender() => new(this, target, rules, options, clock, reports);

    /// <summary>Ends when something may have to be told earlier than <see cref="FirstDue"/> has said.</summary>
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

    /// <summary>The thread that has to be looked at first, and when. Null: there is none.</summary>
    internal (NotificationPart Part, NotificationThread Thread, DateTimeOffset Due)? FirstDue()
    {
        lock (sync)
        {
            (NotificationPart, NotificationThread, DateTimeOffset)? first = null;
            foreach (var part in parts.Values)
            {
                foreach (var thread in part.Threads)
                {
                    if (rules.Due(thread) is { } due && !(first?.Item3 <= due))
                        first = (part, thread, due);
                }
            }

            return first;
        }
    }

    /// <summary>Changes a thread, and remembers that.</summary>
    /// <returns>False if the pipeline is in other hands.</returns>
    internal async Task<bool> ChangeAsync(NotificationPart part, NotificationThread thread, Action change, CancellationToken cancel)
    {
        BoardEntry entry;
        lock (sync)
        {
            if (HasBegunAnew(part))
                return false;
            change();
            entry = part.Encode(thread, clock.GetUtcNow());
        }

        if (!await SaveAsync(part, [entry], [], cancel))
            return false;
        lock (sync)
            return !HasBegunAnew(part); // If so, the board may have a later state of the thread, and has ignored this one.
    }

    private bool HasBegunAnew(NotificationPart part) => parts.TryGetValue(part.Pipeline, out var current) && current != part;

    private async Task<bool> SaveAsync(
        NotificationPart part, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel)
    {
        var owner = await board.PostAsync(part.Name, part.Epoch, entries, gone, cancel);
        if (owner == part.Epoch)
            return true;
        // A later epoch usually is another process. But after a store has gone back, epochs begin again.
        if (owner > part.Epoch && await ownerEpoch(part.Pipeline, cancel) != part.Epoch)
        {
            End(part);
            return false;
        }

        // The board has lost the part, or somebody has taken it who does not have the pipeline: it is written again.
        IReadOnlyList<BoardEntry> all;
        lock (sync)
            all = [.. part.Threads.Select(thread => part.Encode(thread, clock.GetUtcNow()))];
        await board.ReplaceAsync(part.Name, part.Epoch, all, cancel);
        return true;
    }

    private void End(NotificationPart part)
    {
        lock (sync)
        {
            if (parts.GetValueOrDefault(part.Pipeline) == part)
                parts.Remove(part.Pipeline);
        }
    }

    private void Wake() => Volatile.Read(ref changed).TrySetResult();
}
