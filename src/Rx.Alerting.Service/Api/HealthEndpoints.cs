using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>The addresses that orchestrators probe.</summary>
internal static class HealthEndpoints
{
    private static readonly char[] EndsOfWords = [':', ';'];

    /// <summary>They are open to all: a probe has no token.</summary>
    /// <param name="builder">Of the server.</param>
    /// <param name="tellsAll">
    /// Whether everybody is told why, as on the address of metrics. Otherwise callers who may not see everything get one word.
    /// </param>
    public static void MapHealth(this IEndpointRouteBuilder builder, bool tellsAll)
    {
        var routes = builder.MapGroup("").AllowAnonymous();
        routes.MapMethods("/health/startup", ReadMethods.All, (HttpContext context, PipelineHealth health) =>
            Answer(context, health.HasStarted, health.HasStarted ? "started" : health.Description));
        routes.MapMethods("/health/live", ReadMethods.All, (HttpContext context, Liveness liveness) =>
            Answer(context, liveness.Problem is null, liveness.Problem is { } problem ? $"not live: {problem}" : "live"));
        routes.MapMethods("/health/ready", ReadMethods.All, (HttpContext context, PipelineHealth health) =>
            Answer(context, health.IsReady, health.Description));

        IResult Answer(HttpContext context, bool isWell, string text)
        {
            var isTold = tellsAll || context.Caller() is { Role: >= AccessRole.Reader, Scope.IsAll: true };
            return Results.Text(
                $"{(isTold ? text : text.Split(EndsOfWords, 2)[0])}\n",
                statusCode: isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }
    }
}
