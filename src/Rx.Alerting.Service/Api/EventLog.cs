using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// The latest changes of incidents, for all who listen. There is one log for all of them: a listener is only a place in it. So the board is
/// read once, a listener costs next to nothing, and a slow one holds nobody up. One that is too far behind is told to begin anew.
/// Thread-safe.
/// </summary>
internal sealed class EventLog
{
    /// <summary>Readings of the board that are kept; some minutes in a storm.</summary>
    public const int Most = 500;

    /// <summary>Where more incidents change at once, to ask for all of them is cheaper.</summary>
    public const int MostIncidents = 200;

    private readonly Lock gate = new();
    private readonly Queue<IncidentEvent> events = new();
    private TaskCompletionSource next = NewSource();
    private EventId? before;
    private EventId? latest;

    public EventLog(BoardMirror mirror) => mirror.Changed += Take;

    /// <summary>The latest position on the board. Null: the board has not been read yet.</summary>
    public EventId? Latest
    {
        get
        {
            lock (gate)
                return latest;
        }
    }

    /// <summary>What has happened since, the oldest first.</summary>
    /// <param name="since">The id of the latest event that the listener has.</param>
    public EventReading Read(EventId? since)
    {
        lock (gate)
        {
            if (latest is not { } now || before is not { } first || since is not { } from)
                return new([], latest, IsReset: false, next.Task);
            if (from.CompareTo(first) < 0 || from.CompareTo(now) > 0)
                return new([], now, IsReset: true, next.Task) { IsAhead = from.CompareTo(now) > 0 };
            return new([.. events.Where(one => one.Id.CompareTo(from) > 0)], now, IsReset: false, next.Task);
        }
    }

    private void Take(BoardChange change)
    {
        if (EventId.Parse(change.Position) is not { } position)
            return;
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (latest == position && !change.IsWhole)
                return;
            if (change.IsWhole || before is null || change.Incidents.Count + change.Gone.Count > MostIncidents)
            {
                // What has changed is not known, or too much. Whoever has listened before reads everything anew.
                events.Clear();
                before = position;
            }
            else if (change.Incidents.Count > 0 || change.Gone.Count > 0)
            {
                events.Enqueue(new IncidentEvent(position, change));
                if (events.Count > Most)
                    before = events.Dequeue().Id;
            }

            latest = position;
            (waiting, next) = (next, NewSource());
        }

        waiting.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What a listener gets.</summary>
/// <param name="Events">The oldest first.</param>
/// <param name="Position">Where to read on. Null: the board has not been read yet.</param>
/// <param name="IsReset">Whether events are missing: the listener has to ask for all incidents again.</param>
/// <param name="Next">Ends when there is more.</param>
internal readonly record struct EventReading(IReadOnlyList<IncidentEvent> Events, EventId? Position, bool IsReset, Task Next)
{
    /// <summary>Whether the listener knows more than this process has read so far, or has an id of another board.</summary>
    public bool IsAhead { get; init; }
}
