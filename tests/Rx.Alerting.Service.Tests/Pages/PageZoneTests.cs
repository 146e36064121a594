using System.Net;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

public sealed class PageZoneTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(IncidentSamples.Sample("a"));
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Page_OfAChosenZone_ShowsItsTimes()
    {
        var html = await service.Client.GetStringAsync(new Uri("/incidents/a?tz=Asia/Tokyo", UriKind.Relative), Cancel);

        Assert.Contains("2023-11-15 07:13:20", html, StringComparison.Ordinal); // 22:13:20 UTC
        Assert.Contains("<option selected>Asia/Tokyo</option>", html, StringComparison.Ordinal);
        Assert.Contains("2023-11-14T22:13:20Z", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?show=all&tz=Europe/Berlin", "/?show=all")]
    [InlineData("/incidents/a?tz=UTC", "/incidents/a")]
    [InlineData("/?tz=UTC&next=//example.com", "/?next=%2F%2Fexample.com")]
    public async Task Choice_OfAZone_ComesBackToTheSamePageOfThisHost(string address, string location)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = service.Client.BaseAddress };
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(location, answer.Headers.Location?.OriginalString);
    }

    /// <summary>Names that a system reads as zones, and that do not say which time is meant, are refused as unknown ones are.</summary>
    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("garbage")]
    [InlineData("localtime")]
    [InlineData("posixrules")]
    [InlineData("Factory")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("right/UTC")]
    [InlineData("../localtime")]
    [InlineData("Europe/Berlin&tz=UTC")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("")]
    public async Task Choice_OfNoZone_IsToldOnThePageAndNotKept(string zone)
    {
        var query = zone.Contains('&', StringComparison.Ordinal) ? zone : Uri.EscapeDataString(zone);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = service.Client.BaseAddress };
        using var answer = await client.GetAsync(new Uri($"/incidents/a?tz={query}", UriKind.Relative), Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Times are in UTC.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"hidden\" name=\"tz\"", html, StringComparison.Ordinal);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(cookie => cookie.StartsWith("rx-time-zone", StringComparison.Ordinal)));
        HostileName.DoesNothing(html);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
