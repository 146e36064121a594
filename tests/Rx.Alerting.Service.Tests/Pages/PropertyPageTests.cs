using System.Net;
using System.Reactive.Linq;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Pages.Rates;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>The pages of properties and titles say what fails just now, and what is normal for them.</summary>
public sealed class PropertyPageTests
{
    private const string Page = "/properties";

    [Fact]
    public async Task List_OfAServiceWithoutViews_SaysSo()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);

        await service.UntilPageSaysAsync(Page, "No property is known yet.");
    }

    [Fact]
    public async Task List_ShowsRatesBesideWhatIsNormal()
    {
        await using var service = await StartAsync("shop", "news");

        var text = PageReader.Text(await service.UntilPageSaysAsync(Page, "2 properties"));

        Assert.Contains("2 properties, what is broken first", text, StringComparison.Ordinal);
        const string all = "9\\.[0-9]+ % of 18[0-9] views [0-9.]+ %";
        const string worst = "error network 9\\.[0-9]+ % 18 of 18[0-9] [0-9.]+ % [0-9.]+ %";
        Assert.Matches($"shop {all} {worst} 18[0-9] ", text);
    }

    [Theory]
    [InlineData("?q=SHO", 1)]
    [InlineData("?q=nothing", 0)]
    [InlineData("?sort=name", 2)]
    [InlineData("?page=2", 0)]
    public async Task List_Address_SaysWhatIsShown(string query, int expected)
    {
        await using var service = await StartAsync("shop", "news");
        await service.UntilPageSaysAsync(Page, "2 properties");

        var (status, html) = await service.PageAsync($"{Page}{query}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(expected, PageReader.Links(html).Count(link => link is "/properties/shop" or "/properties/news"));
    }

    [Theory]
    [InlineData("sort=colour")]
    [InlineData("page=0")]
    [InlineData("page=9999999")]
    public async Task List_WrongParameter_IsSaidOnThePage(string query)
    {
        await using var service = await StartAsync("shop");

        var (status, html) = await service.PageAsync($"{Page}?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"{query.Split('=')[0]} must be", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_ShowsItsTitlesAndFindsThemByName()
    {
        await using var service = await StartAsync("shop");
        var all = PageReader.Text(await service.UntilPageSaysAsync($"{Page}/shop", "4 titles"));
        var one = PageReader.Text((await service.PageAsync($"{Page}/shop?q=T3")).Html);

        Assert.Contains("views so far; the latest was", all, StringComparison.Ordinal);
        Assert.Contains("Unusual from", all, StringComparison.Ordinal);
        Assert.Contains("1 title,", one, StringComparison.Ordinal);
        Assert.Contains(" t3 ", one, StringComparison.Ordinal);
        Assert.DoesNotContain(" t2 ", one, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_WithAnOpenIncident_LeadsToIt()
    {
        await using var service = await StartAsync("property");
        await service.ShowAsync(IncidentSamples.Sample("a"));

        Assert.Contains("/incidents/a", await service.UntilPageSaysAsync($"{Page}/property", "4 titles"), StringComparison.Ordinal);
        Assert.Contains("1 open incident", (await service.PageAsync(Page)).Html, StringComparison.Ordinal);
        Assert.Contains("href=\"/properties/property\"", (await service.PageAsync("/incidents/a")).Html, StringComparison.Ordinal);
    }

    /// <summary>While the whole property fails, that is not normal for its titles, and each lists the error type that fails.</summary>
    [Fact]
    public async Task Titles_OfAPropertyThatFails_ShowWhatWasNormalForThem()
    {
        const int calm = 3000, broken = 600;
        var views = Enumerable.Range(0, calm + broken).Select(number => new TestView(
            1_764_000_000_000 + (number * 1000), "shop", Title(number), number >= calm || number % 200 == 0 ? "network" : "", "Lost."));
        await using var service = await RunningService.StartAsync(Source(TestBatches.Of("p", views)));

        var text = PageReader.Text(await service.UntilPageSaysAsync($"{Page}/shop", "apart from its property"));
        var titles = text[text.IndexOf("4 titles", StringComparison.Ordinal)..];

        var row = System.Text.RegularExpressions.Regex.Match(
            titles, @"t0 (?:1 open incident )?[0-9.]+ % of [0-9,]+ views? [0-9.]+ % .{5,40} ([0-9.]+) % [0-9,]+ of [0-9,]+ ([0-9.]+) % "
            + "([0-9.]+) % apart from its property: from ([0-9.]+) %");
        Assert.True(row.Success, titles);
        var (rate, normal, limit, apart) = (Figure(1), Figure(2), Figure(3), Figure(4));
        Assert.InRange(normal, 0, 5);
        Assert.InRange(rate, 10, 100);
        Assert.True(normal < limit && limit < apart, titles);

        double Figure(int group) => double.Parse(row.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Property_Unknown_IsAPageOf404()
    {
        await using var service = await StartAsync("shop");

        Assert.Equal(HttpStatusCode.NotFound, (await service.PageAsync($"{Page}/unknown")).Status);
    }

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("-")]
    [InlineData("a%2Fb")]
    [InlineData("a?b#c&d=e+f")]
    public async Task Pages_OfAnyName_ShowItAndLeadToIt(string name)
    {
        await using var service = await StartAsync(name);
        var list = await service.UntilPageSaysAsync(Page, "1 property");
        HostileName.DoesNothing(list);
        Assert.Contains(RateFilter.AddressOf(name), PageReader.Links(list).Select(WebUtility.HtmlDecode));

        var (status, html) = await service.PageAsync(RateFilter.AddressOf(name));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("views so far", html, StringComparison.Ordinal);
        HostileName.IsShownAsText(name, html);
        HostileName.DoesNothing((await service.PageAsync($"{Page}?q={Uri.EscapeDataString(name)}")).Html);
    }

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    public async Task Property_OfTitlesWithHostileNames_ShowsThemAsTexts(string name)
    {
        await using var service = await RunningService.StartAsync(Source(Views(_ => name, "shop")));

        var html = await service.UntilPageSaysAsync($"{Page}/shop", "1 title");

        HostileName.IsShownAsText(RateFilterShown(name), html);
    }

    [Fact]
    public async Task Pages_OfAReaderOfSomeProperties_HaveNothingOfTheOthers()
    {
        var folder = new TemporaryFolder();
        await using var service = await RunningService.StartAsync(
            Source(Views(Title, "mine", "theirs")), folder, AccessSettings.WithTokens(folder));
        await service.UntilPageSaysAsync(Page, "2 properties", AccessSettings.Reader);
        await service.ShowAsync(IncidentSamples.Sample("a") with { PropertyId = "theirs" });

        var (_, list) = await service.PageAsync(Page, AccessSettings.Scoped);
        var (_, found) = await service.PageAsync($"{Page}?q=theirs", AccessSettings.Scoped);
        var (status, own) = await service.PageAsync($"{Page}/theirs", AccessSettings.Scoped);
        var (unknown, same) = await service.PageAsync($"{Page}/unknown", AccessSettings.Scoped);

        Assert.Contains("1 property,", PageReader.Text(list), StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", list, StringComparison.Ordinal);
        Assert.Contains("No property has that in its name.", found, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (status, unknown));
        Assert.Equal(PageReader.Text(same), PageReader.Text(own));
        Assert.Equal(HttpStatusCode.OK, (await service.PageAsync($"{Page}/mine", AccessSettings.Scoped)).Status);
        Assert.Equal(HttpStatusCode.OK, (await service.PageAsync($"{Page}/theirs", AccessSettings.Reader)).Status);
    }

    /// <summary>As long names are cut in lists.</summary>
    private static string RateFilterShown(string name) => name.Length > 120 ? name[..119] : name;

    private static Task<RunningService> StartAsync(params string[] properties) =>
        RunningService.StartAsync(Source(Views(Title, properties)));

    private static ScriptedSource Source(ViewBatch batch) => new(Observable.Return(batch).Concat(Observable.Never<ViewBatch>()));

    /// <summary>200 views of each property, a tenth of which have failed. Of the last two minutes, nothing is decided yet.</summary>
    private static ViewBatch Views(Func<int, string> title, params string[] properties) => TestBatches.Of(
        "p",
        from number in Enumerable.Range(0, 200)
        from property in properties
        select new TestView(
            1_764_000_000_000 + (number * 10_000), property, title(number), number % 10 == 9 ? "network" : "", "Lost."));

    private static string Title(int number) => $"t{number % 4}";
}
