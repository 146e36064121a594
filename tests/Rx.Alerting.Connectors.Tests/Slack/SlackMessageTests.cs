using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

public sealed class SlackMessageTests : IDisposable
{
    private readonly SlackServer slack = new(TimeProvider.System);
    private readonly SlackNotifier notifier;

    public SlackMessageTests() => notifier = new(new() { Url = slack.WebhookUrl }, TimeProvider.System);

    [Fact]
    public async Task Webhook_Notified_PostsAndKeepsNoReference()
    {
        await PostAsync(NotificationSamples.Sample());
        await PostAsync(NotificationSamples.Sample(NotificationEvent.Closed));
        Assert.Equal(["▲ Warning: “Enlace”", "✔ Closed: “Enlace”"], slack.Posts.Select(post => post.Text.Split(" of ")[0]));
        Assert.Equal((false, false), (notifier.Traits.WantsUpdates, notifier.Traits.IsIdempotent));
    }

    [Fact]
    public async Task Webhook_AnswerOfSomebodyElse_IsRefused()
    {
        slack.Fail("SecretOfTheWebhook", new ScriptedAnswer(200, "<html> SecretOfTheWebhook"));
        var refused = Assert.IsType<NotifyResult.Refused>(
            await notifier.NotifyAsync(NotificationSamples.Sample(), TestContext.Current.CancellationToken));
        Assert.EndsWith("does not answer ok, as an incoming webhook does: <html> ***", refused.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_OfATitle_HasTheFacts()
    {
        var incident = NotificationSamples.Titled("a", IncidentStatus.Closed) with
        {
            AffectedViewsPerHour = 560.4,
            AffectedTitles = 12,
            AffectedProperties = 3,
            Reason = IncidentReason.ClosedByHand,
        };

        var blocks = await BlocksAsync(NotificationSamples.Sample(NotificationEvent.Closed, null, incident));

        Assert.Equal(
            [
                "*The network was lost*",
                "Error rate: *86.0 %*, normally 1.20 %",
                "Affected: 1,234 views, 560 an hour",
                "Properties: 3",
                "Titles: 12",
                "Since: <!date^1700000000^{date_num} {time_secs}|2023-11-14 22:13:20 UTC>",
                "Until: <!date^1700000060^{date_num} {time_secs}|2023-11-14 22:14:20 UTC>, after 1 min 0 s",
                "Why: by hand",
            ],
            blocks[0].Split('\n'));
        Assert.Equal("<https://alerting.example.com/incidents/5f0d0c8a4e2b|Show the incident>", blocks[1]);
    }

    [Fact]
    public async Task Message_OfManyIncidents_ListsTenOthers()
    {
        var incidents = Enumerable.Range(0, 14).Select(i => NotificationSamples.Titled($"{i}", title: $"Title {i}")).ToArray();

        var lines = (await BlocksAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, incidents)))[1].Split('\n');

        Assert.Equal(12, lines.Length);
        Assert.Equal(
            ("Also:", "• “Title 1” of property: 86.0 %, The network was lost", "and 3 more"), (lines[0], lines[1], lines[^1]));
    }

    [Fact]
    public async Task Message_HostileTexts_MentionNobodyAndGiveNoCommands()
    {
        var hostile = NotificationSamples.Titled("a", title: NotificationSamples.HostileTitle) with
        {
            ErrorDescription = NotificationSamples.HostileTitle,
            Acknowledgement = new(NotificationSamples.HostileTitle, DateTimeOffset.UnixEpoch, NotificationSamples.HostileTitle),
        };

        await PostAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, hostile, hostile with { Id = "b" }));

        var content = Assert.Single(slack.Posts).Content;
        string[] markup = [content["text"]!.GetValue<string>(), .. Blocks(content["attachments"]![0]!)[..^1]];
        Assert.All(markup, text =>
        {
            Assert.DoesNotMatch("<(?!!date)", text);
            Assert.DoesNotMatch("&(?!amp;|lt;|gt;)", text);
            Assert.Contains("&lt;!channel&gt; &amp; &lt;@U12345678&gt; *bold*", text, StringComparison.Ordinal);
        });
        Assert.Equal("plain_text", content["blocks"]![0]!["text"]!["type"]!.GetValue<string>());
        Assert.DoesNotMatch("[\u202A-\u202E\u0007\r]", string.Concat(markup));
    }

    /// <summary>The server rejects what is beyond Slack's limits.</summary>
    [Theory]
    [InlineData("x")]
    [InlineData("&")]
    [InlineData("😀")]
    [InlineData(@"\ud83d")] // Half a character, which metadata cannot hold.
    [InlineData("\u0301")]
    public async Task Message_TextsOfTenKilobytes_AreCutBetweenCharacters(string character)
    {
        var text = string.Concat(Enumerable.Repeat(Half(character), 10_000));
        var incidents = Enumerable.Range(0, 50).Select(i => NotificationSamples.Titled($"{i}", IncidentStatus.Open, text) with
        {
            ErrorDescription = text,
            PropertyId = text,
            Acknowledgement = new(text, DateTimeOffset.UnixEpoch, text),
        }).ToArray();

        await PostAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, incidents));

        var post = Assert.Single(slack.Posts);
        Assert.Contains("…", post.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("&(?!amp;|lt;|gt;)", post.Text);
        if (character.Length == 2)
            Assert.DoesNotContain("\uFFFD", post.Content.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("a&b", 7, "a&amp;b")]
    [InlineData("a&b", 6, "a…")]
    [InlineData("ab&", 7, "ab&amp;")]
    [InlineData("a😀b", 3, "a…")]
    [InlineData("a😀b", 4, "a😀b")]
    [InlineData(@"\ud83dab", 3, "\uFFFDab")]
    public void Escape_Text_FitsAndIsWhole(string text, int maximum, string escaped) =>
        Assert.Equal(escaped, SlackText.Escape(Half(text), maximum));

    public void Dispose()
    {
        notifier.Dispose();
        slack.Dispose();
    }

    private static string Half(string text) => text.Replace(@"\ud83d", "\ud83d", StringComparison.Ordinal);

    private async Task PostAsync(Notification notification) =>
        Assert.Equal(
            new NotifyResult.Delivered(null), await notifier.NotifyAsync(notification, TestContext.Current.CancellationToken));

    private async Task<string[]> BlocksAsync(Notification notification)
    {
        await PostAsync(notification);
        return Blocks(slack.Posts[^1].Content["attachments"]![0]!);
    }

    private static string[] Blocks(JsonNode attachment) =>
        [.. attachment["blocks"]!.AsArray().Select(block => block!["text"]!["text"]!.GetValue<string>())];
}
