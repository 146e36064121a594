using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Notifications;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>The page of an incident says who was told, who was not, and why.</summary>
public sealed class ToldPageTests : IAsyncLifetime
{
    private TellingService telling = null!;

    public async ValueTask InitializeAsync() => telling = await TellingService.StartAsync(
        200,
        ("Channels:loud:Kind", "webhook"),
        ("Channels:loud:MinimumSeverity", "alert"),
        ("Channels:loud:Url", "{receiver}"));

    public ValueTask DisposeAsync() => telling.DisposeAsync();

    [Fact]
    public async Task Page_OfAnIncidentThatWasTold_SaysByWhichChannelAndWhyNotByTheOther()
    {
        await telling.Service.TellAsync(IncidentSamples.Sample("a"));

        await UntilThePageSaysAsync("opened: <b>told</b>");
        await UntilThePageSaysAsync("not told: not severe enough for this channel");
    }

    [Fact]
    public async Task Page_OfAnIncidentThatTheReceiverRefuses_SaysSo()
    {
        telling.Status = 403;
        await telling.Service.TellAsync(IncidentSamples.Sample("a", severity: IncidentSeverity.Alert));

        await UntilThePageSaysAsync("not told: the receiver refuses it");
    }

    private Task UntilThePageSaysAsync(string text) => telling.Service.UntilPageSaysAsync("/incidents/a", text);
}
