using System.Net;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>Names come from the stream, and from people. Whatever they are, a page shows them as texts, also in pictures
/// (CVE-2026-40179, CVE-2026-44903).</summary>
public sealed class HostilePageTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [MemberData(nameof(HostileName.All), MemberType = typeof(HostileName))]
    public async Task Pages_OfHostileTexts_ShowThemAsTexts(string name)
    {
        var hostile = IncidentSamples.Sample("a\"><b>", affected: 60) with
        {
            PropertyId = name,
            VideoId = name,
            VideoTitle = name,
            ErrorType = name,
            ErrorDescription = name,
            Trail = [new(IncidentSamples.Start, IncidentTransition.Updated, IncidentReason.Acknowledged, name, name)],
            Acknowledgement = new(name, IncidentSamples.Start, name),
            ExplainedBy = ExplainedBy.Cause,
            Explanations =
            [
                new()
                {
                    Dimensions = [new("cdn", name)],
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
        string[] addresses = ["/", $"/?q={Uri.EscapeDataString(name)}", $"/incidents/{Uri.EscapeDataString(hostile.Id)}"];

        foreach (var address in addresses)
        {
            var (status, html) = await service.PageAsync(address);

            Assert.Equal(HttpStatusCode.OK, status);
            HostileName.IsShownAsText(name, html);
        }
    }
}
