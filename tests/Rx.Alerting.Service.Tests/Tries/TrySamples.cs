using System.Globalization;
using System.Reactive.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Sources;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Service.Tries;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Tries;

/// <summary>Runs, and services that can begin some.</summary>
internal static class TrySamples
{
    public const string Path = "/try";

    private static readonly DateTimeOffset Time = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A run that has not begun to work.</summary>
    public static TryRun Run(string id, string property)
    {
        var options = new PipelineOptions();
        var day = TimeSpan.FromDays(1);
        return new(id, new(property, day, day, [], options, options, "ann"), Time, Time) { Input = "a script" };
    }

    /// <summary>A service that follows a file. Ends when it has counted so many views.</summary>
    public static async Task<RunningService> FollowAsync(string file, int views, Func<TemporaryFolder, Settings>? settings = null)
    {
        var (folder, options) = (new TemporaryFolder(), new FollowOptions { Paths = [file] });
        var service = await RunningService.StartAsync(
            new FollowedFileSource(options, TimeProvider.System, NullLogger<FollowedFileSource>.Instance),
            folder,
            settings?.Invoke(folder),
            again: StreamsAgain.OfFiles(options, TimeProvider.System));
        await UntilAsync(() => service.Status.Latest.Values.Sum(pipeline => pipeline.Views) == views);
        return service;
    }

    /// <summary>A service with some views. They can be read again; then nothing comes, and there is no end.</summary>
    public static async Task<RunningService> HangAsync(
        Func<TemporaryFolder, Settings>? settings = null, Action? ended = null, Action? begun = null)
    {
        var folder = new TemporaryFolder();
        var again = Observable.Return(Views()).Do(_ => begun?.Invoke()).Concat(Observable.Never<ViewBatch>())
            .Finally(() => ended?.Invoke());
        var service = await RunningService.StartAsync(
            new ScriptedSource(Observable.Return(Views()).Concat(Observable.Never<ViewBatch>())),
            folder,
            settings?.Invoke(folder),
            again: new("a script", (_, _) => new ScriptedSource(again)));
        await UntilAsync(() => service.Status.Reached is not null);
        return service;
    }

    /// <summary>Fills in the form, and sends it.</summary>
    public static async Task<Page> TryAsync(this FormBrowser browser, string property, string options, params (string, string)[] others)
    {
        (string Name, string Value)[] usual =
            [("property", property), ("last", "31d"), ("learning", "0s"), ("options", options), ("by", "ann")];
        (string Name, string Value)[] all = [.. usual.Where(field => others.All(other => other.Item1 != field.Name)), .. others];
        return await browser.SubmitAsync(await browser.GetAsync(Path), Path, all);
    }

    /// <summary>Begins a run, and waits for its end.</summary>
    public static async Task<Page> UntilTriedAsync(
        this FormBrowser browser, string property, string options, params (string, string)[] others)
    {
        var begun = await browser.TryAsync(property, options, others);
        Assert.True(begun.Status == 303, begun.Text);
        return await browser.UntilAsync(begun.Location!, page => !page.Text.Contains("Under way", StringComparison.Ordinal));
    }

    public static async Task<Page> UntilAsync(this FormBrowser browser, string address, Func<Page, bool> isSo)
    {
        Page page = null!;
        await UntilAsync(async () => isSo(page = await browser.GetAsync(address)));
        return page;
    }

    public static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    private static ViewBatch Views() => TestBatches.Of(
        "p",
        from number in Enumerable.Range(0, 500)
        select new TestView(1_764_000_000_000 + (number * 1000), number % 2 == 0 ? "mine" : "theirs", "t"));
}
