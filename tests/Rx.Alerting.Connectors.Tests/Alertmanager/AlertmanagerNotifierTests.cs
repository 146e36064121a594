using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Alertmanager;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Alertmanager;

public sealed class AlertmanagerNotifierTests : IDisposable
{
    private const string Credentials = "user:SecretOfTheUser";

    private readonly FakeTimeProvider clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ScriptedHttpServer server = new(_ => new(200));
    private readonly AlertmanagerNotifier notifier;

    public AlertmanagerNotifierTests() => notifier = Make(server.Address);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notify_Open_IsAnAlertThatLastsFourIntervals()
    {
        await TellAsync(NotificationSamples.Sample());

        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/prefix/api/v2/alerts"), (request.Method, request.Target));
        var alert = Assert.Single(Alerts(0));
        Assert.Equal(
            "alertname=RxAlertingIncident, error_type=networkError, incident_id=5f0d0c8a4e2b, level=title, property=property, "
            + "severity=warning, video_id=v-1",
            Labels(alert));
        Assert.Equal(("2023-11-14T22:13:20.000Z", "2026-01-01T00:04:00.000Z"), (Text(alert, "startsAt"), Text(alert, "endsAt")));
        Assert.Equal("“Enlace” of property: 86.0 %, The network was lost", Text(alert["annotations"]!, "summary"));
        Assert.Equal("https://alerting.example.com/incidents/5f0d0c8a4e2b", Text(alert, "generatorURL"));
    }

    [Theory]
    [InlineData(NotificationEvent.Closed)]
    [InlineData(NotificationEvent.Expired)]
    public async Task Notify_Over_EndsTheAlertAndKeepsItsEnd(NotificationEvent what)
    {
        var reference = await TellAsync(NotificationSamples.Sample());
        reference = await TellAsync(NotificationSamples.Sample(what, reference));
        clock.Advance(TimeSpan.FromMinutes(5));
        await TellAsync(NotificationSamples.Sample(what, reference));

        Assert.Equal(["2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"], new[] { Alerts(1), Alerts(2) }.Select(End));
    }

    [Fact]
    public async Task Notify_Reopened_GoesOn()
    {
        var reference = await TellAsync(NotificationSamples.Sample(NotificationEvent.Closed));
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Reopened, reference));
        Assert.Equal("2026-01-01T00:04:00.000Z", End(Alerts(1)));
    }

    [Fact]
    public async Task Notify_PartOfAnotherIncident_EndsTheAlert()
    {
        var part = NotificationSamples.Titled("a") with { ParentId = "b" };
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Folded, null, part));
        Assert.Equal("2026-01-01T00:00:00.000Z", End(Alerts(0)));
    }

    [Fact]
    public async Task Notify_SeverityChanges_EndsTheAlertOfTheEarlierOneOnce()
    {
        var reference = await TellAsync(NotificationSamples.Sample());
        var raised = NotificationSamples.Titled("5f0d0c8a4e2b", severity: IncidentSeverity.Alert);
        reference = await TellAsync(NotificationSamples.Sample(NotificationEvent.SeverityRaised, reference, raised));
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Updated, reference, raised));

        Assert.Equal(
            ["warning 2026-01-01T00:00:00.000Z", "alert 2026-01-01T00:04:00.000Z"],
            Alerts(1).Select(alert => $"{Text(alert["labels"]!, "severity")} {Text(alert, "endsAt")}"));
        Assert.Equal("alert", Text(Assert.Single(Alerts(2))["labels"]!, "severity"));
    }

    [Fact]
    public async Task Notify_PartThatWasNeverTold_IsNotTold()
    {
        var part = NotificationSamples.Titled("part") with { ParentId = "whole" };
        var reference = await TellAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, NotificationSamples.Titled("a"), part));
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Updated, reference, part));

        Assert.Contains("incident_id=a", Labels(Assert.Single(Alerts(0))), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Notify_EventTimeAheadOfTheClock_BeginsNow()
    {
        var ahead = IncidentSamples.Sample("a") with { StartedAt = clock.GetUtcNow().AddHours(1) };
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, ahead));
        Assert.Equal("2026-01-01T00:00:00.000Z", Text(Assert.Single(Alerts(0)), "startsAt"));
    }

    [Fact]
    public async Task Notify_OneMemberOfTheClusterIsAway_IsDelivered()
    {
        using var second = new ScriptedHttpServer(_ => new(200));
        using var cluster = Make(new($"http://127.0.0.1:{FreePort.Find()}/"), second.Address);
        Assert.IsType<NotifyResult.Delivered>(await cluster.NotifyAsync(NotificationSamples.Sample(), Cancel));
        Assert.Single(second.Requests);
    }

    [Fact]
    public async Task Notify_OneMemberHangs_IsDeliveredAllTheSame()
    {
        using var hanging = new ScriptedHttpServer(_ => ScriptedAnswer.Hang);
        using var cluster = new AlertmanagerNotifier(
            new() { Urls = [$"{hanging.Address}", $"{server.Address}"] }, TimeProvider.System);
        Assert.IsType<NotifyResult.Delivered>(await cluster.NotifyAsync(NotificationSamples.Sample(), Cancel));
    }

    [Fact]
    public async Task Notify_OneMemberRefusesAndOneIsAway_IsLater()
    {
        using var refusing = new ScriptedHttpServer(_ => new(400, "no"));
        using var cluster = Make(refusing.Address, new($"http://127.0.0.1:{FreePort.Find()}/"));
        Assert.IsType<NotifyResult.Later>(await cluster.NotifyAsync(NotificationSamples.Sample(), Cancel));
    }

    [Fact]
    public async Task Notify_UserInTheAddress_IsSentAsCredentials()
    {
        using var named = new AlertmanagerNotifier(
            new() { Urls = [$"http://{Credentials}@{server.Address.Authority}"] }, clock);
        await named.NotifyAsync(NotificationSamples.Sample(), Cancel);
        Assert.Equal("Basic dXNlcjpTZWNyZXRPZlRoZVVzZXI=", Assert.Single(server.Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task Notify_ReferenceOfSomebodyElse_IsNotUsed() =>
        Assert.NotNull(await TellAsync(NotificationSamples.Sample(NotificationEvent.Closed, "C0123:17.000")));

    [Fact]
    public void Validate_AllWrong_NamesEveryFault() => Assert.Equal(
        [
            "Channels:NAME:Urls must each be an address such as https://example.com/path",
            "Channels:NAME:Urls must begin with https://, or everybody on the way can read the secret",
            "Channels:NAME:Interval is 1s, must be from 5s to 1h",
        ],
        OptionFaults.Of(new AlertmanagerOptions
        {
            Urls = ["nowhere", "http://a:b@alerts.example.com"],
            Interval = TimeSpan.FromSeconds(1),
        }));

    [Fact]
    public void Validate_NoMember_IsAFault() =>
        Assert.Equal(["Channels:NAME:Urls must have the address of at least one member"], OptionFaults.Of(new AlertmanagerOptions()));

    [Fact]
    public void Validate_Members_HasNoFault() =>
        Assert.Empty(OptionFaults.Of(
            new AlertmanagerOptions { Urls = ["http://alertmanager-0:9093", "https://a:b@alerts.example.com/x"] }));

    public void Dispose()
    {
        notifier.Dispose();
        server.Dispose();
    }

    private AlertmanagerNotifier Make(params Uri[] members) =>
        new(new() { Urls = [.. members.Select(member => $"{member}prefix/")] }, clock);

    private async Task<string?> TellAsync(Notification notification) =>
        Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(notification, Cancel)).Reference;

    private List<JsonNode> Alerts(int request) => [.. JsonNode.Parse(server.Requests[request].Body)!.AsArray().Select(alert => alert!)];

    private static string End(IEnumerable<JsonNode> alerts) => Text(Assert.Single(alerts), "endsAt");

    private static string Labels(JsonNode alert) => string.Join(
        ", ",
        alert["labels"]!.AsObject().OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    public sealed class Contract : NotifierContract
    {
        protected override (INotifier Notifier, IReadOnlyList<string> Secrets) Make(Uri server) => (
            new AlertmanagerNotifier(new() { Urls = [$"{server.Scheme}://{Credentials}@{server.Authority}/"] }, TimeProvider.System),
            [Credentials, "SecretOfTheUser", "dXNlcjpTZWNyZXRPZlRoZVVzZXI="]);
    }
}
