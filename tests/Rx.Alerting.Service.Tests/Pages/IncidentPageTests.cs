using System.Net;
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
            "Looking for a cause: it takes 8 failed views among those that are sampled to compare.",
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
            "Recovering, not over yet. It is over after 3 checks in a row with no more failures than normal: one at every 50 views",
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
