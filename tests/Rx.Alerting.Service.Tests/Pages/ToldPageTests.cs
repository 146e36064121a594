using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>The page of an incident says who was told, who was not, and why.</summary>
public sealed class ToldPageTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly ScriptedHttpServer receiver;
    private RunningService service = null!;
    private volatile int status = 200;

    public ToldPageTests() => receiver = new(_ => new ScriptedAnswer(status));

    public async ValueTask InitializeAsync()
    {
        var loader = new SettingsLoader();
        loader.Add(
        [
            ("Sqlite:Path", folder["state.db"], "test"),
            ("Notifications:MaximumAge", "3650d", "test"),
            ("Channels:hook:Kind", "webhook", "test"),
            ("Channels:hook:Url", receiver.Address.ToString(), "test"),
            ("Channels:loud:Kind", "webhook", "test"),
            ("Channels:loud:MinimumSeverity", "alert", "test"),
            ("Channels:loud:Url", receiver.Address.ToString(), "test"),
        ]);
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, loader.Build());
    }

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        receiver.Dispose();
    }

    [Fact]
    public async Task Page_OfAnIncidentThatWasTold_SaysByWhichChannelAndWhyNotByTheOther()
    {
        await service.TellAsync(IncidentSamples.Sample("a"));

        await UntilThePageSaysAsync("opened: <b>told</b>");
        await UntilThePageSaysAsync("not told: not severe enough for this channel");
    }

    [Fact]
    public async Task Page_OfAnIncidentThatTheReceiverRefuses_SaysSo()
    {
        status = 403;
        await service.TellAsync(IncidentSamples.Sample("a", severity: IncidentSeverity.Alert));

        await UntilThePageSaysAsync("not told: the receiver refuses it");
    }

    private async Task UntilThePageSaysAsync(string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        var page = new Uri("/incidents/a", UriKind.Relative);
        while (!(await service.Client.GetStringAsync(page, patience.Token)).Contains(text, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }
}
