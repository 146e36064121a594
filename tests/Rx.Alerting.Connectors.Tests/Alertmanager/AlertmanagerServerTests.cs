using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.Alertmanager;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Alertmanager;

/// <summary>Against Prometheus' own Alertmanager.</summary>
public sealed class AlertmanagerServerTests : IDisposable
{
    private readonly AlertmanagerServer server = Needed(AlertmanagerServer.TryStart());
    private readonly AlertmanagerNotifier notifier;
    private readonly HttpClient client = new();

    public AlertmanagerServerTests() => notifier = new(new() { Urls = [$"{server.Address}"] }, TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Notify_OpenedClosedReopened_IsActiveWhileItIsOpen()
    {
        var reference = await TellAsync(NotificationSamples.Sample());
        var active = Assert.Single(await ActiveAsync());
        Assert.Equal("active", active["status"]!["state"]!.GetValue<string>());
        Assert.Equal("5f0d0c8a4e2b", active["labels"]!["incident_id"]!.GetValue<string>());

        reference = await TellAsync(NotificationSamples.Sample(NotificationEvent.Closed, reference));
        Assert.Empty(await ActiveAsync());

        await TellAsync(NotificationSamples.Sample(NotificationEvent.Reopened, reference));
        Assert.Single(await ActiveAsync());
    }

    [Fact]
    public async Task Notify_SeverityRaised_IsActiveWithTheNewSeverityOnly()
    {
        var reference = await TellAsync(NotificationSamples.Sample());
        var raised = NotificationSamples.Titled("5f0d0c8a4e2b", severity: IncidentSeverity.Alert);
        await TellAsync(NotificationSamples.Sample(NotificationEvent.SeverityRaised, reference, raised));
        Assert.Equal("alert", Assert.Single(await ActiveAsync())["labels"]!["severity"]!.GetValue<string>());
    }

    [Fact]
    public async Task Notify_ServerHasLostEverything_KnowsItAgainWithTheNextRenewal()
    {
        var reference = await TellAsync(NotificationSamples.Sample());
        server.Kill();
        Assert.False(Assert.IsType<NotifyResult.Later>(
            await notifier.NotifyAsync(NotificationSamples.Sample(NotificationEvent.Updated, reference), Cancel)).IsInDoubt);
        server.Start();
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Updated, reference));
        Assert.Single(await ActiveAsync());
    }

    [Theory]
    [InlineData(NotificationSamples.HostileTitle, 1)]
    [InlineData("😀", 10_000)]
    [InlineData(@"\ud83d", 1)] // Half a character, which metadata cannot hold.
    [InlineData("", 1)]
    public async Task Notify_HostileTexts_AreTaken(string text, int times)
    {
        var hostile = string.Concat(Enumerable.Repeat(text.Replace(@"\ud83d", "\ud83d", StringComparison.Ordinal), times));
        var incident = IncidentSamples.Sample("a") with
        {
            VideoId = hostile,
            VideoTitle = hostile,
            PropertyId = hostile,
            ErrorType = hostile,
            ErrorDescription = hostile,
        };
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, incident));
        Assert.Single(await ActiveAsync());
    }

    [Fact]
    public async Task Notify_EventTimeAheadOfTheClock_OpensAndEnds()
    {
        var ahead = NotificationSamples.Titled("a") with { StartedAt = TimeProvider.System.GetUtcNow().AddDays(1) };
        var reference = await TellAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, ahead));
        Assert.Single(await ActiveAsync());
        var closed = ahead with { Status = IncidentStatus.Closed, ResolvedAt = ahead.StartedAt };
        await TellAsync(NotificationSamples.Sample(NotificationEvent.Closed, reference, closed));
        Assert.Empty(await ActiveAsync());
    }

    public void Dispose()
    {
        client.Dispose();
        notifier.Dispose();
        server.Dispose();
    }

    private async Task<string?> TellAsync(Notification notification) =>
        Assert.IsType<NotifyResult.Delivered>(await notifier.NotifyAsync(notification, Cancel)).Reference;

    private async Task<List<JsonNode>> ActiveAsync()
    {
        var answer = await client.GetStringAsync(new Uri(server.Address, "api/v2/alerts"), Cancel);
        return [.. JsonNode.Parse(answer)!.AsArray().Select(alert => alert!)];
    }

    private static AlertmanagerServer Needed(AlertmanagerServer? started)
    {
        if (started is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("There is no Alertmanager: install it (package prometheus-alertmanager of Debian), so that it is on the PATH.");
        return started ?? throw new InvalidOperationException("CI needs prometheus-alertmanager on the PATH.");
    }
}
