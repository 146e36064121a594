using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Api.Resources;

namespace Rx.Alerting.Service.Api;

/// <summary>The API, in the host.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<AnswerNotice>()
        .AddSingleton<CommandSender>()
        .AddSingleton<ResourceCommands>()
        .AddApiDocument();

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapIncidents();
        routes.MapIncidentParts();
        routes.MapRates();
        SilenceEndpoints.Map(routes);
        routes.MapPipelines();
        routes.MapNotifications();
        routes.MapControl();
        routes.MapEvents();
        routes.MapApiDocument();
    }
}
