using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Connectors.Webhook;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Webhook;

public sealed class WebhookNotifierTests : IDisposable
{
    private const string Token = "SecretOfTheHeader";
    private const string Base64Key = "U2VjcmV0VGhhdFNpZ25zMDEyMw==";
    private const string SigningKey = $"whsec_{Base64Key}";
    private const string Path = "hooks/SecretOfTheAddress?code=SecretOfTheQuery";

    private readonly ScriptedHttpServer server = new(_ => new(204));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(NotificationEvent.Opened, "opened", false, true, 0)]
    [InlineData(NotificationEvent.Reopened, "reopened", false, true, 1)]
    [InlineData(NotificationEvent.SeverityRaised, "severity_raised", false, true, 0)]
    [InlineData(NotificationEvent.Acknowledged, "acknowledged", false, false, 0)]
    [InlineData(NotificationEvent.Closed, "closed", true, true, 0)]
    public async Task Notify_Event_IsToldWithItsState(NotificationEvent what, string transition, bool isOver, bool isLoud, int occurrence)
    {
        var body = await BodyAsync(NotificationSamples.Sample(what));

        Assert.Equal(
            ($"delivery-{what}", "5f0d0c8a4e2b", transition),
            (Text(body, "delivery_id"), Text(body, "thread_id"), Text(body, "transition")));
        Assert.Equal((isOver, isLoud), (body["is_over"]!.GetValue<bool>(), body["is_loud"]!.GetValue<bool>()));
        Assert.Equal(occurrence, body["occurrence"]!.GetValue<int>());
    }

    [Fact]
    public async Task Notify_Body_HasTheWordsAndTheIncidentsAsTheApiShowsThem()
    {
        Incident[] incidents = [NotificationSamples.Titled("a", severity: IncidentSeverity.Alert), NotificationSamples.Titled("b")];

        var body = await BodyAsync(NotificationSamples.Sample(NotificationEvent.Opened, null, incidents));

        Assert.Equal(("alert", "https://alerting.example.com/incidents/5f0d0c8a4e2b"), (Text(body, "severity"), Text(body, "link")));
        Assert.Contains("Enlace", Text(body, "heading"), StringComparison.Ordinal);
        Assert.Contains("86.0 %", Text(body, "summary"), StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(AsApi(incidents[0]), body["incident"]));
        Assert.True(JsonNode.DeepEquals(new JsonArray([.. incidents.Select(AsApi)]), body["incidents"]));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task Notify_MethodAndHeaders_AreAsConfigured(string method)
    {
        var request = await RequestAsync(
            new() { Url = Url, Method = method, Headers = [$"Authorization: Bearer {Token}", "X-Team:  video "] },
            NotificationSamples.Sample());

        Assert.Equal((method, $"/{Path}"), (request.Method, request.Target));
        Assert.Equal(($"Bearer {Token}", "video"), (request.Headers["Authorization"], request.Headers["X-Team"]));
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
    }

    /// <summary>A receiver shows parts of what it was sent: one word of a header, one part of the address.</summary>
    [Theory]
    [InlineData(400)]
    [InlineData(503)]
    public async Task Notify_ReceiverRepeatsPartsOfSecrets_ProblemHasNone(int status)
    {
        string[] secrets = [Token, "SecretOfTheAddress", "SecretOfTheQuery", Base64Key];
        using var rude = new ScriptedHttpServer(_ => new(status, $"unknown: {string.Join(", ", secrets)}"));
        using var notifier = Make(rude.Address);

        var result = (await notifier.NotifyAsync(NotificationSamples.Sample(), Cancel)).ToString();

        Assert.Contains($"answers {status}: unknown: ", result, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, result, StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => server.Dispose();

    private string Url => $"{server.Address}{Path}";

    private async Task<JsonNode> BodyAsync(Notification notification) =>
        JsonNode.Parse((await RequestAsync(new() { Url = Url }, notification)).Body)!;

    private async Task<ScriptedRequest> RequestAsync(WebhookOptions options, Notification notification)
    {
        using var notifier = new WebhookNotifier(options, TimeProvider.System);
        Assert.Equal(new NotifyResult.Delivered(null), await notifier.NotifyAsync(notification, Cancel));
        return Assert.Single(server.Requests);
    }

    private static WebhookNotifier Make(Uri server) => new(
        new() { Url = $"{server}{Path}", Headers = [$"Authorization: Bearer {Token}"], SigningKey = SigningKey }, TimeProvider.System);

    private static JsonNode? AsApi(Incident incident) => JsonSerializer.SerializeToNode(incident, IncidentJson.Readable.Incident);

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    public sealed class Contract : NotifierContract
    {
        protected override (INotifier Notifier, IReadOnlyList<string> Secrets) Make(Uri server) => (
            WebhookNotifierTests.Make(server), [Token, SigningKey, Path, "SecretOfTheAddress", "SecretOfTheQuery"]);
    }
}
