using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Notifications;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api.Resources;

/// <summary>Who was told of what, for programs: what the page of notifications shows.</summary>
public sealed class NotificationEndpointsTests : IAsyncLifetime
{
    private const string Path = "/api/v1/notifications", Channels = "/api/v1/channels";

    private TellingService telling = null!;

    public async ValueTask InitializeAsync()
    {
        telling = await TellingService.StartAsync(
            403,
            [
                .. AccessSettings.Tokens(),
                ("Channels:loud:Kind", "webhook"), ("Channels:loud:Url", "{receiver}"), ("Channels:loud:MinimumSeverity", "alert"),
            ]);
        await telling.Service.TellAsync(
            IncidentSamples.Sample("a") with { PropertyId = "mine" },
            IncidentSamples.Sample("b", minute: 7) with { PropertyId = "theirs" });
        await UntilAsync($"{Path}?status=failed", 2);
    }

    public ValueTask DisposeAsync() => telling.DisposeAsync();

    [Fact]
    public async Task List_Address_SaysWhatIsListed()
    {
        (string Query, int Expected)[] lists =
        [
            ("", 4),
            ("?channel=hook", 2),
            ("?status=failed", 2),
            ("?status=failed&status=left", 4),
            ("?status=told", 0),
            ("?incident_id=a", 2),
            ("?incident_id=a&channel=loud", 1),
            ("?channel=unknown", 0),
        ];
        foreach (var (query, expected) in lists)
        {
            var answer = await AskAsync($"{Path}{query}");

            Assert.Equal(200, answer.Status);
            Assert.Equal((query, expected), (query, answer.Body.GetProperty("total_row_count").GetInt32()));
        }
    }

    [Fact]
    public async Task List_OfWhatFailed_SaysWhatBecameOfItAndWhy()
    {
        var one = (await AskAsync($"{Path}?status=failed&incident_id=a")).Body.GetProperty("data")[0];

        Assert.Equal(("hook", "opened", "refused"), (Text("channel"), Text("event"), Text("outcome")));
        Assert.Contains("403", Text("detail"), StringComparison.Ordinal);

        string? Text(string member) => one.GetProperty(member).GetString();
    }

    [Fact]
    public async Task List_ForATokenOfOneProperty_HasNothingOfOthers()
    {
        var list = await AskAsync(Path, AccessSettings.Scoped);
        var csv = await AskAsync($"{Path}?format=csv", AccessSettings.Scoped);
        var theirs = await AskAsync($"{Path}?incident_id=b", AccessSettings.Scoped);
        var hook = (await AskAsync(Channels, AccessSettings.Scoped)).Body.GetProperty("data")[0];

        Assert.Equal((2, 0), (list.Body.GetProperty("total_row_count").GetInt32(), theirs.Body.GetProperty("total_row_count").GetInt32()));
        Assert.All(
            list.Body.GetProperty("data").EnumerateArray(), one => Assert.Equal("a", one.GetProperty("incident_ids")[0].GetString()));
        Assert.DoesNotContain("403", list.Text + csv.Text, StringComparison.Ordinal);
        Assert.Equal(("hook", 1), (hook.GetProperty("name").GetString(), hook.GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task Channels_OneThatFails_IsTold()
    {
        var rows = (await AskAsync(Channels)).Body.GetProperty("data").EnumerateArray()
            .Select(one => $"{one.GetProperty("name").GetString()} {one.GetProperty("kind").GetString()} "
                + $"{one.GetProperty("minimum_severity").GetString()} {one.GetProperty("is_failing").GetBoolean()}");

        Assert.Equal(["hook webhook warning True", "loud webhook alert False"], rows);
    }

    [Fact]
    public async Task Retry_OfAChannelWhoseReceiverIsMended_Tells()
    {
        telling.Status = 200;

        var answer = await RetryAsync("""{"channel":"hook"}""");

        Assert.Equal(200, answer.Status);
        Assert.Contains("2 notifications are tried again", answer.Text, StringComparison.Ordinal);
        await UntilAsync($"{Path}?status=told", 2);
    }

    [Fact]
    public async Task Retry_OfAChannelThatThereIsNot_IsRefused()
    {
        var answer = await RetryAsync("""{"channel":"none"}""");

        Assert.Equal(409, answer.Status);
        Assert.Contains("there is no channel none", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_ByATokenOfOneProperty_IsForbidden() =>
        Assert.Equal(403, (await RetryAsync("{}", AccessSettings.Scoped)).Status);

    [Fact]
    public async Task List_WrongParameter_IsNamed() => Assert.Contains(
        "must be one of told, failed, waiting, left", (await AskAsync($"{Path}?status=lost")).Text, StringComparison.Ordinal);

    private Task<Answer> AskAsync(string path, string? token = null) => telling.Service.AskAsync(path, token ?? AccessSettings.Reader);

    private Task<Answer> RetryAsync(string body, string? token = null) =>
        telling.Service.SendAsync(HttpMethod.Post, $"{Path}/retry", token ?? AccessSettings.Operator, body);

    private async Task UntilAsync(string path, int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await AskAsync(path)).Body.GetProperty("total_row_count").GetInt32() != count)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }
}
