using System.Reactive.Linq;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>Error types have the words of failed views.</summary>
public sealed class ErrorWordsTests
{
    private const string Page = "/properties";

    /// <summary>A tenth of 200 views has failed. Of the last two minutes, nothing is decided yet.</summary>
    private static ScriptedSource Source => new(Observable.Return(TestBatches.Of(
        "p",
        from number in Enumerable.Range(0, 200)
        select new TestView(1_764_000_000_000 + (number * 10_000), "shop", "t", number % 10 == 9 ? "network" : "", "Lost.")))
        .Concat(Observable.Never<ViewBatch>()));

    /// <summary>A code alone says little. An incident of that type, also of another property, has said what it means.</summary>
    [Fact]
    public async Task ErrorTypes_OfAnIncidentThatIsKept_HaveItsWords()
    {
        await using var service = await RunningService.StartAsync(Source);
        var incident = IncidentSamples.Sample("a") with { PropertyId = "news", ErrorType = "network", ErrorDescription = "It went away." };
        await service.ShowAsync(incident);
        await service.UntilPageSaysAsync(Page, "1 property,");

        var list = PageReader.Text((await service.PageAsync(Page)).Html);
        var own = PageReader.Text((await service.PageAsync($"{Page}/shop")).Html);

        Assert.Contains("It went away. error network", list, StringComparison.Ordinal);
        Assert.Contains("It went away. error network", own, StringComparison.Ordinal);
        Assert.Matches("9\\.[0-9]+ % of the latest 18[0-9] views fail; [0-9.]+ % is normal", own);
    }
}
