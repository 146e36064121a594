using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>The addresses that orchestrators probe.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", ReadMethods.All, () => Results.Text("live\n"));
        routes.MapMethods("/health/ready", ReadMethods.All, (PipelineHealth health) => Results.Text(
            $"{health.Description}\n",
            statusCode: health.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable));
    }
}
