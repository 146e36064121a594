using System.Net.Http.Headers;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Metrics;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Service.Tests.Metrics;

/// <summary>The address of metrics, as Prometheus asks it.</summary>
public sealed class ScrapeTests
{
    private const long Start = 1_780_000_000_000;

    private static readonly Uri Page = new("/metrics", UriKind.Relative);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Scrape_ViewsHaveCome_CountsThemByPipelineAndPartition()
    {
        using var batches = new Subject<ViewBatch>();
        await using var service = await StartAsync(batches);

        // The first views of a partition are suspended until more of them tell the time.
        var views = Enumerable.Range(0, 100).Select(i => new TestView(Start + i, "shop", ErrorType: i == 50 ? "network" : ""));
        batches.OnNext(TestBatches.Of("part-0", views));

        await service.UntilScrapedAsync("rx_alerting_views_total 100");
        var lines = await service.ScrapeAsync();
        Assert.Contains("rx_alerting_views_failed_total 1", lines);
        Assert.Contains("rx_alerting_partition_idle{partition=\"part-0\"} 0", lines);
        Assert.Contains("rx_alerting_pipeline_paused{pipeline=\"test/script\"} 0", lines);
        Assert.Contains("rx_alerting_ready 1", lines);
        Assert.Contains(lines, line => line.StartsWith("rx_alerting_build_info{", StringComparison.Ordinal)
            && line.Contains("source=\"test\",store=\"sqlite\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("process_cpu_seconds_total ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "text/plain")]
    [InlineData("text/plain", "text/plain")]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "application/openmetrics-text")]
    [InlineData("application/openmetrics-text;q=0.2,text/plain;q=0.5", "text/plain")]
    public async Task Scrape_Accept_DecidesTheFormat(string accept, string type)
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var answer = await service.MetricsClient.SendAsync(request, Cancel);

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        var isOpen = (await answer.Content.ReadAsStringAsync(Cancel)).TrimEnd().EndsWith("# EOF", StringComparison.Ordinal);
        Assert.Equal(type != "text/plain", isOpen);
    }

    [Fact]
    public async Task Scrape_GzipAccepted_IsCompressed()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        using var request = new HttpRequestMessage(HttpMethod.Get, Page);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var answer = await service.MetricsClient.SendAsync(request, Cancel);

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        using var text = new StreamReader(Gzip.Open(body));
        Assert.Contains("rx_alerting_views_total 0", await text.ReadToEndAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_Head_AnswersWithoutContent()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        using var request = new HttpRequestMessage(HttpMethod.Head, Page);

        using var answer = await service.MetricsClient.SendAsync(request, Cancel);

        Assert.True(answer.Content.Headers.ContentLength > 0);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancel));
    }

    /// <summary>Under load, and all at the same time: each page is whole, and counters do not go back.</summary>
    [Fact]
    public async Task Scrape_TenAtATimeUnderLoad_AllAreRight()
    {
        using var batches = new Subject<ViewBatch>();
        await using var service = await StartAsync(batches);
        using var stop = new CancellationTokenSource();
        var time = Start;
        var load = Task.Run(
            () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    time += 100;
                    batches.OnNext(TestBatches.Of("part-0", Enumerable.Range(0, 100).Select(i => new TestView(time, $"shop-{i}"))));
                }
            },
            Cancel);
        var latest = 0L;
        for (var round = 0; round < 20; round++)
        {
            var pages = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => service.ScrapeAsync()));
            foreach (var page in pages)
            {
                Assert.Equal(page.Length, page.Select(line => line[..line.LastIndexOf(' ')]).Distinct().Count());
                Assert.Contains(page, line => line.StartsWith("rx_alerting_build_info", StringComparison.Ordinal));
            }

            var counts = pages.Select(page => Value(page, "rx_alerting_views_total")).ToList();
            Assert.True(counts.Min() >= latest, "A counter has gone back.");
            latest = counts.Max();
        }

        await stop.CancelAsync();
        await load;
        Assert.True(latest > 0);
    }

    [Fact]
    public async Task Render_OneIsUnderWay_OthersGetItsPageAndLaterOnesTheNext()
    {
        using var instruments = new Instruments();
        var (begun, mayEnd) = (new TaskCompletionSource(), new TaskCompletionSource());
        instruments.Registry.AddBeforeCollectCallback(async _ =>
        {
            begun.TrySetResult();
            await mayEnd.Task;
        });
        var scrapes = new Scrapes(instruments);

        var first = scrapes.RenderAsync(openMetrics: false, gzip: false);
        await begun.Task.WaitAsync(Cancel);
        var beside = Enumerable.Range(0, 10).Select(_ => scrapes.RenderAsync(openMetrics: false, gzip: false)).ToList();
        mayEnd.SetResult();

        Assert.All(beside, page => Assert.Same(first, page));
        await first;
        var later = scrapes.RenderAsync(openMetrics: false, gzip: false);
        Assert.NotSame(first, later);
        await later;
    }

    /// <summary>So much is what a large stream has. Prometheus keeps every series for hours.</summary>
    [Fact]
    public async Task Scrape_ManyPropertiesTitlesAndPartitions_HasFewSeries()
    {
        const int Partitions = 256, Properties = 10_000;
        const string Rates = "rx_alerting_property_error_ratio{";
        using var batches = new Subject<ViewBatch>();
        await using var service = await StartAsync(batches);
        const int Rounds = 20;
        for (var round = 0; round < Rounds; round++)
        {
            for (var partition = 0; partition < Partitions; partition++)
            {
                var views =
                    from number in Enumerable.Range(0, Properties).Where(number => number % Partitions == partition)
                    where round == 0 || number < Partitions
                    from view in Enumerable.Range(0, number < 100 ? 20 : 1)
                    let type = view < 7 ? $"error-{view}" : ""
                    select new TestView(Start + (round * 10_000), $"property-{number}", $"title-{number}-{view}", type);
                batches.OnNext(TestBatches.Of($"part-{partition}", views));
            }
        }

        await service.UntilScrapedAsync($"rx_alerting_properties {Properties}");
        var lines = await service.ScrapeAsync();
        for (var round = Rounds; !lines.Any(line => line.StartsWith(Rates, StringComparison.Ordinal)) && round < 1000; round++)
        {
            batches.OnNext(TestBatches.Of("part-0", [new TestView(Start + (Rounds * 10_000), "property-0")]));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
            lines = await service.ScrapeAsync();
        }

        Assert.InRange(lines.Length, 500, 5_000);
        Assert.Equal(50 * 5, lines.Count(line => line.StartsWith(Rates, StringComparison.Ordinal)));
        Assert.Equal(Partitions, lines.Count(line => line.StartsWith("rx_alerting_partition_idle{", StringComparison.Ordinal)));
    }

    private static long Value(string[] page, string name) => (long)double.Parse(
        page.Single(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).Split(' ')[1],
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Ends when the pipeline is subscribed to the batches.</summary>
    private static async Task<RunningService> StartAsync(Subject<ViewBatch> batches)
    {
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new ScriptedSource(Observable.Create<ViewBatch>(observer =>
        {
            var subscription = batches.Subscribe(observer);
            subscribed.TrySetResult();
            return subscription;
        }));
        var service = await RunningService.StartAsync(source);
        await subscribed.Task.WaitAsync(Cancel);
        return service;
    }
}
