using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>An answer of the API.</summary>
internal sealed record Answer(int Status, string? Type, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Body => JsonDocument.Parse(Text).RootElement;
}

/// <summary>Asks a service with tokens and headers.</summary>
internal static class Answers
{
    public static Task<Answer> AskAsync(
        this RunningService service, string address, string? token = null, params (string, string)[] headers) =>
        service.SendAsync(HttpMethod.Get, address, token, null, headers);

    public static Task<Answer> CommandAsync(this RunningService service, string command, string? token = null) =>
        service.SendAsync(HttpMethod.Post, "/api/v1/control", token, command);

    /// <summary>The status alone, also of an answer that never ends.</summary>
    public static async Task<int> StatusAsync(this RunningService service, HttpMethod method, string address, string? token, string? json)
    {
        using var request = Request(method, address, token, json);
        using var response = await service.Client.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>Ends when an address answers with a status.</summary>
    public static async Task UntilStatusAsync(this RunningService service, string address, string token, int expected)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while ((await service.AskAsync(address, token)).Status is var status && status != expected)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(20), $"It stays {status}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<Answer> SendAsync(
        this RunningService service,
        HttpMethod method,
        string address,
        string? token,
        string? json,
        params (string Name, string Value)[] headers)
    {
        using var request = Request(method, address, token, json);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, response.Headers);
    }

    private static HttpRequestMessage Request(HttpMethod method, string address, string? token, string? json)
    {
        var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return request;
    }
}
