using System.Net;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>The page of an incident.</summary>
public sealed class IncidentPageTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Incident_Page_SaysWhatForWhomSinceWhenAndWhoWasTold()
    {
        await service.ShowAsync(IncidentSamples.Sample("a", affected: 30));

        var (status, html) = await service.PageAsync("/incidents/a");

        Assert.Equal(HttpStatusCode.OK, status);
        string[] expected =
        [
            "The network was lost", "Property property", "86.0 %", "5.00 %", "2023-11-14T22:13:20Z", "What explains it",
            "Cause not known yet: fewer than 8 of its failed views are in the sample that is compared.",
            "no channel is configured", "<figure", "</svg>", "Other occurrences", "History",
        ];
        Assert.All(expected, said => Assert.Contains(said, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Incident_FiguresThatAreOlderThanThePage_SayOfWhen()
    {
        var old = IncidentSamples.Sample("a");
        await service.ShowAsync(old, IncidentSamples.Sample("b", minute: 30));

        Assert.Contains("as of 2023-11-14 22:14:20 (30 min 0 s ago)", PageReader.Text((await service.PageAsync("/incidents/a")).Html));
        Assert.DoesNotContain("Rate and views are as of", (await service.PageAsync("/incidents/b")).Html, StringComparison.Ordinal);
        Assert.Contains("Rate and views as of 14 Nov 22:14:20 (30 min 0 s ago)", PageReader.Text((await service.PageAsync("/")).Html));
    }

    /// <summary>Its limit and its opening rate are of the same window: the latest that opened it.</summary>
    [Fact]
    public async Task Incident_OpenedAgain_ShowsTheWindowAndTheLimitOfThatTime()
    {
        var again = IncidentSamples.Start.AddHours(2);
        await service.ShowAsync(IncidentSamples.Sample("a") with
        {
            Reopenings = 2,
            Threshold = 0.4,
            Timeline = [new(IncidentSamples.Start, 20, 6), new(again, 50, 30), new(again.AddMinutes(5), 60, 30)],
            Trail =
            [
                new(IncidentSamples.Start, IncidentTransition.Opened), new(again, IncidentTransition.Reopened),
                new(again.AddHours(5), IncidentTransition.Updated, IncidentReason.NormalSoon),
            ],
        });

        var text = PageReader.Text((await service.PageAsync("/incidents/a")).Html);

        Assert.Contains("Error rate then 60.0 %: 30 of 50 views Limit unusual from 40.0 % of these views", text, StringComparison.Ordinal);
        Assert.Contains("Window the latest 50 views then Current status", text, StringComparison.Ordinal);
        Assert.Contains("First opened", text, StringComparison.Ordinal);
        Assert.Contains(", of 2 times", text, StringComparison.Ordinal);
        Assert.Contains("limit when it opened again: 40.0 %", text, StringComparison.Ordinal);
        Assert.Contains("may be taken as normal from", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incident_BelowItsLimit_IsNotOverYet()
    {
        await service.ShowAsync(IncidentSamples.Sample("a") with
        {
            MeasuredValue = 0.01,
            Recovering = true,
            Timeline = [new(IncidentSamples.Start, 100, 86), new(IncidentSamples.Start.AddMinutes(1), 100, 1)],
        });

        Assert.Contains("recovering, not over yet", (await service.PageAsync("/")).Html, StringComparison.Ordinal);
        Assert.Contains(
            "Recovering, not over yet. It closes when the latest 250 views fail no more than is normal, at 3 checks in a row, one every "
            + "50 views.",
            PageReader.Text((await service.PageAsync("/incidents/a")).Html));
    }

    [Fact]
    public async Task Incident_OfATitleWithBareNumbers_LabelsThem()
    {
        await service.ShowAsync(IncidentSamples.Sample("a") with
        {
            PropertyId = "40213",
            VideoId = "7",
            VideoTitle = "Enlace",
            ErrorType = "3",
            ErrorDescription = "3",
        });

        foreach (var address in (string[])["/", "/incidents/a"])
        {
            var text = PageReader.Text((await service.PageAsync(address)).Html);
            Assert.Contains("“Enlace”", text, StringComparison.Ordinal);
            Assert.Contains("property 40213", text, StringComparison.Ordinal);
            Assert.Contains("error 3", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    public async Task Incident_Unknown_IsAPageOf404(string id)
    {
        var (status, html) = await service.PageAsync($"/incidents/{id}");

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Not found", html, StringComparison.Ordinal);
    }
}
