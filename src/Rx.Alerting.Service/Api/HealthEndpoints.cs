using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>The addresses that orchestrators probe.</summary>
internal static class HealthEndpoints
{
    /// <summary>They are open to all: a probe has no token, and they name nothing of the stream.</summary>
    public static void MapHealth(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").AllowAnonymous();
        routes.MapMethods("/health/startup", ReadMethods.All, (PipelineHealth health) =>
            Answer(health.HasStarted, health.HasStarted ? "started" : health.Description));
        routes.MapMethods("/health/live", ReadMethods.All, (Liveness liveness) =>
            Answer(liveness.Problem is null, liveness.Problem ?? "live"));
        routes.MapMethods("/health/ready", ReadMethods.All, (PipelineHealth health) => Answer(health.IsReady, health.Description));
    }

    private static IResult Answer(bool isWell, string text) => Results.Text(
        $"{text}\n", statusCode: isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
