using System.Net;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>The list of incidents.</summary>
public sealed class ListPageTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task List_WithoutIncidents_SaysSo()
    {
        var (status, html) = await service.PageAsync("/");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("id=\"empty\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithoutAView_DoesNotSayThatAllIsWell() =>
        Assert.DoesNotContain("All is well", (await service.PageAsync("/")).Html, StringComparison.Ordinal);

    [Fact]
    public async Task List_OfAServiceThatIsNotReady_SaysThatIncidentsMayBeMissing()
    {
        service.Fail("test", "the store is on fire");

        var html = (await service.PageAsync("/")).Html;

        Assert.Contains("What is shown may be missing incidents", html, StringComparison.Ordinal);
        Assert.Contains("the store is on fire", html, StringComparison.Ordinal);
        Assert.DoesNotContain("All is well", html, StringComparison.Ordinal);
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

        var (_, html) = await service.PageAsync("/");

        Assert.InRange(html.Length, 10_000, 200_000);
        Assert.Equal(50, PageReader.Rows(html).Count);
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

        var (status, html) = await service.PageAsync($"/{query}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(expected, string.Concat(PageReader.Rows(html)));
    }

    [Theory]
    [InlineData("severity=loud")]
    [InlineData("level=galaxy")]
    [InlineData("sort=colour")]
    [InlineData("show=some")]
    [InlineData("page=x")]
    public async Task List_WrongParameter_IsSaidOnThePage(string query)
    {
        var (status, html) = await service.PageAsync($"/?{query}");

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

        var html = (await service.PageAsync("/")).Html;

        Assert.Equal(["whole", "proud"], PageReader.Rows(html));
        Assert.Contains("1 part of the same failure", html, StringComparison.Ordinal);
        Assert.Contains("/incidents/part", html, StringComparison.Ordinal);
        Assert.Equal(["part"], PageReader.Rows((await service.PageAsync("/?level=title&q=part")).Html));
    }

    [Theory]
    [InlineData(null, IncidentLevel.Property, "Cause not known yet")]
    [InlineData(ExplainedBy.None, IncidentLevel.Property, "No slice of the views stands out")]
    [InlineData(null, IncidentLevel.Platform, "Cause: see its parts")]
    public async Task List_RowWithoutACause_SaysWhy(ExplainedBy? by, IncidentLevel level, string expected)
    {
        await service.ShowAsync(IncidentSamples.Sample("a") with
        {
            ExplainedBy = by,
            PropertyId = level == IncidentLevel.Platform ? null : "property",
        });

        Assert.Contains(expected, (await service.PageAsync("/")).Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "Of these, alerts before warnings")]
    [InlineData("/?show=all", "Open ones first")]
    [InlineData("/?sort=oldest", "The oldest first")]
    public async Task List_SaysHowItIsOrdered(string address, string expected)
    {
        await ShowThreeAsync();

        Assert.Contains(expected, (await service.PageAsync(address)).Html, StringComparison.Ordinal);
    }

    private Task ShowThreeAsync() => service.ShowAsync(
        IncidentSamples.Sample("a", affected: 30),
        IncidentSamples.Sample("b", minute: 1, severity: IncidentSeverity.Alert) with { PropertyId = "other" },
        IncidentSamples.Sample("c", IncidentStatus.Closed, minute: 2, severity: IncidentSeverity.Alert));
}
