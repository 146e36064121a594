using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.Webhook;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Webhook;

public sealed class BodyTemplateTests : IDisposable
{
    private readonly ScriptedHttpServer server = new(_ => new(200));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rx-alerting-webhook-");

    private string BodyFile => Path.Combine(folder.FullName, "body.json");

    [Fact]
    public async Task Notify_Places_BecomeValues()
    {
        var body = await BodyAsync("""
            {
              // People write templates.
              "text": "{incident.property_id}: {incident.measured_value}, {is_over}, {incident.video_title}{incident.reason}.",
              "rate": "{incident.measured_value}", "over": "{is_over}", "none": "{incident.resolved_at}", "id": "{delivery_id}",
              "list": ["{incident.affected_views}", 7, null, true, { "inner": "{severity}" }],
              "shares": "{incident.breakdowns}",
              "{heading}": "{Not a place} {} {a b} {{severity}}",
            }
            """);

        Assert.Equal(
            """
            {"text":"property: 0.86, false, Enlace.","rate":0.86,"over":false,"none":null,"id":"delivery-Opened",
            "list":[1234,7,null,true,{"inner":"warning"}],"shares":[{"name":"cdn","value":"fastly","share":0.9}],
            "{heading}":"{Not a place} {} {a b} {warning}"}
            """.ReplaceLineEndings(""),
            body);
    }

    [Theory]
    [InlineData("\"}],\"injected\":true,\"x\":\"")]
    [InlineData("{incident.id} {delivery_id} {unknown}")]
    [InlineData("\\\" \\u0022 \n \r\n \t \0 \u2028")]
    [InlineData(NotificationSamples.HostileTitle)]
    public async Task Notify_HostileTitle_StaysTheTextThatItIs(string title)
    {
        const string template = """{"whole":"{incident.video_title}","part":"<{incident.video_title}>"}""";

        var body = JsonNode.Parse(await BodyAsync(template, title))!.AsObject();

        Assert.Equal(["whole", "part"], body.Select(member => member.Key));
        Assert.Equal((title, $"<{title}>"), (body["whole"]!.GetValue<string>(), body["part"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("😀")]
    [InlineData("\"")]
    public async Task Notify_LongTitle_IsSentWhole(string text)
    {
        var title = string.Concat(Enumerable.Repeat(text, 10_240));
        var body = JsonNode.Parse(await BodyAsync("""{"title":"{incident.video_title}"}""", title))!;
        Assert.Equal(title, body["title"]!.GetValue<string>());
    }

    /// <summary>Half of a letter, as a title has it that was cut off.</summary>
    [Fact]
    public async Task Notify_BrokenLetter_IsReplaced()
    {
        var body = JsonNode.Parse(await BodyAsync("""{"title":"<{incident.video_title}>"}""", "cut \uD83D"))!;
        Assert.Equal("<cut \uFFFD>", body["title"]!.GetValue<string>());
    }

    /// <summary>The example of docs/channels.md.</summary>
    [Theory]
    [InlineData("Enlace")]
    [InlineData(NotificationSamples.HostileTitle)]
    public async Task Notify_TemplateForTeams_IsAMessageWithACard(string title)
    {
        var template = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Webhook", "teams.json"), Cancel);

        var message = JsonNode.Parse(await BodyAsync(template, title))!;

        var attachment = Assert.Single(message["attachments"]!.AsArray())!;
        Assert.Equal(
            ("message", "application/vnd.microsoft.card.adaptive"), (Text(message["type"]), Text(attachment["contentType"])));
        var card = attachment["content"]!;
        var words = NotificationWords.Of(Sample(title));
        Assert.Equal(
            [words.Heading, words.Summary],
            card["body"]!.AsArray().Take(2).Select(block => Text(block!["inlines"]![0]!["text"])));
        Assert.Equal(
            ["warning", "1234 views", "2023-11-14T22:13:20+00:00"],
            card["body"]![2]!["facts"]!.AsArray().Select(fact => Text(fact!["value"]))); // Each is a text, as a card demands it.
        Assert.Equal("https://alerting.example.com/incidents/5f0d0c8a4e2b", Text(card["actions"]![0]!["url"]));
    }

    [Theory]
    [InlineData(
        """{"a":"{incident.nothing} {heading} {nothing.at.all}","b":["{incident.nothing}"]}""",
        "has places for values that there are not: incident.nothing, nothing.at.all")]
    [InlineData("""{"a":"{heading.length}"}""", "has places for values that there are not: heading.length")]
    [InlineData("""{"a":"{heading}" """, "is no template: ")]
    [InlineData("""{"a":1,"a":2}""", "is no template: ")]
    [InlineData("{heading}", "is no template: ")]
    [InlineData("null", "is no template: it is null")]
    [InlineData("", "is no template: ")]
    public void Validate_WrongTemplate_IsAFaultThatSaysWhy(string template, string fault)
    {
        File.WriteAllText(BodyFile, template);
        Assert.StartsWith($"Channels:NAME:BodyFile is {BodyFile}, which {fault}", Assert.Single(Faults()), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_MissingFile_IsAFaultThatSaysSo() => Assert.Equal(
        $"Channels:NAME:BodyFile is {BodyFile}, which is no template: Could not find file '{BodyFile}'.", Assert.Single(Faults()));

    [Fact]
    public void Validate_PlacesOfValuesThatAreOftenNull_HasNoFault()
    {
        File.WriteAllText(BodyFile, """["{link}", "{reason}", "{incident.video_title}", "{incident.acknowledgement}"]""");
        Assert.Empty(Faults());
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Delete(recursive: true);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Notification Sample(string title) =>
        NotificationSamples.Sample(NotificationEvent.Opened, null, NotificationSamples.Titled("5f0d0c8a4e2b", title: title));

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private WebhookOptions Options => new() { Url = server.Address.ToString(), BodyFile = BodyFile };

    private IReadOnlyList<string> Faults() => OptionFaults.Of(Options);

    /// <summary>The body that is sent by a template.</summary>
    private async Task<string> BodyAsync(string template, string title = "Enlace")
    {
        await File.WriteAllTextAsync(BodyFile, template, Cancel);
        Assert.Empty(Faults());
        using var notifier = new WebhookNotifier(Options, TimeProvider.System);
        Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(Sample(title), Cancel));
        return Assert.Single(server.Requests).Body;
    }
}
