using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Tries;

/// <summary>What cannot be tried is said, and what is kept is bounded.</summary>
public sealed class TryLimitTests
{
    [Fact]
    public async Task Stream_ThatCannotBeReadTwice_IsSaidInPlaceOfTheForm()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        using var browser = new FormBrowser(service);

        var page = await browser.GetAsync(TrySamples.Path);

        Assert.Contains("cannot be read a second time", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"post\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_BeyondWhatIsKept_GiveWay()
    {
        await using var service = await TrySamples.HangAsync(folder => AccessSettings.Of(folder, ("Try:Kept", "2")));
        foreach (var id in (string[])["a", "b", "c"])
            service.Tries.Keep(TrySamples.Run(id, "mine"));

        Assert.Equal(["c", "b"], service.Tries.Latest.Select(run => run.Id));
    }
}
