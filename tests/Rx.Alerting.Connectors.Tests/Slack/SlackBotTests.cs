using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

public sealed class SlackBotTests : IDisposable
{
    private readonly SlackServer slack = new(TimeProvider.System);
    private readonly SlackNotifier notifier;

    public SlackBotTests() => notifier = Make(SlackServer.Channel);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notify_Opened_PostsOneMessage()
    {
        var reference = await DeliverAsync(NotificationSamples.Sample());

        var post = Assert.Single(slack.Posts);
        Assert.Equal($"{SlackServer.Channel}:{post.Timestamp}", reference);
        Assert.Equal("▲ Warning: “Enlace” of property: 86.0 %, The network was lost", post.Text);
        Assert.Equal("delivery-Opened", post.DeliveryId);
        Assert.Equal("rx_alerting_notification", post.Content["metadata"]!["event_type"]!.GetValue<string>());
        Assert.Equal("#e8a400", Color(post));
    }

    [Theory]
    [InlineData(NotificationEvent.SeverityRaised, true)]
    [InlineData(NotificationEvent.Reopened, true)]
    [InlineData(NotificationEvent.Closed, true)]
    [InlineData(NotificationEvent.Expired, true)]
    [InlineData(NotificationEvent.Reminder, false)]
    public async Task Notify_WhatPeopleAreToLookAt_EditsTheMessageAndRepliesInItsThread(NotificationEvent what, bool isInChannel)
    {
        var reference = await DeliverAsync(NotificationSamples.Sample());

        Assert.Equal(reference, await DeliverAsync(NotificationSamples.Sample(what, reference)));

        var (message, reply) = (slack.Posts[0], slack.Posts[1]);
        Assert.Equal((2, 1), (slack.Posts.Count, message.Edits));
        Assert.Equal(
            (message.Timestamp, isInChannel, $"delivery-{what}"),
            (reply.Thread, reply.Content["reply_broadcast"]!.GetValue<bool>(), reply.DeliveryId));
        Assert.Equal("delivery-Opened", message.DeliveryId);
    }

    [Theory]
    [InlineData(NotificationEvent.Updated)]
    [InlineData(NotificationEvent.Acknowledged)]
    [InlineData(NotificationEvent.Folded)]
    public async Task Notify_WhatNobodyHasToLookAt_OnlyEdits(NotificationEvent what)
    {
        var reference = await DeliverAsync(NotificationSamples.Sample());
        await DeliverAsync(NotificationSamples.Sample(what, reference));
        Assert.Equal(1, Assert.Single(slack.Posts).Edits);
    }

    [Theory]
    [InlineData(NotificationEvent.Closed, "#2eb67d", "✔ Closed: “Enlace” of property")]
    [InlineData(NotificationEvent.Expired, "#868686", "⌛ Expired: “Enlace” of property")]
    [InlineData(NotificationEvent.Folded, "#868686", "◦ Part of a larger incident: “Enlace” of property")]
    [InlineData(NotificationEvent.Reminder, "#e8a400", "▲ Warning goes on: “Enlace” of property")]
    [InlineData(NotificationEvent.Reopened, "#e8a400", "▲ Warning, again: “Enlace” of property")]
    public async Task Notify_State_IsInTheColourAndTheHeading(NotificationEvent what, string color, string heading)
    {
        var reference = await DeliverAsync(NotificationSamples.Sample());
        await DeliverAsync(NotificationSamples.Sample(what, reference));
        Assert.Equal((color, heading), (Color(slack.Posts[0]), Heading(slack.Posts[0])));
    }

    [Fact]
    public async Task Notify_AlertThatSomebodyHasTakenOn_SaysWho()
    {
        var incident = NotificationSamples.Titled("a", severity: IncidentSeverity.Alert);
        var reference = await DeliverAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, incident));
        Assert.Equal("#cc1f1a", Color(slack.Posts[0]));

        incident = incident with { Acknowledgement = new("Ana <ana@example.com>", incident.UpdatedAt, "looking") };
        await DeliverAsync(NotificationSamples.Sample(NotificationEvent.Acknowledged, reference, incident));

        Assert.Equal(("#2f6fde", "● Alert, acknowledged: “Enlace” of property"), (Color(slack.Posts[0]), Heading(slack.Posts[0])));
        Assert.Contains("Acknowledged by: Ana &lt;ana@example.com&gt; — looking", Facts(slack.Posts[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("message_not_found")]
    [InlineData("cant_update_message")]
    [InlineData("edit_window_closed")]
    public async Task Notify_MessageCannotBeEdited_PostsANewOne(string error)
    {
        var reference = await DeliverAsync(NotificationSamples.Sample());
        slack.Fail("chat.update", error);

        var second = await DeliverAsync(NotificationSamples.Sample(NotificationEvent.Closed, reference));

        Assert.Equal(2, slack.Posts.Count);
        Assert.Null(slack.Posts[1].Thread);
        Assert.Equal($"{SlackServer.Channel}:{slack.Posts[1].Timestamp}", second);
    }

    [Theory]
    [InlineData("ratelimited", false)]
    [InlineData("internal_error", true)]
    [InlineData("fatal_error", true)]
    [InlineData("service_unavailable", true)]
    [InlineData("request_timeout", false)]
    public async Task Notify_PassingError_IsLater(string error, bool isInDoubt)
    {
        slack.Fail("chat.postMessage", error, headers: "Retry-After: 30");
        var later = Assert.IsType<NotifyResult.Later>(await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel));
        Assert.Equal(
            ($"Slack's chat.postMessage answers {error}", isInDoubt, TimeSpan.FromSeconds(30)),
            (later.Problem, later.IsInDoubt, later.RetryAfter));
    }

    [Theory]
    [InlineData("invalid_auth", "set a valid Token")]
    [InlineData("channel_not_found", "set a Channel that is there, and invite the bot to it if it is private")]
    [InlineData("not_in_channel", "invite the bot to the channel: /invite @bot")]
    [InlineData("is_archived", "the channel is archived: set another one")]
    [InlineData("missing_scope", "give the bot the scope that the method needs, and install it again")]
    [InlineData("some_new_error", null)]
    public async Task Notify_FinalError_IsRefusedWithAdvice(string error, string? advice)
    {
        slack.Fail("chat.postMessage", error);
        var refused = Assert.IsType<NotifyResult.Refused>(await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel));
        Assert.Equal($"Slack's chat.postMessage answers {error}{(advice is null ? "" : $": {advice}")}", refused.Problem);
    }

    [Theory]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("[]")]
    [InlineData("{\"ok\":\"yes\"}")]
    public async Task Notify_AnswerOfSomebodyElse_IsLaterInDoubt(string body)
    {
        slack.Fail("chat.postMessage", new ScriptedAnswer(200, body));
        var later = Assert.IsType<NotifyResult.Later>(await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel));
        Assert.True(later.IsInDoubt);
        Assert.EndsWith($"does not answer as Slack does: {body}", later.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notify_NameInsteadOfId_PostsAndEdits()
    {
        using var named = Make(SlackServer.ChannelName);
        var opened = Assert.IsType<NotifyResult.Delivered>(await named.NotifyAsync(NotificationSamples.Sample(), Cancel));
        await named.NotifyAsync(NotificationSamples.Sample(NotificationEvent.Updated, opened.Reference), Cancel);
        Assert.Equal(1, Assert.Single(slack.Posts).Edits);
    }

    public void Dispose()
    {
        notifier.Dispose();
        slack.Dispose();
    }

    private SlackNotifier Make(string channel) =>
        new(new() { Token = SlackServer.Token, Channel = channel, ApiUrl = slack.ApiUrl }, TimeProvider.System);

    private async Task<string?> DeliverAsync(Notification notification) =>
        Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(notification, Cancel)).Reference;

    private static string Color(SlackPost post) => Attachment(post)["color"]!.GetValue<string>();

    private static string Heading(SlackPost post) => post.Content["blocks"]![0]!["text"]!["text"]!.GetValue<string>();

    private static string Facts(SlackPost post) => Attachment(post)["blocks"]![0]!["text"]!["text"]!.GetValue<string>();

    private static JsonNode Attachment(SlackPost post) => post.Content["attachments"]![0]!;
}
