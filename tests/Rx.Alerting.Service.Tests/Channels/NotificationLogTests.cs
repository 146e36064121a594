using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Channels;

/// <summary>What the log and the service's health say of receivers that fail.</summary>
public sealed class NotificationLogTests
{
    private const string CannotBeTold = "mail cannot be told: 503";

    private readonly FakeTimeProvider clock = new();
    private readonly FakeLogger<NotificationLog> log = new();
    private readonly PipelineHealth health = new(new WatchedStream("test", "a stream", new WholeStream("script", ScriptedSource.Silent)));
    private readonly NotificationLog notifications;

    public NotificationLogTests() => notifications = new(health, clock, log);

    [Fact]
    public void Failure_IsSaidUntilSomethingIsDelivered()
    {
        Take(NotificationReportKind.Failed, "503");
        Assert.Contains(CannotBeTold, health.Description, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(5));
        Take(NotificationReportKind.Delivered);

        Assert.DoesNotContain(CannotBeTold, health.Description, StringComparison.Ordinal);
        Assert.Equal("Channel mail is told again, after 5000 ms", Lines()[^1]);
    }

    [Fact]
    public void Failure_OfWhatNeedNotBeToldAnyMore_IsOver()
    {
        Take(NotificationReportKind.Failed, "503");
        clock.Advance(TimeSpan.FromSeconds(5));
        Take(NotificationReportKind.NothingFails);

        Assert.DoesNotContain(CannotBeTold, health.Description, StringComparison.Ordinal);
        Assert.StartsWith("Channel mail has nothing left to tell of what has failed for 5000 ms", Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_ThatEndsWithARefusal_IsSaidAsALoss()
    {
        Take(NotificationReportKind.Failed, "503");
        Take(NotificationReportKind.Refused, "400");
        Take(NotificationReportKind.NothingFails);

        Assert.DoesNotContain(CannotBeTold, health.Description, StringComparison.Ordinal);
        Assert.Contains("mail was not told 1 notifications", health.Description, StringComparison.Ordinal);
    }

    private void Take(NotificationReportKind kind, string? problem = null) =>
        notifications.Take(new("mail", "views", "a", kind, NotificationEvent.Opened, problem, 1, TimeSpan.Zero));

    private List<string> Lines() => [.. log.Collector.GetSnapshot().Select(record => record.Message)];
}
