using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Metrics;

/// <summary>How long requests take, from their first line to the last byte of the answer.</summary>
internal sealed class RequestMetrics
{
    private static readonly double[] Durations = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    private readonly HistogramInstrument duration;

    public RequestMetrics(Instruments instruments)
    {
        duration = instruments.Histogram(
            "http_request_duration_seconds", "One answer to a request, but for streams of events", Durations, "kind", "code");
        foreach (var kind in (string[])["api", "asset", "page"])
            duration.Begin(kind, "2xx");
    }

    /// <summary>Measures one request.</summary>
    public async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var begun = TimeProvider.System.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            if (KindOf(context.Request.Path) is { } kind)
                duration.Take(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, kind, CodeOf(context.Response.StatusCode));
        }
    }

    /// <summary>A stream of events lasts as long as somebody listens: that says nothing.</summary>
    private static string? KindOf(PathString path) =>
        path.StartsWithSegments(EventEndpoints.Path) ? null
        : path.StartsWithSegments("/api") ? "api"
        : path.StartsWithSegments("/assets") ? "asset"
        : "page";

    private static string CodeOf(int status) => status switch
    {
        < 300 => "2xx",
        < 400 => "3xx",
        < 500 => "4xx",
        _ => "5xx",
    };
}
