using System.Reactive;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The channels of one process that tell people. Each tells one notification at a time.</summary>
internal sealed class SimulatedNotifications
{
    /// <summary>Times until a retry vary by chance. These are too short to matter.</summary>
    private static readonly NotificationOptions Options = new()
    {
        MaximumAge = TimeSpan.MaxValue,
        RetryInterval = TimeSpan.FromMilliseconds(10),
        LongestRetryInterval = TimeSpan.FromMilliseconds(10),
    };

    private readonly SimulatedProcess process;
    private readonly List<(NotificationSender Sender, Task<TimeSpan> Telling)> senders = [];

    /// <param name="process">The process.</param>
    /// <param name="board">Where all processes remember what was told.</param>
    /// <param name="people">Those behind each channel.</param>
    /// <param name="clock">Paces what is told.</param>
    /// <param name="ownerEpoch">The epoch of a pipeline's owner.</param>
    public SimulatedNotifications(
        SimulatedProcess process,
        SimulatedBoard board,
        IReadOnlyDictionary<string, SimulatedPeople> people,
        TimeProvider clock,
        Func<string, long> ownerEpoch)
    {
        this.process = process;
        var calls = new SimulatedBoardCalls(board, process, waits: false);
        Channels = [.. people.Select(channel => new NotificationChannel(
            new(channel.Key, "simulated", new SimulatedNotifier(channel.Value, process)),
            calls,
            Options,
            clock,
            Observer.Create<NotificationReport>(report => Assert.DoesNotContain("a fault of this program", report.Problem ?? string.Empty)),
            (pipeline, _) => Task.FromResult(ownerEpoch(pipeline))))];
        senders.AddRange(Channels.Select(channel => (channel.NewSender(), Task.FromResult(TimeSpan.Zero))));
    }

    public IReadOnlyList<NotificationChannel> Channels { get; }

    /// <summary>Tells what is due, unless the latest attempt is still under way.</summary>
    public void Step()
    {
        for (var i = 0; i < senders.Count && process.IsAwake; i++)
        {
            var (sender, telling) = senders[i];
            if (telling.IsCompleted)
                senders[i] = (sender, Tell(sender, telling));
        }
    }

    private Task<TimeSpan> Tell(NotificationSender sender, Task<TimeSpan> before)
    {
        before.GetAwaiter().GetResult(); // What is unexpected fails the run.
        return sender.TellNextAsync(process.Stopped);
    }
}
