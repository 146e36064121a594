using System.Net;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access.Login;

/// <summary>Keeps cookies, says where its requests come from, and follows redirects if it is to.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient client;
    private readonly string origin;

    public Browser(RunningService service, bool follows = false)
    {
        origin = service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        client = new(new HttpClientHandler { AllowAutoRedirect = follows, CookieContainer = Cookies }) { BaseAddress = new(origin) };
    }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path, params (string, string)[] headers) =>
        SendAsync(new(HttpMethod.Get, path), [("Sec-Fetch-Mode", "navigate"), .. headers]);

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => SendAsync(
        new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        },
        [("Origin", origin), ("Sec-Fetch-Site", "same-origin")]);

    public Task<HttpResponseMessage> CommandAsync(string json, string? from = null) => SendAsync(
        new(HttpMethod.Post, "/api/v1/control") { Content = new StringContent(json, null, "application/json") },
        [("Origin", from ?? origin)]);

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
