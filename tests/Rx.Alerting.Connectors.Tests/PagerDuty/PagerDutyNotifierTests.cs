using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.PagerDuty;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.PagerDuty;

public sealed class PagerDutyNotifierTests : IDisposable
{
    private const string Key = "0123456789abcdefSECRETOFPAGERDUT";

    private readonly ScriptedHttpServer server = new(_ => new(202, """{"status":"success"}"""));
    private readonly PagerDutyNotifier notifier;

    public PagerDutyNotifierTests() => notifier = new(
        new() { RoutingKey = Key, Url = $"{server.Address}v2/enqueue", Component = "player" }, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NotificationEvent.SeverityRaised, "trigger")]
    [InlineData(NotificationEvent.Acknowledged, "acknowledge")]
    [InlineData(NotificationEvent.Closed, "resolve")]
    [InlineData(NotificationEvent.Expired, "resolve")]
    [InlineData(NotificationEvent.Folded, "resolve")]
    public async Task Notify_Event_IsAnActionOnTheAlertThatWasTriggered(NotificationEvent what, string action)
    {
        var triggered = await TellAsync(NotificationSamples.Sample(NotificationEvent.Reopened) with { Occurrence = 2 });
        Assert.Equal("5f0d0c8a4e2b-2", triggered);

        Assert.Equal(triggered, await TellAsync(NotificationSamples.Sample(what, triggered)));

        Assert.Equal(
            ["trigger 5f0d0c8a4e2b-2", $"{action} 5f0d0c8a4e2b-2"],
            Sent().Select(sent => $"{sent["event_action"]} {sent["dedup_key"]}"));
        Assert.All(Sent(), sent => Assert.Equal(Key, sent["routing_key"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Notify_Reminder_IsDeliveredWithoutACall()
    {
        Assert.Equal("key", await TellAsync(NotificationSamples.Sample(NotificationEvent.Reminder, "key")));
        Assert.Empty(server.Requests);
    }

    /// <summary>It opened and ended, and nobody knows whether PagerDuty was told of the former.</summary>
    [Fact]
    public async Task Notify_OpenedAndOver_Resolves()
    {
        await TellAsync(NotificationSamples.Sample() with { IsOver = true });
        Assert.Equal("resolve", Assert.Single(Sent())["event_action"]!.GetValue<string>());
    }

    [Fact]
    public async Task Notify_Reopened_TriggersAnotherAlert()
    {
        var first = await TellAsync(NotificationSamples.Sample());
        var second = await TellAsync(NotificationSamples.Sample(NotificationEvent.Reopened, first));
        Assert.Equal(("5f0d0c8a4e2b", "5f0d0c8a4e2b-1"), (first, second));
    }

    [Fact]
    public async Task Notify_LongId_IsAKeyThatPagerDutyTakes()
    {
        var key = await TellAsync(NotificationSamples.Sample() with { ThreadId = new('x', 300) });
        Assert.Equal(64, key!.Length);
        Assert.NotEqual(key, await TellAsync(NotificationSamples.Sample() with { ThreadId = new('x', 301) }));
    }

    [Fact]
    public async Task Notify_Trigger_HasTheFacts()
    {
        var alert = NotificationSamples.Titled("a", severity: IncidentSeverity.Alert) with { AffectedTitles = 3 };
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, alert, NotificationSamples.Titled("b", title: "Other")));

        var sent = Assert.Single(Sent());
        var payload = sent["payload"]!;
        Assert.Equal("“Enlace” of property: 86.0 %, The network was lost", payload["summary"]!.GetValue<string>());
        Assert.Equal(("property", "critical", "player"), (Text(payload, "source"), Text(payload, "severity"), Text(payload, "component")));
        Assert.Equal("2023-11-14T22:13:20.0000000+00:00", Text(payload, "timestamp"));
        Assert.Equal(0.86, payload["custom_details"]!["error_rate"]!.GetValue<double>());
        Assert.Equal(3, payload["custom_details"]!["affected_titles"]!.GetValue<int>());
        Assert.StartsWith(
            "“Other” of property", payload["custom_details"]!["others"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("https://alerting.example.com/incidents/5f0d0c8a4e2b", Text(sent["links"]![0]!, "href"));
    }

    [Theory]
    [InlineData(NotificationSamples.HostileTitle, 1)]
    [InlineData("😀", 10_000)]
    public async Task Notify_HostileTitle_IsShownWithinTheLimits(string text, int times)
    {
        var title = string.Concat(Enumerable.Repeat(text, times));
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, NotificationSamples.Titled("a", title: title)));

        var summary = Text(Assert.Single(Sent())["payload"]!, "summary");
        Assert.InRange(summary.Length, 1, 1024);
        Assert.DoesNotMatch("[\u202A-\u202E\u0007\r\n]", summary);
        Assert.False(char.IsHighSurrogate(summary[^2]));
        Assert.DoesNotMatch("\uD83D(?!\uDE00)", summary);
    }

    [Fact]
    public void Validate_AllWrong_NamesEveryFault() => Assert.Equal(
        [
            "Channels:NAME:RoutingKey must be an integration key: 32 letters and digits",
            "Channels:NAME:Url must be an address such as https://example.com/path",
        ],
        OptionFaults.Of(new PagerDutyOptions { RoutingKey = "short", Url = "events" }));

    [Fact]
    public void Validate_NoKey_IsAFault() =>
        Assert.Equal(["Channels:NAME:RoutingKey must be set"], OptionFaults.Of(new PagerDutyOptions()));

    [Fact]
    public void Validate_Key_HasNoFault() => Assert.Empty(OptionFaults.Of(new PagerDutyOptions { RoutingKey = Key }));

    public void Dispose()
    {
        notifier.Dispose();
        server.Dispose();
    }

    private async Task<string?> TellAsync(Notification notification) =>
        Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(notification, Cancel)).Reference;

    private List<JsonNode> Sent() => [.. server.Requests.Select(request => JsonNode.Parse(request.Body)!)];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    public sealed class Contract : NotifierContract
    {
        protected override (INotifier Notifier, IReadOnlyList<string> Secrets) Make(Uri server) =>
            (new PagerDutyNotifier(new() { RoutingKey = Key, Url = $"{server}v2/enqueue" }, TimeProvider.System), [Key]);
    }
}
