using System.Net.Http.Headers;
using System.Reactive.Linq;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class ControlEndpointsTests : IAsyncLifetime
{
    private const string Silence =
        """
        {"id":"s","by":"ann","type":"silence","property":"p","comment":"why","starts_at":"2026-01-01T00:00:00Z","duration":"1h"}
        """;

    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Post_Silence_IsDoneAndAgainHasTheSameAnswer()
    {
        var (status, type, first) = await PostAsync(Silence);
        var (_, _, second) = await PostAsync(Silence);

        Assert.Equal((200, "application/json"), (status, type));
        Assert.Equal(
            $$"""{"command_id":"s","type":"silence","replica":"{{ControlDispatcher.Replica}}","status":"done","reason":null"""
            + ""","pipelines":[{"pipeline":"test/script","status":"done","reason":null,"at":null}]}""",
            first);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Post_IdInTheHeader_IsThatOfTheCommand()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlEndpoints.Path)
        {
            Content = Json("""{"by":"ann","type":"checkpoint"}"""),
        };
        request.Headers.Add("Idempotency-Key", "\"k\"");

        var (_, _, body) = await SendAsync(request);

        Assert.StartsWith("""{"command_id":"k","type":"checkpoint",""", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnknownIncident_IsRefusedAndTheCommandIsGivenAnId()
    {
        var (status, _, body) = await PostAsync("""{"by":"ann","type":"acknowledge","incident_id":"none"}""");

        var reply = ControlJson.Read(Encoding.UTF8.GetBytes(body))!;
        Assert.Equal((200, ReplyStatus.Refused), (status, reply.Status));
        Assert.Equal("there is no open incident none", Assert.Single(reply.Pipelines).Reason);
        Assert.True(Guid.TryParse(reply.CommandId, out _));
    }

    [Fact]
    public async Task Post_WrongCommand_NamesEveryFault()
    {
        var (status, type, body) = await PostAsync("""{"by":1,"type":"close","color":"red"}""");

        Assert.Equal((400, "application/problem+json"), (status, type));
        foreach (var member in new[] { "\"by\":[\"must be a text\"]", "\"incident_id\":", "\"color\":" })
            Assert.Contains(member, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_TooLarge_IsRefused(bool isChunked)
    {
        using var content = Json(new string(' ', ControlMessage.MaximumBytes + 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlEndpoints.Path) { Content = content };
        request.Headers.TransferEncodingChunked = isChunked;

        var (status, _, body) = await SendAsync(request);

        Assert.True(status == 413, body);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("Application/JSON", 200)]
    public async Task Post_ContentType_MustBeJson(string type, int expected)
    {
        using var content = Json(Silence);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlEndpoints.Path) { Content = content };

        Assert.Equal(expected, (await SendAsync(request)).Status);
    }

    [Fact]
    public async Task Post_CompressedBody_IsRefusedUnread()
    {
        using var content = Json(Silence);
        content.Headers.ContentEncoding.Add("gzip");

        var (status, type, body) = await SendAsync(new(HttpMethod.Post, ControlEndpoints.Path) { Content = content });

        Assert.Equal((415, "application/problem+json"), (status, type));
        Assert.Contains("Content-Encoding", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_FromAPageOfAnotherSite_IsForbidden()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ControlEndpoints.Path) { Content = Json(Silence) };
        request.Headers.Add("Origin", "https://example.org");

        var (status, type, body) = await SendAsync(request);

        Assert.Equal((403, "application/problem+json"), (status, type));
        Assert.Contains("pages of other sites", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NoPipelineRuns_SaysSo()
    {
        var clock = new FakeTimeProvider();
        await using var ended = await RunningService.StartAsync(new ScriptedSource(Observable.Empty<ViewBatch>()), clock: clock);
        await ended.Pipelines.WaitAsync(TestContext.Current.CancellationToken);

        var answer = SendAsync(new(HttpMethod.Post, ControlEndpoints.Path) { Content = Json(Silence) }, ended);
        while (!answer.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            var step = Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            await Task.WhenAny(answer, step);
        }

        var (status, _, body) = await answer;
        Assert.Equal(503, status);
        Assert.Contains("No pipeline runs in this process. Nothing was done. Send command s again later", body, StringComparison.Ordinal);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private Task<(int Status, string? Type, string Body)> PostAsync(string command) =>
        SendAsync(new(HttpMethod.Post, ControlEndpoints.Path) { Content = Json(command) });

    private async Task<(int Status, string? Type, string Body)> SendAsync(HttpRequestMessage request, RunningService? to = null)
    {
        using var response = await (to ?? service).Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
    }
}
