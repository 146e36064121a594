using System.Reactive;
using System.Threading.Channels;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Effects;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

/// <summary>From a change of an incident to Slack, as the service runs it.</summary>
public sealed class SlackChannelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Channel_SlackFailsAfterEveryMessage_TellsEachOnce()
    {
        using var slack = new SlackServer(TimeProvider.System);
        using var notifier = new SlackNotifier(
            new() { Token = SlackServer.Token, Channel = SlackServer.ChannelName, ApiUrl = slack.ApiUrl }, TimeProvider.System);
        var reports = Channel.CreateUnbounded<NotificationReport>();
        var options = new NotificationOptions { MaximumAge = TimeSpan.MaxValue, RetryInterval = TimeSpan.FromMilliseconds(10) };
        var channel = new NotificationChannel(
            new("chat", "slack", notifier), new InMemoryBoard(), options, TimeProvider.System,
            Observer.Create<NotificationReport>(report => reports.Writer.TryWrite(report)), (_, _) => Task.FromResult(1L));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await channel.BeginAsync(new("views", 1, []), Cancel);
        var running = channel.RunAsync(stop.Token);
        Incident[] states =
        [
            NotificationSamples.Titled("a"),
            NotificationSamples.Titled("a", severity: IncidentSeverity.Alert) with { UpdatedAt = IncidentSamples.Start.AddMinutes(2) },
            NotificationSamples.Titled("a", IncidentStatus.Closed) with { UpdatedAt = IncidentSamples.Start.AddMinutes(3) },
        ];

        List<NotificationReport> seen = [];
        foreach (var (sequence, state) in states.Index())
        {
            slack.Fail("chat.postMessage", ScriptedAnswer.Cut, hasEffect: true);
            await channel.DeliverAsync("views", [new ChangeEffect(sequence + 1, IncidentSamples.Change(state))], Cancel);
            do
                seen.Add(await reports.Reader.ReadAsync(Cancel));
            while (seen[^1].Kind != NotificationReportKind.Delivered);
        }

        await stop.CancelAsync();
        await running;
        Assert.Equal(
            ["Opened Failed", "Opened Delivered", "SeverityRaised Failed", "SeverityRaised Delivered", "Closed Failed", "Closed Delivered"],
            seen.Select(report => $"{report.Event} {report.Kind}"));
        Assert.Equal([null, slack.Posts[0].Timestamp, slack.Posts[0].Timestamp], slack.Posts.Select(post => post.Thread));
        Assert.Equal("✔ Closed: “Enlace” of property: 91.0 %, The network was lost", slack.Posts[0].Text);
        Assert.DoesNotContain(seen, report => report.ToString().Contains(SlackServer.Token, StringComparison.Ordinal));
    }
}
