using System.IO.Compression;
using Prometheus;

namespace Rx.Alerting.Service.Metrics;

/// <summary>
/// Renders the metrics. Requests that come while a page of the same kind is being rendered get that page, so many scrapers cost as much
/// as one. Two pages are never rendered at the same time.
/// </summary>
internal sealed class Scrapes(Instruments instruments)
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim one = new(1);
    private readonly Dictionary<(bool OpenMetrics, bool Gzip), Task<byte[]>> running = [];

    /// <param name="openMetrics">OpenMetrics, or the text format of Prometheus.</param>
    /// <param name="gzip">Whether to compress the page.</param>
    public Task<byte[]> RenderAsync(bool openMetrics, bool gzip)
    {
        lock (gate)
        {
            var kind = (openMetrics, gzip);
            return running.TryGetValue(kind, out var page) && !page.IsCompleted
                ? page
                : running[kind] = Task.Run(() => NewPageAsync(openMetrics, gzip));
        }
    }

    private async Task<byte[]> NewPageAsync(bool openMetrics, bool gzip)
    {
        await one.WaitAsync();
        try
        {
            using var page = new MemoryStream();
            var format = openMetrics ? ExpositionFormat.OpenMetricsText : ExpositionFormat.PrometheusText;
            await instruments.Registry.CollectAndExportAsTextAsync(page, format, CancellationToken.None);
            return gzip ? Compress(page) : page.ToArray();
        }
        finally
        {
            one.Release();
        }
    }

    private static byte[] Compress(MemoryStream page)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            page.WriteTo(gzip);
        return compressed.ToArray();
    }
}
