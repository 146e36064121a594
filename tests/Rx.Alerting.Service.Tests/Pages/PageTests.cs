using System.Net;
using System.Text.RegularExpressions;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

public sealed partial class PageTests : IAsyncLifetime
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)>' javascript:alert(3)";

    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task List_WithoutIncidents_SaysSo()
    {
        var (status, html) = await GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("id=\"empty\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithoutAView_DoesNotSayThatAllIsWell() =>
        Assert.DoesNotContain("All is well", (await GetAsync("/")).Html, StringComparison.Ordinal);

    [Fact]
    public async Task List_OfAServiceThatIsNotReady_SaysThatIncidentsMayBeMissing()
    {
        service.Fail("test", "the store is on fire");

        var html = (await GetAsync("/")).Html;

        Assert.Contains("What is shown may be missing incidents", html, StringComparison.Ordinal);
        Assert.Contains("the store is on fire", html, StringComparison.Ordinal);
        Assert.DoesNotContain("All is well", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_OfHostileTexts_ShowThemAsTexts()
    {
        var hostile = IncidentSamples.Sample("a\"><b>", affected: 60) with
        {
            PropertyId = Hostile,
            VideoId = Hostile,
            VideoTitle = Hostile,
            ErrorType = Hostile,
            ErrorDescription = Hostile,
            Trail = [new(IncidentSamples.Start, IncidentTransition.Updated, IncidentReason.Acknowledged, Hostile, Hostile)],
            Acknowledgement = new(Hostile, IncidentSamples.Start, Hostile),
            ExplainedBy = ExplainedBy.Cause,
            Explanations =
            [
                new()
                {
                    Dimensions = [new("cdn", Hostile)],
                    Share = 1,
                    ErrorRate = 0.5,
                    NormalRate = 0.1,
                    Lift = 5,
                    Views = 100,
                    AffectedViews = 50,
                },
            ],
        };
        await service.ShowAsync(hostile);
        string[] addresses = ["/", $"/?q={Uri.EscapeDataString(Hostile)}", $"/incidents/{Uri.EscapeDataString(hostile.Id)}"];

        foreach (var address in addresses)
        {
            var (status, html) = await GetAsync(address);

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
            Assert.All(Links().Matches(html), link => Assert.Matches("^[/#]([^/\\\\]|$)", link.Groups[1].Value));
        }
    }

    [Fact]
    public async Task List_OfTenThousandIncidents_StaysSmall()
    {
        var many = Enumerable.Range(0, 10_000).Select(number => IncidentSamples.Sample($"many-{number}", minute: number) with
        {
            PropertyId = $"property-{number % 500}",
            ErrorType = $"error-{number % 300}",
            ParentId = number > 9_000 ? "many-0" : null,
        });
        await service.ShowAsync([.. many]);

        var (_, html) = await GetAsync("/");

        Assert.InRange(html.Length, 10_000, 200_000);
        Assert.Equal(50, Rows(html).Count);
        Assert.Contains("Page 1 of 181", html, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var compressed = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(["br"], compressed.Content.Headers.ContentEncoding);
        Assert.InRange(compressed.Content.Headers.ContentLength ?? 0, 1, 40_000);
    }

    [Theory]
    [InlineData("", "ba")]
    [InlineData("?show=all", "bac")]
    [InlineData("?show=all&severity=alert", "bc")]
    [InlineData("?property=other", "b")]
    [InlineData("?q=NETWORK", "ba")]
    [InlineData("?q=nothing+such", "")]
    [InlineData("?level=property", "ba")]
    [InlineData("?level=title", "")]
    [InlineData("?error=networkError&sort=views", "ab")]
    [InlineData("?sort=newest", "ba")]
    [InlineData("?sort=oldest", "ab")]
    [InlineData("?page=9", "ba")]
    public async Task List_Address_SaysWhatIsShownAndInWhichOrder(string query, string expected)
    {
        await ShowThreeAsync();

        var (status, html) = await GetAsync($"/{query}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(expected, string.Concat(Rows(html)));
    }

    [Theory]
    [InlineData("severity=loud")]
    [InlineData("level=galaxy")]
    [InlineData("sort=colour")]
    [InlineData("show=some")]
    [InlineData("page=x")]
    public async Task List_WrongParameter_IsSaidOnThePage(string query)
    {
        var (status, html) = await GetAsync($"/?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"{query.Split('=')[0]} must be", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Parts_AreFoldedUnderTheirWhole()
    {
        await service.ShowAsync(
            IncidentSamples.Sample("whole", affected: 90),
            IncidentSamples.Sample("part", minute: 1) with { ParentId = "whole", VideoId = "part" },
            IncidentSamples.Sample("proud", minute: 2) with { ParentId = "whole", VideoId = "proud", StandsOut = true });

        var html = (await GetAsync("/")).Html;

        Assert.Equal(["whole", "proud"], Rows(html));
        Assert.Contains("1 part of the same failure", html, StringComparison.Ordinal);
        Assert.Contains("/incidents/part", html, StringComparison.Ordinal);
        Assert.Equal(["part"], Rows((await GetAsync("/?level=title&q=part")).Html));
    }

    [Fact]
    public async Task Incident_Page_SaysWhatForWhomSinceWhenAndWhoWasTold()
    {
        await ShowThreeAsync();

        var (status, html) = await GetAsync("/incidents/a");

        Assert.Equal(HttpStatusCode.OK, status);
        string[] expected =
        [
            "The network was lost", "Property property", "86.0 %", "5.00 %", "2023-11-14T22:13:20Z", "What explains it",
            "Too few views have failed to tell yet", "no channel is configured", "<figure", "</svg>", "Other occurrences", "History",
        ];
        Assert.All(expected, said => Assert.Contains(said, html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    public async Task Incident_Unknown_IsAPageOf404(string id)
    {
        var (status, html) = await GetAsync($"/incidents/{id}");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Not found", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_ReferToFilesOfTheirOwnOnly_WhichAreKept()
    {
        var html = (await GetAsync("/")).Html;
        var files = Files().Matches(html).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(3, files.Count);
        foreach (var file in files)
        {
            using var answer = await service.Client.GetAsync(new Uri(file, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, 100, 40_000);
        }

        Assert.DoesNotMatch(" style=| on[a-z]+=|<style", html);
    }

    private Task ShowThreeAsync() => service.ShowAsync(
        IncidentSamples.Sample("a", affected: 30),
        IncidentSamples.Sample("b", minute: 1, severity: IncidentSeverity.Alert) with { PropertyId = "other" },
        IncidentSamples.Sample("c", IncidentStatus.Closed, minute: 2, severity: IncidentSeverity.Alert));

    private async Task<(HttpStatusCode Status, string Html)> GetAsync(string address)
    {
        using var answer = await service.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static List<string> Rows(string html) => [.. Keys().Matches(html).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("<tbody data-key=\"([^\"]*)\"")]
    private static partial Regex Keys();

    [GeneratedRegex("(?:href|src|action)=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("(?:href|src)=\"(/assets/[^\"]*)\"")]
    private static partial Regex Files();
}
