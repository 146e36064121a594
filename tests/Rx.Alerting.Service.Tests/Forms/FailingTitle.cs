using System.Reactive.Linq;
using System.Text.Json;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>A service whose pipeline has found that title <c>t</c> of property <c>mine</c> fails.</summary>
internal static class FailingTitle
{
    /// <summary>Of the first view.</summary>
    public const long Begin = 1_764_000_000_000;

    public static ScriptedSource Source
    {
        get
        {
            var views = Enumerable.Range(0, 4000).Select(i => new TestView(
                Begin + (i * 1000), i % 2 == 0 ? "mine" : "theirs", i % 4 == 0 ? "t" : "u", IsError(i) ? "network" : "", "Lost."));
            var batch = TestBatches.Of("p", views);
            batch.Position = "4000";
            return new(Observable.Return(batch).Concat(Observable.Never<ViewBatch>()));
        }
    }

    /// <summary>With the tokens of <see cref="AccessSettings"/>.</summary>
    public static Task<RunningService> StartAsync()
    {
        var folder = new TemporaryFolder();
        return RunningService.StartAsync(Source, folder, AccessSettings.WithTokens(folder));
    }

    /// <summary>Open to all on this machine.</summary>
    public static Task<RunningService> StartOpenAsync() => RunningService.StartAsync(Source);

    /// <summary>The id of the incident, when it is there.</summary>
    public static async Task<string> IncidentAsync(this RunningService service, string? token = null)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await service.AskAsync("/api/v1/incidents", token);
            if (answer.Body.GetProperty("data").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } incident)
                return incident.GetProperty("id").GetString()!;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The incident as the API has it.</summary>
    public static async Task<JsonElement> ReadAsync(this RunningService service, string id) =>
        (await service.AskAsync($"/api/v1/incidents/{id}", AccessSettings.Reader)).Body.GetProperty("data");

    /// <summary>In the last quarter, the title fails; before, one of 200 views does.</summary>
    private static bool IsError(int view) => view % 200 == 0 || (view > 3000 && view % 4 == 0 && view % 20 != 0);
}
