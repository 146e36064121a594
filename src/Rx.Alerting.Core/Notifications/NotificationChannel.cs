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
public sealed class NotificationChannel(
    NotificationTarget target, IBoard board, NotificationOptions options, TimeProvider clock, IObserver<NotificationReport> reports)
    : IChannel
{
    private readonly NotificationRules rules = new(target, options);
    private readonly Dictionary<string, NotificationPart> parts = new(StringComparer.Ordinal);
    private readonly Lock sync = new();
    private TaskCompletionSource changed = new();

    public string Name => target.Name;

    public async Task BeginAsync(ChannelBeginning beginning, CancellationToken cancel)
    {
        var part = new NotificationPart(beginning.Pipeline, target, beginning.Epoch);
        var reading = await board.ReadAsync(null, cancel);
        foreach (var entry in reading.Entries.Where(entry => entry.Pipeline == part.Name))
            part.Add(ThreadEncoding.Decode(entry));
        var now = clock.GetUtcNow();
        Catch(part, beginning.History, now);
        await board.ReplaceAsync(part.Name, part.Epoch, [.. part.Threads.Select(thread => part.Encode(thread, now))], cancel);
        lock (sync)
            parts[part.Pipeline] = part;
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
                var mayJoin = incident.Status == IncidentStatus.Open && rules.Obstacle(incident) is null;
                if (part.Take(incident, mayJoin) is not { } thread)
                    continue;
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
            change();
            entry = part.Encode(thread, clock.GetUtcNow());
        }

        return await SaveAsync(part, [entry], [], cancel);
    }

    private async Task<bool> SaveAsync(
        NotificationPart part, IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone, CancellationToken cancel)
    {
        var owner = await board.PostAsync(part.Name, part.Epoch, entries, gone, cancel);
        if (owner == part.Epoch)
            return true;
        if (owner > part.Epoch)
        {
            End(part);
            return false;
        }

        // The board has lost the part: it is written again.
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

    /// <summary>
    /// Brings threads up to what the pipeline knows. What it does not know any more, the store has lost: nobody will end it.
    /// </summary>
    private void Catch(NotificationPart part, IReadOnlyList<Incident> history, DateTimeOffset now)
    {
        var known = history.ToDictionary(incident => incident.Id, StringComparer.Ordinal);
        foreach (var thread in part.Threads)
        {
            foreach (var incident in thread.Incidents.ToList())
            {
                if (known.TryGetValue(incident.Id, out var latest))
                    Take(thread, incident, latest);
                else if (incident.Status == IncidentStatus.Open)
                    thread.Take(incident with { Status = IncidentStatus.Expired, ResolvedAt = incident.UpdatedAt });
            }

            thread.Inherit();
            // Perhaps whoever has started the service has mended the reason.
            thread.IsGivenUp &= thread.Records is not [.., { Outcome: NotificationOutcome.Refused }];
            rules.Decide(thread, now);
        }
    }

    private static void Take(NotificationThread thread, Incident before, Incident latest)
    {
        if (latest.UpdatedAt > before.UpdatedAt || (latest.UpdatedAt == before.UpdatedAt && latest.Status != before.Status))
            thread.Take(latest);
    }

    private void Wake() => Volatile.Read(ref changed).TrySetResult();
}
