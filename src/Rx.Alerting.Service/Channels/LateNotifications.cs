using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Service.Channels;

/// <summary>Says which channels do not tell people in time. It looks at most once a second, for all who ask. Thread-safe.</summary>
internal sealed class LateNotifications(NotificationChannels channels, TimeProvider clock)
{
    /// <summary>Longer, and people should know that others were not told. A receiver that takes its time is not told.</summary>
    public static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private Dictionary<string, NotificationBacklog> latest = [];
    private long readAt;

    /// <summary>What a channel has yet to tell. Null: it is no channel that tells people.</summary>
    public NotificationBacklog? Of(string channel) => Look().TryGetValue(channel, out var backlog) ? backlog : null;

    /// <summary>A sentence for each channel that is behind.</summary>
    public IEnumerable<string> Sentences()
    {
        var now = clock.GetUtcNow();
        foreach (var (channel, backlog) in Look().OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (backlog.Since is { } since && now - since > Tolerated)
            {
                var failing = backlog.Failing > 0 ? $", {IncidentWords.Count(backlog.Failing)} of them after failed attempts" : null;
                yield return $"People are not told by {channel}: {IncidentWords.Count(backlog.Overdue)} "
                    + $"{(backlog.Overdue == 1 ? "notification waits" : "notifications wait")}{failing}, the oldest for "
                    + $"{IncidentWords.Lasting(now - since)}.";
            }
        }
    }

    private Dictionary<string, NotificationBacklog> Look()
    {
        lock (gate)
        {
            if (readAt == 0 || clock.GetElapsedTime(readAt) > Fresh)
            {
                latest = channels.All.ToDictionary(channel => channel.Name, channel => channel.Backlog, StringComparer.Ordinal);
                readAt = clock.GetTimestamp();
            }

            return latest;
        }
    }
}
