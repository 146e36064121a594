namespace Rx.Alerting.Core.Notifications;

/// <summary>What a channel has yet to tell. What it was not to tell, and what it has given up, is not in it.</summary>
/// <param name="Waiting">Notifications that are to be told, of all pipelines of this process.</param>
/// <param name="Overdue">Those of them that could be told now, or have failed. The others are gathered, or paced, on purpose.</param>
/// <param name="Failing">Those of them that have failed, and are tried again.</param>
/// <param name="Since">Since when the oldest overdue one is to be told, by the clock. Null: none is overdue.</param>
public readonly record struct NotificationBacklog(int Waiting, int Overdue, int Failing, DateTimeOffset? Since);

/// <content>What waits.</content>
public sealed partial class NotificationChannel
{
    /// <summary>What is yet to be told. Looks at every thread; any thread may ask.</summary>
    public NotificationBacklog Backlog
    {
        get
        {
            var now = clock.GetUtcNow();
            return Read(all =>
            {
                var (waiting, overdue, failing, since) = (0, 0, 0, (DateTimeOffset?)null);
                foreach (var thread in all.SelectMany(part => part.Threads).Where(thread => thread.Pending is not null))
                {
                    waiting++;
                    failing += thread.Attempts > 0 ? 1 : 0;
                    if (thread.Attempts == 0 && thread.NotBefore > now)
                        continue;
                    overdue++;
                    since = since < thread.PendingSince ? since : thread.PendingSince;
                }

                return new NotificationBacklog(waiting, overdue, failing, since);
            });
        }
    }
}
