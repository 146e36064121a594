using System.Net.Http.Headers;
using System.Reactive.Linq;
using System.Text.Json;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class RateEndpointsTests : IAsyncLifetime
{
    /// <summary>A property with every character that is hard in an address or in JSON.</summary>
    private const string Hostile = "a/b?c=d&e#f%2F\"<script>\u202E\u00e9";

    private const long Start = 1_780_000_000_000;

    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        var views =
            from second in Enumerable.Range(0, 600)
            from view in (TestView[])
            [
                new(
                    Start + (second * 1000),
                    "shop",
                    $"Film {second % 40:D2}",
                    second % 10 == 0 ? "network" : second % 50 == 1 ? "drm" : ""),
                new(Start + (second * 1000), Hostile, "x"),
                new(Start + (second * 1000), "theirs", "secret"),
            ]
            select view;
        var source = new ScriptedSource(Observable.Return(TestBatches.Of("p", views)).Concat(Observable.Never<Core.Views.ViewBatch>()));
        service = await RunningService.StartAsync(source, folder, AccessSettings.WithTokens(folder));
        await service.UntilPropertiesAsync(3);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Properties_ByErrors_HaveTheirRatesBesideWhatIsNormal()
    {
        var body = await GetAsync("/api/v1/properties?order_by=-errors&limit=1");

        Assert.Equal(["data", "timeframe", "total_row_count"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(3, body.GetProperty("total_row_count").GetInt32());
        var shop = body.GetProperty("data")[0];
        Assert.Equal("shop", shop.GetProperty("property_id").GetString());
        Assert.False(shop.TryGetProperty("video_id", out _));
        Assert.InRange(shop.GetProperty("views").GetInt32(), 400, 600);
        Assert.InRange(shop.GetProperty("error_rate").GetDouble(), 0.11, 0.13);
        Assert.Equal(
            ["network", "drm"],
            shop.GetProperty("error_types").EnumerateArray().Select(type => type.GetProperty("error_type").GetString()));
        Assert.InRange(shop.GetProperty("normal_rate").GetDouble(), 0, 0.2);
        var network = shop.GetProperty("error_types")[0];
        Assert.InRange(network.GetProperty("error_rate").GetDouble(), 0.09, 0.11);
        Assert.InRange(network.GetProperty("normal_rate").GetDouble(), 0, network.GetProperty("threshold").GetDouble());
        Assert.False(network.TryGetProperty("incident_id", out _));
    }

    [Fact]
    public async Task Titles_Search_FindsAPartOfAnyCaseInPages()
    {
        var body = await GetAsync("/api/v1/titles?search=fILM%200&order_by=name&limit=4&page=2");

        Assert.Equal(10, body.GetProperty("total_row_count").GetInt32());
        Assert.Equal(["Film 04", "Film 05", "Film 06", "Film 07"], Names(body, "video_id"));
    }

    [Fact]
    public async Task ErrorRates_OfATitle_AreARowForEachErrorType()
    {
        var all = await GetAsync("/api/v1/error-rates?property_id=shop&video_id=Film%2000");
        var none = await GetAsync("/api/v1/error-rates?property_id=shop&error_type=playback");

        Assert.Equal(["network"], Names(all, "error_type"));
        Assert.Equal(1, all.GetProperty("data")[0].GetProperty("error_rate").GetDouble());
        Assert.Equal(0, none.GetProperty("total_row_count").GetInt32());
    }

    [Fact]
    public async Task Properties_WithAHostileName_AreFoundByIt()
    {
        var body = await GetAsync($"/api/v1/properties?property_id={Uri.EscapeDataString(Hostile)}");

        Assert.Equal([Hostile], Names(body, "property_id"));
    }

    [Theory]
    [InlineData("properties?order_by=views", "order_by")]
    [InlineData("properties?limit=101&page=0", "limit,page")]
    [InlineData("properties?page=101", "page")]
    [InlineData("properties?video_id=a", "video_id")]
    [InlineData("properties?search=", "search")]
    [InlineData("titles?property_id=a&property_id=b", "property_id")]
    [InlineData("error-rates", "property_id")]
    [InlineData("error-rates?property_id=shop&limit=3", "limit")]
    public async Task Addresses_WrongParameters_NameEveryOne(string address, string wrong)
    {
        var body = await GetAsync($"/api/v1/{address}", status: 400);

        Assert.Equal(wrong, string.Join(",", body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order()));
    }

    [Fact]
    public async Task ErrorRates_OfWhatIsNotThere_AreNotFound()
    {
        foreach (var query in (string[])["property_id=none", "property_id=shop&video_id=none", "property_id=shop&video_id=secret"])
        {
            var body = await GetAsync($"/api/v1/error-rates?{query}", status: 404);
            Assert.Equal("urn:rx-alerting:problem:out-of-scope", body.GetProperty("type").GetString());
        }
    }

    /// <summary>The token is for “mine”, a property that has no views.</summary>
    [Theory]
    [InlineData("properties")]
    [InlineData("properties?property_id=shop")]
    [InlineData("titles")]
    [InlineData("titles?search=secret")]
    [InlineData("titles?property_id=theirs")]
    public async Task Keys_OfACallerWithOtherProperties_AreNotEvenCounted(string address)
    {
        var body = await GetAsync($"/api/v1/{address}", AccessSettings.Scoped);

        Assert.Equal(0, body.GetProperty("total_row_count").GetInt32());
        Assert.Equal(0, body.GetProperty("data").GetArrayLength());
        await GetAsync("/api/v1/error-rates?property_id=shop", AccessSettings.Scoped, status: 404);
    }

    private static string[] Names(JsonElement body, string member) =>
        [.. body.GetProperty("data").EnumerateArray().Select(row => row.GetProperty(member).GetString()!)];

    private async Task<JsonElement> GetAsync(string address, string? token = null, int status = 200)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? AccessSettings.Reader);
        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{address} answers {response.StatusCode}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
