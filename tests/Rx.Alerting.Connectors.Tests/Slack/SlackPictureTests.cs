using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Testing;
using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

public sealed class SlackPictureTests : IDisposable
{
    private const string GetUrl = "files.getUploadURLExternal";
    private const string Complete = "files.completeUploadExternal";

    private readonly SlackServer slack = new(TimeProvider.System);
    private readonly FakeLogger log = new();
    private readonly SlackNotifier notifier;

    public SlackPictureTests() => notifier = Make(isWanted: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notify_Opened_PostsFirstAndShowsThePictureThen()
    {
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));

        Assert.Equal(["chat.postMessage", GetUrl, "F0000000001", Complete, "chat.update"], slack.Calls);
        var (id, content) = Assert.Single(slack.Files.All);
        Assert.Equal(RatePicture.Draw(Course(IncidentStatus.Open)), content);
        Assert.Equal(id, Picture(Assert.Single(slack.Posts)));
        Assert.EndsWith($":{id}", reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_EditsAndTheEnd_UploadTwiceInAll()
    {
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        NotificationEvent[] events =
            [NotificationEvent.Updated, NotificationEvent.Reminder, NotificationEvent.Acknowledged, NotificationEvent.Closed];
        foreach (var what in events)
            reference = await DeliverAsync(Sample(what, reference));

        Assert.Equal(2, slack.Files.All.Count);
        Assert.Equal(slack.Files.All[1].Id, Picture(slack.Posts[0]));
        Assert.Equal("✔ Closed: “Enlace” of property", Heading(slack.Posts[0]));
        Assert.All(slack.Posts.Skip(1), reply => Assert.Null(Picture(reply)));
    }

    [Fact]
    public async Task Notify_NoCourseYet_UploadsWithTheFirstEditThatHasOne()
    {
        var reference = await DeliverAsync(NotificationSamples.Sample());
        Assert.Empty(slack.Files.All);
        reference = await DeliverAsync(NotificationSamples.Sample(NotificationEvent.Updated, reference));
        Assert.Empty(slack.Files.All);
        await DeliverAsync(Sample(NotificationEvent.Updated, reference));
        Assert.Equal(Assert.Single(slack.Files.All).Id, Picture(slack.Posts[0]));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public async Task Notify_SlackKnowsThePictureLater_ShowsItThenOrWithTheNextEdit(int delay, bool isShown)
    {
        slack.Files.Delay = delay;
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Equal(isShown, Picture(slack.Posts[0]) is not null);
        Assert.Equal(isShown ? [] : ["Slack's messages have no picture: Slack's chat.update answers invalid_blocks"], Logged());

        await DeliverAsync(Sample(NotificationEvent.Updated, reference));
        Assert.Equal(Assert.Single(slack.Files.All).Id, Picture(slack.Posts[0]));
    }

    [Fact]
    public async Task Notify_PictureIsDeleted_IsToldWithoutAndGetsAnother()
    {
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        slack.Files.Delete(slack.Files.All[0].Id);

        reference = await DeliverAsync(Sample(NotificationEvent.Reminder, reference));

        Assert.Equal("▲ Warning goes on: “Enlace” of property", Heading(slack.Posts[0]));
        Assert.Equal(Assert.Single(slack.Files.All).Id, Picture(slack.Posts[0]));
        Assert.EndsWith(":F0000000002", reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_ScopeIsMissing_IsSaidOnceAndNotTriedAgain()
    {
        slack.Fail(GetUrl, new ScriptedAnswer(200, """{"ok":false,"error":"missing_scope","needed":"files:write"}"""));
        var opened = Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(Sample(NotificationEvent.Opened), Cancel));
        await DeliverAsync(Sample(NotificationEvent.Closed, opened.Reference));

        const string problem = $"Slack's {GetUrl} answers missing_scope: give the bot the scope files:write, and install it again";
        Assert.Equal([$"Slack's messages have no picture: {problem}"], Logged());
        Assert.Equal($"without a picture: {problem}", opened.Remark);
        Assert.Single(slack.Calls, call => call == GetUrl);
        Assert.Equal("✔ Closed: “Enlace” of property", Heading(slack.Posts[0]));
    }

    [Theory]
    [InlineData(GetUrl, 500)]
    [InlineData(GetUrl, 200)]
    [InlineData("F0000000001", 302)]
    [InlineData("F0000000001", 500)]
    [InlineData(Complete, 500)]
    public async Task Notify_UploadFails_IsDeliveredWithoutAndTriedWithTheNextEdit(string method, int status)
    {
        slack.Fail(method, new ScriptedAnswer(status, """{"ok":true}""", "Location: /elsewhere"));
        var reference = await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Null(Picture(Assert.Single(slack.Posts)));
        Assert.DoesNotContain("/elsewhere", slack.Calls);
        Assert.StartsWith("Slack's messages have no picture: ", Assert.Single(Logged()), StringComparison.Ordinal);

        await DeliverAsync(Sample(NotificationEvent.Updated, reference));
        Assert.NotNull(Picture(slack.Posts[0]));
        Assert.Equal("Slack's messages have pictures again", Logged()[^1]);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("cut")]
    public async Task Notify_UploadHangsOrBreaks_IsDeliveredAllTheSame(string how)
    {
        slack.Fail("F0000000001", how == "hang" ? ScriptedAnswer.Hang : ScriptedAnswer.Cut);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var telling = notifier.NotifyAsync(Sample(NotificationEvent.Opened), stop.Token);
        for (var i = 0; i < 3; i++)
            await slack.ArrivalAsync(Cancel); // The message, the address, and the file.

        await stop.CancelAsync();

        Assert.IsType<NotifyResult.Delivered>(await telling);
    }

    /// <summary>An answer does not lead files of this machine elsewhere: not to another host, and not without TLS.</summary>
    [Theory]
    [InlineData("https://slack.com.example.com/")]
    [InlineData("https://slack.com@127.0.0.1/")]
    [InlineData("https://notslack.com/")]
    [InlineData("http://files.slack.com/")]
    [InlineData("file:///etc/")]
    public async Task Notify_UploadElsewhere_IsNotDone(string root)
    {
        slack.Files.Root = new(root);
        await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Equal(
            [$"Slack's messages have no picture: Slack's {GetUrl} does not name a file, or an address of Slack"], Logged());
    }

    [Fact]
    public async Task Notify_UploadToAnotherPortOfThisMachine_IsNotDone()
    {
        using var other = new ScriptedHttpServer(_ => new(200));
        slack.Files.Root = other.Address;
        await DeliverAsync(Sample(NotificationEvent.Opened));
        Assert.Empty(other.Requests);
        Assert.Single(Logged());
    }

    [Fact]
    public async Task Notify_PicturesNotWanted_UploadsNone()
    {
        using var without = Make(isWanted: false);
        await without.NotifyAsync(Sample(NotificationEvent.Opened), Cancel);
        Assert.Equal(["chat.postMessage"], slack.Calls);
    }

    [Fact]
    public async Task Message_WithACourse_ShowsItInText()
    {
        using var webhook = new SlackNotifier(new() { Url = slack.WebhookUrl }, TimeProvider.System);
        await webhook.NotifyAsync(Sample(NotificationEvent.Opened), Cancel);
        Assert.Contains("\nCourse: `▁▅█▇` up to 80.0 %\n", Facts(Assert.Single(slack.Posts)), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        notifier.Dispose();
        slack.Dispose();
    }

    private SlackNotifier Make(bool isWanted) => new(
        new() { Token = SlackServer.Token, Channel = SlackServer.Channel, ApiUrl = slack.ApiUrl, Picture = isWanted }, new Hasty(), log);

    private async Task<string?> DeliverAsync(Notification notification) =>
        Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(notification, Cancel)).Reference;

    private List<string> Logged() => [.. log.Collector.GetSnapshot().Select(record => record.Message)];

    private static Notification Sample(NotificationEvent what, string? reference = null) => NotificationSamples.Sample(
        what, reference, Course(what == NotificationEvent.Closed ? IncidentStatus.Closed : IncidentStatus.Open));

    private static Incident Course(IncidentStatus status) => NotificationSamples.Titled("a", status) with
    {
        Timeline = [.. new[] { 0, 50, 80, 70 }.Select((rate, i) => new TimelinePoint(IncidentSamples.Start.AddMinutes(i), 100, rate))],
    };

    private static string? Picture(SlackPost post) =>
        post.Content["blocks"]!.AsArray().SingleOrDefault(block => Text(block!["type"]) == "image") is { } image
            ? Text(image["slack_file"]!["id"])
            : null;

    private static string Heading(SlackPost post) => Text(post.Content["blocks"]![0]!["text"]!["text"]);

    private static string Facts(SlackPost post) => Text(post.Content["attachments"]![0]!["blocks"]![0]!["text"]!["text"]);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    /// <summary>The pauses between attempts are over at once.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(1) ? TimeSpan.Zero : dueTime, period);
    }
}
