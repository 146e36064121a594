using System.Text.Json;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api.Resources;

/// <summary>Decisions about an incident at its own address, with a real pipeline behind it.</summary>
public sealed class IncidentCommandTests : IAsyncLifetime
{
    private RunningService service = null!;
    private string id = null!;

    private string Acknowledge => $"/api/v1/incidents/{id}/acknowledge";

    private string Close => $"/api/v1/incidents/{id}/close";

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        id = await service.IncidentAsync(AccessSettings.Reader);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Acknowledge_ByAToken_IsDoneUnderItsName()
    {
        var answer = await PostAsync(Acknowledge, """{"note":"Looking","by":"somebody else"}""");

        Assert.Equal((200, "application/json"), (answer.Status, answer.Type));
        Assert.Equal(("acknowledge", "done"), (Text(answer, "type"), Text(answer, "status")));
        var by = await AcknowledgedAsync();
        Assert.Equal(("operating", "Looking"), (by.GetProperty("by").GetString(), by.GetProperty("note").GetString()));
    }

    [Fact]
    public async Task Acknowledge_ByATokenOfItsProperty_IsDone() =>
        Assert.Equal(200, (await PostAsync(Acknowledge, "{}", AccessSettings.Scoped)).Status);

    [Theory]
    [InlineData("""{"id":"k"}""", null)]
    [InlineData("{}", "k")]
    [InlineData("{}", "\"k\"")]
    public async Task Close_Repeated_HasTheAnswerOfTheFirstTime(string body, string? key)
    {
        var first = await PostAsync(Close, body, key: key);
        var second = await PostAsync(Close, body, key: key);

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(("k", "done"), (Text(first, "command_id"), Text(first, "status")));
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task Close_WithTheIdOfAnotherCommand_IsRefusedAndNothingIsDone()
    {
        await PostAsync(Acknowledge, """{"id":"k"}""");

        var answer = await PostAsync(Close, """{"id":"k"}""");

        Assert.Equal(409, answer.Status);
        Assert.Contains("another command", answer.Text, StringComparison.Ordinal);
        Assert.Equal("open", (await service.ReadAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Close_OfWhatIsClosed_IsNotTakenForDone()
    {
        await PostAsync(Close, "{}");

        var again = await PostAsync(Close, "{}");

        Assert.True(again.Status is 409 or 503, again.Text); // The board may not have it yet.
        Assert.StartsWith("application/problem", again.Type, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ToAnIncidentThatThereIsNot_IsNotFound()
    {
        var answer = await PostAsync("/api/v1/incidents/none/close", "{}");

        Assert.Equal(404, answer.Status);
        Assert.Contains("no-such-incident", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FromAPageOfAnotherSite_IsForbidden()
    {
        await using var open = await FailingTitle.StartOpenAsync();
        var found = await open.IncidentAsync();

        var answer = await open.SendAsync(
            HttpMethod.Post, $"/api/v1/incidents/{found}/close", null, """{"by":"ann"}""", ("Origin", "https://example.org"));

        Assert.Equal(403, answer.Status);
        Assert.Contains("other-site", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutATokenWhereAllIsOpen_AsksWhoDecides()
    {
        await using var open = await FailingTitle.StartOpenAsync();
        var path = $"/api/v1/incidents/{await open.IncidentAsync()}/acknowledge";

        var nobody = await open.SendAsync(HttpMethod.Post, path, null, "{}");
        var ann = await open.SendAsync(HttpMethod.Post, path, null, """{"by":"ann"}""");

        Assert.Equal((400, 200), (nobody.Status, ann.Status));
        Assert.Contains("\"by\":[\"must be given", nobody.Text, StringComparison.Ordinal);
    }

    private static string? Text(Answer answer, string member) => answer.Body.GetProperty(member).GetString();

    private async Task<JsonElement> AcknowledgedAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if ((await service.ReadAsync(id)).GetProperty("acknowledgement") is { ValueKind: JsonValueKind.Object } by)
                return by;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private Task<Answer> PostAsync(string path, string body, string? token = null, string? key = null) => service.SendAsync(
        HttpMethod.Post, path, token ?? AccessSettings.Operator, body, key is null ? [] : [("Idempotency-Key", key)]);
}
