using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Testing;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

/// <summary>A bot that shows pictures of incidents with a course, and its Slack.</summary>
public abstract class SlackPictureFixture : IDisposable
{
    protected const string GetUrl = "files.getUploadURLExternal";
    protected const string Complete = "files.completeUploadExternal";

    private readonly FakeLogger log = new();

    protected SlackPictureFixture() => Notifier = Make(isWanted: true);

    protected SlackServer Slack { get; } = new(TimeProvider.System);

    protected SlackNotifier Notifier { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Notifier.Dispose();
        Slack.Dispose();
        GC.SuppressFinalize(this);
    }

    protected SlackNotifier Make(bool isWanted) => new(
        new() { Token = SlackServer.Token, Channel = SlackServer.Channel, ApiUrl = Slack.ApiUrl, Picture = isWanted }, new Hasty(), log);

    /// <summary>Tells, and then brings the picture, as a channel does that has nothing else to tell.</summary>
    protected async Task<string?> DeliverAsync(Notification notification) => (await BringAsync(await TellAsync(notification))).Reference;

    protected async Task<NotifyResult.Delivered> TellAsync(Notification notification) =>
        Assert.IsType<NotifyResult.Delivered>(await Notifier.NotifyAsync(notification, Cancel));

    protected static async Task<NotifyResult.Delivered> BringAsync(NotifyResult.Delivered told) =>
        told.Afterwards is { } bring ? await bring(Cancel) : told;

    protected List<string> Logged() => [.. log.Collector.GetSnapshot().Select(record => record.Message)];

    protected static Notification Sample(NotificationEvent what, string? reference = null) => NotificationSamples.Sample(
        what, reference, Course(what == NotificationEvent.Closed ? IncidentStatus.Closed : IncidentStatus.Open));

    protected static Incident Course(IncidentStatus status) => NotificationSamples.Titled("a", status) with
    {
        Timeline = [.. new[] { 0, 50, 80, 70 }.Select((rate, i) => new TimelinePoint(IncidentSamples.Start.AddMinutes(i), 100, rate))],
    };

    protected static string? Picture(SlackPost post) =>
        post.Content["blocks"]!.AsArray().SingleOrDefault(block => Text(block!["type"]) == "image") is { } image
            ? Text(image["slack_file"]!["id"])
            : null;

    protected static string Heading(SlackPost post) => Text(post.Content["blocks"]![0]!["text"]!["text"]);

    protected static string Facts(SlackPost post) => Text(post.Content["attachments"]![0]!["blocks"]![0]!["text"]!["text"]);

    protected static string Text(JsonNode? node) => node!.GetValue<string>();

    /// <summary>The pauses between attempts are over at once.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(1) ? TimeSpan.Zero : dueTime, period);
    }
}
