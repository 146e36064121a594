using Microsoft.Net.Http.Headers;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Metrics;

/// <summary>The address that Prometheus scrapes.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    private const string TextType = "text/plain; version=0.0.4; charset=utf-8";
    private const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const string Gzip = "gzip";

    public static void MapMetrics(this IEndpointRouteBuilder routes, Scrapes scrapes) =>
        routes.MapMethods(Path, ReadMethods.All, context => AnswerAsync(context, scrapes));

    private static async Task AnswerAsync(HttpContext context, Scrapes scrapes)
    {
        var headers = context.Request.GetTypedHeaders();
        var (openMetrics, gzip) = (WantsOpenMetrics(headers.Accept), WantsGzip(headers.AcceptEncoding));
        var page = await scrapes.RenderAsync(openMetrics, gzip).WaitAsync(context.RequestAborted);
        var response = context.Response;
        (response.ContentType, response.ContentLength) = (openMetrics ? OpenMetricsType : TextType, page.Length);
        response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
        if (gzip)
            response.Headers.ContentEncoding = Gzip;
        if (HttpMethods.IsGet(context.Request.Method))
            await response.Body.WriteAsync(page, context.RequestAborted);
    }

    private static bool WantsOpenMetrics(IList<MediaTypeHeaderValue> accepted)
    {
        var wanted = Quality("application/openmetrics-text");
        return wanted > 0 && wanted >= Quality("text/plain");

        double Quality(string type) => accepted.Where(one => one.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
    }

    private static bool WantsGzip(IList<StringWithQualityHeaderValue> accepted) =>
        accepted.Any(one => one.Value.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && one.Quality != 0);
}
