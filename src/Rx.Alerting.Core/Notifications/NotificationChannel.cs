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
public sealed partial class NotificationChannel(
    NotificationTarget target,
    IBoard board,
    NotificationOptions options,
    TimeProvider clock,
    IObserver<NotificationReport> reports,
    OwnerEpoch ownerEpoch)
    : IChannel
{
    private readonly NotificationRules rules = new(target, options);
    private readonly NotificationMemory memory = new(board, ownerEpoch);
    private readonly Dictionary<string, NotificationPart> parts = new(StringComparer.Ordinal);
    private readonly DeliveriesUnderWay underWay = new();
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
            parts[part.Pipeline] = part; // An earlier part is not told of from now on.
        var threads = await memory.TakeAsync(part, cancel);
        IReadOnlyList<BoardEntry> caught;
        lock (sync)
        {
            var now = clock.GetUtcNow();
            foreach (var thread in threads)
            {
                part.Add(thread);
                if (!underWay.Resume(part, thread, out var isNoted))
                    thread.Inherit();
                else if (isNoted)
                    part.NotSaved(thread);
            }

            part.CatchUp(beginning);
            foreach (var thread in part.Threads)
                rules.Resume(thread, now);
            part.DecideParts(rules, now);
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
            foreach (var (transition, incident) in effects.OfType<ChangeEffect>().Select(effect => effect.Change))
            {
                if (transition == IncidentTransition.Refreshed)
                    continue; // Nothing has changed that people should know.
                var mayJoin = incident.Status == IncidentStatus.Open && rules.Obstacles.Of(incident, part.Inhibition) is null;
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

            touched.UnionWith(part.DecideParts(rules, now));
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
        int count;
        lock (sync)
        {
            if (!parts.TryGetValue(pipeline, out part))
                return 0; // It has not begun yet, or is in other hands.
            var now = clock.GetUtcNow();
            var tried = part.Threads.Where(thread => rules.Retry(thread, now)).ToList();
            count = tried.Count;
            entries = [.. tried.Union(part.DecideParts(rules, now)).Select(thread => part.Encode(thread, now))];
        }

        var isOurs = await SaveAsync(part, entries, [], cancel);
        Volatile.Write(ref isRetryAsked, true);
        Wake();
        return isOurs ? count : 0;
    }

    public void End(string pipeline)
    {
        lock (sync)
        {
            parts.Remove(pipeline);
            underWay.End(pipeline);
        }

        Wake(); // What is being brought is given up.
    }

    /// <summary>Tells until <paramref name="stop"/>.</summary>
    public Task RunAsync(CancellationToken stop) => NewSender().RunAsync(stop);

    private bool HasBegunAnew(NotificationPart part) => parts.TryGetValue(part.Pipeline, out var current) && current != part;

    private void End(NotificationPart part)
    {
        lock (sync)
        {
            if (parts.GetValueOrDefault(part.Pipeline) == part)
                End(part.Pipeline);
        }
    }

    private void Wake() => Volatile.Read(ref changed).TrySetResult();
}
